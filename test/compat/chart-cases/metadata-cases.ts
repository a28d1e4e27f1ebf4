/** A Chart.yaml each: what Helm makes of it, or says of it. */
const head = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

export const metadataCases: Readonly<Record<string, string>> = {
  full: `${head}kubeVersion: ">=1.20"
description: A chart
type: application
keywords: [one, two]
home: https://example.com
sources: [https://example.com/a, https://example.com/b]
dependencies:
  - name: x
    version: ^1
    repository: https://example.com/charts
    condition: x.enabled
    tags: [t]
    enabled: true
    import-values: [data, {child: c, parent: p}]
    alias: y
maintainers:
  - name: Team A
    email: team-a@example.com
    url: https://example.com/team-a
icon: https://example.com/icon.svg
appVersion: "1.0"
deprecated: true
annotations: {example.com/a: b}
condition: c
tags: t
`,
  'unknown keys': `${head}colour: red\nengine: gotpl\n`,
  'keys in other case': 'APIVersion: v2\nNAME: a\nVersion: 1.0.0\nname: b\n',
  'numbers for texts': `${head}appVersion: 1.10\nhome: 5\ndescription: true\n`,
  'a long integer': `${head}appVersion: 20240101123045123\n`,
  'a huge integer': `${head}appVersion: 123456789012345678901234\n`,
  'octal and hexadecimal': `${head}appVersion: 0755\nhome: 0x1F\n`,
  'a number with an exponent': `${head}appVersion: 1234e5\n`,
  'many digits': `${head}appVersion: 1.123456789\n`,
  'a date': `${head}appVersion: 2024-01-01\n`,
  'yes and no': `${head}appVersion: yes\nhome: "no"\n`,
  'version as a number': 'apiVersion: v2\nname: a\nversion: 1\n',
  'version of two numbers': 'apiVersion: v2\nname: a\nversion: 1.20\n',
  'version with a v': 'apiVersion: v2\nname: a\nversion: v1.2.3\n',
  'name as a number': 'apiVersion: v2\nname: 12\nversion: 1.0.0\n',
  'keywords of all kinds': `${head}keywords: [1, 2.5, null, true, 1000000, 12345678901234567890, 1.123456789]\n`,
  'annotations of all kinds': `${head}annotations: {a: 1, b: null, c: true, d: 1.5}\n`,
  'empty fields': `${head}description: ""\nkeywords: []\nmaintainers: []\nannotations: {}\ndeprecated: false\nhome: null\nsources: null\n`,
  'several documents': `${head}---\nname: b\n`,
  'white space and control characters': `${head}description: "a\\tb\\nc\\u00a0d\\u200be\\u0007f"\nkeywords: ["x\\ty"]\n`,
  unicode: `${head}description: "façade 灯台 🚢"\n`,
  'folded lines': `${head}description: "${'word '.repeat(40).trim()}"\n`,
  'an anchor': `${head}description: &d text\nhome: *d\n`,
  'no apiVersion': 'name: a\nversion: 1.0.0\n',
  empty: '',
  'a list': '- a\n',
  'a text': 'just text\n',
  'not YAML': 'a: [\n',
  'a tab': 'a:\n\tb: c\n',
  'the same key twice': `${head}home: a\nhome: b\n`,
  'no name': 'apiVersion: v2\nversion: 1.0.0\n',
  'name with a slash': 'apiVersion: v2\nname: a/b\nversion: 1.0.0\n',
  'name of two dots': 'apiVersion: v2\nname: ..\nversion: 1.0.0\n',
  'name of a dot': 'apiVersion: v2\nname: .\nversion: 1.0.0\n',
  'name of white space': 'apiVersion: v2\nname: "\\u200b"\nversion: 1.0.0\n',
  'no version': 'apiVersion: v2\nname: a\n',
  'a version that is none': 'apiVersion: v2\nname: a\nversion: one\n',
  'a version of four numbers': 'apiVersion: v2\nname: a\nversion: 1.2.3.4\n',
  'another type': `${head}type: tool\n`,
  'a null maintainer': `${head}maintainers: [null]\n`,
  'a null dependency': `${head}dependencies: [null]\n`,
  'an alias of other characters': `${head}dependencies: [{name: x, version: 1, alias: a.b}]\n`,
  'a name twice': `${head}dependencies: [{name: x, version: 1}, {name: x, version: 2}]\n`,
  'an alias that is a name': `${head}dependencies: [{name: x, version: 1}, {name: y, version: 2, alias: x}]\n`,
  'rules in their order': 'apiVersion: v2\nversion: x\ntype: y\nmaintainers: [null]\n',
  'description a list': `${head}description: [1]\n`,
  'description a mapping': `${head}description: {a: 1}\n`,
  'keywords a text': `${head}keywords: abc\n`,
  'keywords of lists': `${head}keywords: [[a]]\n`,
  'maintainers of texts': `${head}maintainers: [foo]\n`,
  'maintainers a text': `${head}maintainers: foo\n`,
  'a maintainer with a list': `${head}maintainers: [{name: [a]}]\n`,
  'deprecated a text': `${head}deprecated: "true"\n`,
  'deprecated a number': `${head}deprecated: 1\n`,
  'annotations a list': `${head}annotations: [a]\n`,
  'an annotation of a list': `${head}annotations: {a: [1]}\n`,
  'tags of a dependency a text': `${head}dependencies: [{name: x, tags: a}]\n`,
  'import-values a text': `${head}dependencies: [{name: x, import-values: a}]\n`,
  'two mistakes': `${head}keywords: abc\ndescription: [1]\n`
}
