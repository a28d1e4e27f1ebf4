/** Charts within charts, what the user gives, and the values that every chart then sees. */
export interface ValueCase {
  /** The files of the charts but their template, which is the recorder's. */
  readonly files: Readonly<Record<string, string>>
  /** The user's values file. */
  readonly values?: string
}

const chart = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`

const family = (parent: string, child: string, more: { dependency?: string, grandchild?: string } = {}): Record<string, string> => ({
  'Chart.yaml': chart('parent', more.dependency === undefined ? '' : `dependencies:\n  - ${more.dependency}\n`),
  'values.yaml': parent,
  'charts/child/Chart.yaml': chart('child'),
  'charts/child/values.yaml': child,
  ...(more.grandchild === undefined ? {} : { 'charts/child/charts/grandchild/Chart.yaml': chart('grandchild'), 'charts/child/charts/grandchild/values.yaml': more.grandchild })
})

const alone = (values: string): Record<string, string> => ({ 'Chart.yaml': chart('parent'), 'values.yaml': values })

export const valueCases: Readonly<Record<string, ValueCase>> = {
  'nothing at all': { files: { 'Chart.yaml': chart('parent') } },
  'user over default': { files: alone('a: 1\nb: {c: 2, d: 3}\nl: [1, 2]\n'), values: 'a: 9\nb: {c: 8}\nl: [3]\n' },
  'null takes a default away': { files: alone('a: 1\nb: {c: 2, d: 3}\n'), values: 'a: null\nb: {c: null}\n' },
  'null takes a table away': { files: alone('b: {c: 2, d: 3}\n'), values: 'b: null\n' },
  'null without a default stays': { files: alone('a: 1\nb: {}\n'), values: 'x: null\nb: {w: null}\n' },
  'null among the defaults is dropped': { files: alone('a: null\nb: {c: null, d: {e: null}}\nl: [null, {f: null}]\n') },
  'null over null': { files: alone('a: null\nb: {c: null}\n'), values: 'a: null\nb: {c: null}\n' },
  'table over scalar': { files: alone('a: 1\nb: {c: 2}\n'), values: 'a: {x: 1}\nb: {c: {w: 1}}\n' },
  'scalar over table': { files: alone('a: {x: 1}\nb: {c: {w: 1}}\n'), values: 'a: 1\nb: {c: 2}\n' },
  'list over table and back': { files: alone('a: {x: 1}\nb: [1]\n'), values: 'a: [1]\nb: {c: 2}\n' },
  'empty table over table': { files: alone('a: {x: 1}\n'), values: 'a: {}\n' },
  'several documents': { files: alone('a: 1\nb: {c: 1}\n---\na: 2\nb: {d: 2}\n') },
  'keys of other kinds': { files: alone('1: one\ntrue: yes\n1.5: half\n') },
  'a section for a sub-chart': { files: family('child: {a: 2}\n', 'a: 1\nb: 1\n') },
  'the user over both': { files: family('child: {a: 2, b: 2}\n', 'a: 1\nb: 1\nc: 1\n'), values: 'child: {a: 3}\n' },
  'the user\'s null reaches the sub-chart': { files: family('child: {a: 2}\n', 'a: 1\nb: {c: 1, d: 1}\n'), values: 'child: {a: null, b: {c: null}}\n' },
  'the parent\'s null does not': { files: family('child: {a: null, b: {c: null}}\n', 'a: 1\nb: {c: 1, d: 1}\n') },
  'the user\'s null over the parent\'s section': { files: family('child: {b: {c: 5}}\n', 'b: {c: 1}\n'), values: 'child: {b: null}\n' },
  'a section that is a text': { files: family('', 'a: 1\n'), values: 'child: text\n' },
  'a section that is null': { files: family('', 'a: 1\n'), values: 'child: null\n' },
  'a section that is a number': { files: family('child: 5\n', 'a: 1\n') },
  'globals go down': { files: family('global: {a: 1}\n', 'global: {a: 2, b: 2}\n', { grandchild: 'global: {a: 3, b: 3, c: 3}\n' }) },
  'globals of the user': { files: family('global: {a: 1, t: {x: 1}}\n', 'global: {t: {w: 2}}\n'), values: 'global: {a: 9, t: {z: 9}}\n' },
  'globals of a section': { files: family('global: {a: 1, t: {x: 1}}\nchild: {global: {a: 5, b: 5, t: {x: 5, w: 5}}}\n', 'global: {t: {w: 2, z: 2}}\n') },
  'globals deep down': { files: family('global: {t: {u: {x: 1}}}\n', 'global: {t: {u: {w: 2}}}\n', { grandchild: 'global: {t: {u: {z: 3}}}\n' }) },
  'globals of other kinds': { files: family('global: {t: {x: 1}, s: 1}\n', 'global: {t: 2, s: {x: 2}}\n') },
  'globals of other kinds in a section': { files: family('global: {t: {x: 1}, s: 1}\nchild: {global: {t: 2, s: {x: 2}}}\n', '') },
  'global is a text': { files: family('global: text\n', 'a: 1\n') },
  'global is a text below': { files: family('global: {a: 1}\nchild: {global: text}\n', 'a: 1\n') },
  'globals that are null': { files: family('global: {a: null, t: {x: null, w: 1}}\n', 'global: {a: 2, t: {x: 2}}\n') },
  'globals that the user takes away': { files: family('global: {a: 1, t: {x: 1}}\n', 'global: {a: 2, t: {x: 2}}\n'), values: 'global: {a: null, t: {x: null}}\n' },
  'two levels': { files: family('child: {a: 2, grandchild: {b: 2}}\n', 'a: 1\ngrandchild: {b: 1, c: 1}\n', { grandchild: 'b: 0\nc: 0\nd: 0\n' }), values: 'child: {grandchild: {d: 9}}\n' },
  'a null two levels down': { files: family('', 'grandchild: {c: 1}\n', { grandchild: 'b: 0\nc: 0\nd: {e: 0}\n' }), values: 'child: {grandchild: {b: null, c: null, d: {e: null}}}\n' },
  'a section that is a list two levels down': { files: family('', '', { grandchild: 'b: 0\n' }), values: 'child: {grandchild: [1]}\n' },
  'a condition that is false': { files: family('child: {enabled: false}\n', 'a: 1\n', { dependency: '{name: child, version: 1.x, condition: child.enabled}' }) },
  'a condition that the user sets': { files: family('child: {enabled: false}\n', 'a: 1\n', { dependency: '{name: child, version: 1.x, condition: child.enabled}' }), values: 'child: {enabled: true}\n' },
  'a condition that the sub-chart sets': { files: family('', 'enabled: false\n', { dependency: '{name: child, version: 1.x, condition: child.enabled}' }) },
  'a condition of two paths': { files: family('first: null\nsecond: false\n', '', { dependency: '{name: child, version: 1.x, condition: "first,second"}' }) },
  'a condition with spaces': { files: family('first: false\nsecond: false\n', '', { dependency: '{name: child, version: 1.x, condition: " missing, second"}' }) },
  'a condition that is no boolean': { files: family('first: "false"\n', '', { dependency: '{name: child, version: 1.x, condition: first}' }) },
  'a condition that is a table': { files: family('first: {a: 1}\n', '', { dependency: '{name: child, version: 1.x, condition: first}' }) },
  'a condition without a value': { files: family('', '', { dependency: '{name: child, version: 1.x, condition: a.b.c}' }) },
  'tags, one false': { files: family('tags: {x: false}\n', '', { dependency: '{name: child, version: 1.x, tags: [x]}' }) },
  'tags, one true': { files: family('tags: {x: false, w: true}\n', '', { dependency: '{name: child, version: 1.x, tags: [x, y]}' }) },
  'tags, none set': { files: family('', '', { dependency: '{name: child, version: 1.x, tags: [x, y]}' }) },
  'tags that are no booleans': { files: family('tags: {x: "false"}\n', '', { dependency: '{name: child, version: 1.x, tags: [x]}' }) },
  'tags of the user': { files: family('tags: {x: true}\n', '', { dependency: '{name: child, version: 1.x, tags: [x]}' }), values: 'tags: {x: false}\n' },
  'a condition over tags': { files: family('tags: {x: false}\non: true\n', '', { dependency: '{name: child, version: 1.x, tags: [x], condition: live}' }) },
  'an alias': { files: family('other: {a: 2}\nchild: {a: 3}\n', 'a: 1\n', { dependency: '{name: child, version: 1.x, alias: other}' }) },
  'two aliases': {
    files: {
      ...family('one: {a: 2}\n', 'a: 1\nb: 1\n'),
      'Chart.yaml': chart('parent', 'dependencies:\n  - {name: child, version: 1.x, alias: one}\n  - {name: child, version: 1.x, alias: two, condition: two.live}\n  - {name: child, version: 1.x}\n')
    },
    values: 'two: {b: 5}\n'
  },
  'an alias that is switched off': {
    files: {
      ...family('two: {live: false}\n', 'a: 1\n', { grandchild: 'g: 1\n' }),
      'Chart.yaml': chart('parent', 'dependencies:\n  - {name: child, version: 1.x, alias: one}\n  - {name: child, version: 1.x, alias: two, condition: two.live}\n')
    }
  },
  'a version that does not fit': { files: family('child: {enabled: false}\n', 'a: 1\n', { dependency: '{name: child, version: 2.x, condition: child.enabled}' }) },
  'no version': { files: family('child: {enabled: false}\n', 'a: 1\n', { dependency: '{name: child, condition: child.enabled}' }) },
  'a condition two levels down': {
    files: {
      ...family('child: {grandchild: {live: false}}\n', 'a: 1\n', { dependency: '{name: child, version: 1.x}', grandchild: 'g: 1\n' }),
      'charts/child/Chart.yaml': chart('child', 'dependencies:\n  - {name: grandchild, version: 1.x, condition: grandchild.live}\n')
    }
  },
  'a condition two levels down, by the grandchild': {
    files: {
      ...family('', 'a: 1\n', { dependency: '{name: child, version: 1.x}', grandchild: 'live: false\n' }),
      'charts/child/Chart.yaml': chart('child', 'dependencies:\n  - {name: grandchild, version: 1.x, condition: grandchild.live}\n')
    }
  },
  'a condition two levels down, the parent without dependencies': {
    files: {
      ...family('', 'grandchild: {live: false}\n', { grandchild: 'g: 1\n' }),
      'charts/child/Chart.yaml': chart('child', 'dependencies:\n  - {name: grandchild, version: 1.x, condition: grandchild.live}\n')
    }
  },
  'import of exports': { files: family('a: 1\n', 'exports: {data: {a: 2, b: 2}}\n', { dependency: '{name: child, version: 1.x, import-values: [data]}' }) },
  'import of a table': { files: family('p: {q: {a: 1}}\n', 'c: {d: {a: 2, b: 2}}\n', { dependency: '{name: child, version: 1.x, import-values: [{child: c.d, parent: p.q}]}' }) },
  'import to the root': { files: family('a: 1\n', 'c: {a: 2, b: 2}\n', { dependency: '{name: child, version: 1.x, import-values: [{child: c, parent: .}]}' }) },
  'import of what is missing': { files: family('a: 1\n', 'c: 5\n', { dependency: '{name: child, version: 1.x, import-values: [data, {child: c, parent: p}, {child: x.y, parent: p}]}' }) },
  'import of other kinds': { files: family('a: 1\n', 'c: {x: 1}\n', { dependency: '{name: child, version: 1.x, import-values: [5, [c], {child: c}, {parent: p}]}' }) },
  'import over the user': { files: family('a: 1\n', 'exports: {data: {b: 2, c: 2}}\n', { dependency: '{name: child, version: 1.x, import-values: [data]}' }), values: 'b: 9\n' },
  'import what the parent overrides': { files: family('child: {exports: {data: {b: 7}}}\n', 'exports: {data: {b: 2, c: 2}}\n', { dependency: '{name: child, version: 1.x, import-values: [data]}' }) },
  'import with nulls': { files: family('b: null\n', 'exports: {data: {b: 2, c: null, t: {d: null}}}\n', { dependency: '{name: child, version: 1.x, import-values: [data]}' }) },
  'import under an alias': { files: family('', 'c: {a: 2}\n', { dependency: '{name: child, version: 1.x, alias: other, import-values: [{child: c, parent: p}]}' }) },
  'import twice': { files: family('', 'c: {a: 2, t: {x: 1}}\nd: {a: 3, t: {w: 1}}\n', { dependency: '{name: child, version: 1.x, import-values: [{child: c, parent: p}, {child: d, parent: p}]}' }) },
  'import from a grandchild': {
    files: {
      ...family('', '', { dependency: '{name: child, version: 1.x, import-values: [{child: mine, parent: ours}]}', grandchild: 'g: {x: 1}\n' }),
      'charts/child/Chart.yaml': chart('child', 'dependencies:\n  - {name: grandchild, version: 1.x, import-values: [{child: g, parent: mine}]}\n')
    }
  },
  'import from what is switched off': { files: family('live: false\n', 'exports: {data: {b: 2}}\n', { dependency: '{name: child, version: 1.x, condition: live, import-values: [data]}' }) },
  'import and globals': { files: family('global: {g: 1}\n', 'global: {h: 2}\nexports: {data: {global: {i: 3}}}\n', { dependency: '{name: child, version: 1.x, import-values: [data]}' }) }
}
