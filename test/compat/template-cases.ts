import type { Call, FileSession } from './file-session.js'

const words = (line: string): string[] => line.split(' ').filter(word => word !== '')
const call = (line: string, rest: Omit<Call, 'args'> = {}): Call => ({ args: words(line), ...rest })

const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
const hook = (name: string, events: string, kind = 'Pod'): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  annotations:\n    "helm.sh/hook": ${events}\n`
const chartYaml = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`

/** A chart with all that template's flags choose from. */
const fleet = {
  'fleet/Chart.yaml': chartYaml('fleet', 'appVersion: "7"\n'),
  'fleet/values.yaml': 'port: 80\nname: flag\n',
  'fleet/README.md': '# Fleet\n',
  'fleet/crds/b.yaml': '---\nkind: CustomResourceDefinition\nmetadata: {name: b}\n',
  'fleet/crds/a.yaml': 'kind: CustomResourceDefinition\nmetadata: {name: a}\n',
  'fleet/crds/deep/c.json': '{"kind": "CustomResourceDefinition"}\n',
  'fleet/crds/readme.txt': 'no CRD\n',
  'fleet/templates/NOTES.txt': 'Ahoy {{ .Release.Name }}\n',
  'fleet/templates/_helpers.tpl': '{{ define "x" }}x{{ end }}',
  'fleet/templates/map.yaml': `${map('{{ .Release.Name }}-a')}data:\n  port: {{ .Values.port | quote }}\n---\n${map('{{ .Release.Name }}-b')}---\n# nothing\n`,
  'fleet/templates/deep/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
  'fleet/templates/deep/more.yaml': '{{ if .Values.more }}kind: More{{ end }}\n',
  'fleet/templates/facts.yaml': 'kind: Facts\ninstall: {{ .Release.IsInstall }}\nupgrade: {{ .Release.IsUpgrade }}\nrevision: {{ .Release.Revision }}\nkube: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Major }} {{ .Capabilities.KubeVersion.Minor }}\nboat: {{ .Capabilities.APIVersions.Has "sea.example.com/v1" }}\nlength: {{ len .Capabilities.APIVersions }}\nnamespace: {{ .Release.Namespace }}\n',
  'fleet/templates/pre.yaml': hook('pre', 'pre-install'),
  'fleet/templates/test.yaml': hook('test', 'test'),
  'fleet/templates/both.yaml': `${hook('post', 'post-install', 'Job')}---\n${map('plain')}---\n${hook('late', 'post-install,test')}`,
  'fleet/charts/sub/Chart.yaml': chartYaml('sub'),
  'fleet/charts/sub/templates/map.yaml': map('sub'),
  'fleet/charts/sub/templates/NOTES.txt': 'Sub\n',
  'fleet/charts/sub/crds/d.yml': 'kind: CustomResourceDefinition\nmetadata: {name: d}\n'
}

const one = (text: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({ 'one/Chart.yaml': chartYaml('one'), 'one/templates/one.yaml': text, ...more })
const page = 'the lines around the fault follow'

/** A plugin of type postrenderer/v1 that runs a shell command. */
const plugin = (name: string, script: string, more = ''): Record<string, string> => ({
  [`plugins/${name}/plugin.yaml`]: `apiVersion: v1\nname: ${name}\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\nconfig: {}\nruntimeConfig:\n  platformCommand:\n  - command: sh\n    args: [-c, ${JSON.stringify(script)}, sh]\n${more}`
})
const plugins = { env: { HELM_PLUGINS: '{home}/work/plugins' } }

/** Everything of `template` and `show` that is compared with Helm, beyond what templates print. */
export const templateSessions: readonly FileSession[] = [
  {
    name: 'template',
    files: fleet,
    steps: [
      call('template fleet'), call('template mine fleet'), call('template mine fleet --skip-tests'), call('template mine fleet --no-hooks'), call('template mine fleet --include-crds'),
      call('template mine fleet --include-crds --skip-crds'), call('template mine fleet --is-upgrade -s templates/facts.yaml'), call('template mine fleet --is-upgrade=false -s templates/facts.yaml'),
      call('template mine fleet -n sea -s templates/facts.yaml'), call('template mine fleet --release-name'), call('template mine fleet --render-subchart-notes --hide-notes --no-hooks -s templates/facts.yaml'),
      call('template mine fleet --set more=true --set-string port=1,name=x -s templates/deep/more.yaml -s templates/map.yaml'), call('template mine fleet --debug -s templates/map.yaml'), call('template fleet -n nope -s templates/facts.yaml', { env: { HELM_NAMESPACE: 'other' } }), call('template fleet -s templates/facts.yaml', { env: { HELM_NAMESPACE: 'other' } })
    ]
  },
  {
    name: 'template flags that do nothing, or are refused',
    files: one(map('{{ .Release.Name }}')),
    steps: [
      call('template mine one --description d --timeout 3s --wait --wait-for-jobs --atomic --create-namespace --replace --take-ownership --server-side=false --disable-openapi-validation'),
      call('template mine one --rollback-on-failure --force-conflicts --wait=legacy'), call('template mine one --wait=sometimes'), call('template mine one --wait=true'), call('template mine one --force-replace'), call('template mine one --force'),
      call('template mine one --force-replace --force-conflicts'), call('template mine one --force --force-conflicts'), call('template mine one --timeout x'), call('template mine one --labels a=b,c=d'), call('template mine one --labels name=x'), call('template mine one --labels a'),
      call('template mine one --validate --dry-run=server'), call('template mine one --dry-run=none'), call('template mine one --dry-run=x'), call('template mine one --dry-run'), call('template mine one --dry-run=true'), call('template mine one --dry-run=false'), call('template mine one --dry-run=client'),
      call('template mine one --skip-schema-validation --devel'), call('template mine one --nope'), call('template'), call('template a b c'), call('template mine one --hide-secret'), call('template mine one -o json')
    ]
  },
  {
    name: 'template names',
    files: one(map('{{ .Release.Name }}')),
    steps: [
      call('template one --generate-name'), call('template -g one'), call('template mine one -g'), call('template one --name-template a-{{upper}}'), { args: ['template', 'one', '--name-template', 'a-{{ "B" | lower }}'] }, { args: ['template', 'mine', 'one', '--name-template', 'x'] },
      { args: ['template', 'one', '--name-template', '{{ .x }}'] }, { args: ['template', 'one', '--name-template', '{{'] }, call('template Bad one'), call(`template ${'a'.repeat(54)} one`), call('template mine nope'), call('template mine ./nope'), { args: ['template', 'mine', ''] }
    ]
  },
  {
    name: 'template for another Kubernetes',
    files: fleet,
    steps: ['1.30', 'v1.30.2', '1.30.2-eks-1', '2', 'x', '1.x', '', '1.30.2+k3s1'].map(version => ({ args: ['template', 'fleet', '-s', 'templates/facts.yaml', '--kube-version', version] })).concat([
      { args: words('template fleet -s templates/facts.yaml -a sea.example.com/v1,b/v1') }, { args: words('template fleet -s templates/facts.yaml -a a/v1 --api-versions sea.example.com/v1') }, { args: ['template', 'fleet', '-s', 'templates/facts.yaml', '-a', ''] }
    ])
  },
  {
    name: 'template a chart for other Kubernetes',
    files: one(map('a'), { 'one/Chart.yaml': chartYaml('one', 'kubeVersion: ">=1.99"\n') }),
    steps: [call('template one'), call('template one --kube-version 1.99'), call('template one --debug --kube-version 1.98')]
  },
  {
    name: 'template --show-only',
    files: fleet,
    steps: [
      'templates/map.yaml', 'templates/*.yaml', 'templates/*/*.yaml', 'templates/deep/service.yaml', 'charts/sub/templates/map.yaml', 'charts/*/templates/*', 'templates/none.yaml', 'templates/NOTES.txt', 'templates/deep/more.yaml', 'templates/test.yaml', 'templates/both.yaml', 'map.yaml', 'templates/[', 'templates/map.y?ml',
      'templates/', 'templates', 'fleet/templates/map.yaml', './templates/map.yaml', 'templates/_helpers.tpl', 'crds/a.yaml', ''
    ].map((pattern): Call => ({ args: ['template', 'mine', 'fleet', '-s', pattern] })).concat([
      call('template mine fleet -s templates/test.yaml --skip-tests'), call('template mine fleet -s templates/pre.yaml --no-hooks'), call('template mine fleet -s templates/test.yaml -s templates/map.yaml -s templates/map.yaml'), call('template mine fleet -s templates/map.yaml,templates/pre.yaml'),
      call('template mine fleet -s crds/a.yaml --include-crds'), call('template mine fleet -s crds/* --include-crds'), call('template mine fleet -s templates/map.yaml -s templates/none.yaml')
    ])
  },
  { name: 'template --output-dir', files: fleet, steps: [call('template mine fleet --output-dir out')] },
  { name: 'template --output-dir with hooks twice', files: fleet, otherFiles: /out\/fleet\/templates\/(?:pre|test|both)/, steps: [call('template mine fleet --output-dir out'), call('template mine fleet --output-dir out')] },
  { name: 'template --output-dir --release-name', files: fleet, steps: [call('template mine fleet --output-dir out --release-name --include-crds'), call('template mine fleet --output-dir ./out/../other/ --no-hooks'), call('template mine fleet --output-dir {home}/work/whole --skip-tests')] },
  { name: 'template --output-dir that cannot be', files: { ...fleet, out: 'a file\n' }, steps: [call('template mine fleet --output-dir out'), call('template mine fleet --output-dir out --debug', { deviates: 'Helm tries to write the hooks, too' })] },
  { name: 'template --output-dir and a failure', files: one('{{ fail "no" }}'), steps: [call('template mine one --output-dir out')] },
  {
    name: 'template that fails',
    files: one('a: {{ fail "no sea" }}\n'),
    steps: [call('template one'), call('template one --debug'), { write: { 'one/templates/one.yaml': 'a: {{ .Values.a.b }}\n' } }, call('template one'), { write: { 'one/templates/one.yaml': 'a: {{ nope }}\n' } }, call('template one'), { write: { 'one/templates/one.yaml': 'a: {{ required "a is required" .Values.a }}\n' } }, call('template one'), call('template one --set a=1')]
  },
  {
    name: 'template that gives no YAML',
    files: one('kind: A\na: b: c\nd: {{ .Release.Name }}\n'),
    steps: [
      call('template one', { more: page }), call('template one --debug', { more: page }), call('template one -s templates/one.yaml', { more: page }), call('template one --debug -s templates/one.yaml', { more: page }), call('template one --debug -s templates/none.yaml', { more: page }), call('template one --output-dir out', { more: page }),
      { write: { 'one/templates/one.yaml': 'kind: A\n---\nkind: B\nlist: [1, 2\n' } }, call('template one', { more: page }), { write: { 'one/templates/one.yaml': '- a\n- b\n' } }, call('template one', { more: page }), { write: { 'one/templates/one.yaml': 'a:\n\t- b\n' } }, call('template one', { more: page }), { write: { 'one/templates/one.yaml': 'metadata:\n  name: [a]\n' } }, call('template one', { more: page })
    ]
  },
  { name: 'template with values that do not fit', files: { ...one(map('a')), 'one/values.yaml': 'a: {b: 1}\nl: 1\nglobal: 2\n', 'one/charts/sub/Chart.yaml': chartYaml('sub') }, steps: [call('template one --set a=1 --no-hooks'), call('template one --set l.x=1'), call('template one --set sub=1'), call('template one --set =x'), call('template one -f nope.yaml'), call('template one --set-json a=x'), call('template one --set-file a=nope')] },
  { name: 'template with warnings', files: { ...one(map('a'), { 'one/Chart.yaml': chartYaml('one', 'deprecated: true\ndependencies:\n- name: sub\n  version: 1.0.0\n  condition: on.sub\n  tags: [t]\n  import-values: [nope]\n') }), 'one/values.yaml': 'on: {sub: "yes"}\ntags: {t: 1}\n', 'one/charts/sub/Chart.yaml': chartYaml('sub'), 'one/templates/hook.yaml': hook('x', 'sometimes') }, steps: [call('template one')] },
  { name: 'template with old files', files: { ...one(map('a')), 'one/requirements.yaml': 'dependencies: []\n', 'one/requirements.lock': 'digest: x\n', 'other.yaml': 'a: 1\n' }, steps: [{ link: { 'one/values.yaml': '../other.yaml' } }, call('template one')] },
  { name: 'template what is no chart', files: { 'lib/Chart.yaml': chartYaml('lib', 'type: library\n'), 'need/Chart.yaml': chartYaml('need', 'dependencies:\n- {name: a, version: "1", repository: ""}\n- {name: b, version: "1", repository: ""}\n'), 'empty/x': '', 'three/Chart.yaml': 'apiVersion: v3\nname: three\nversion: 1.0.0\n', 'file.yaml': 'a: 1\n' }, steps: [call('template lib'), call('template need'), call('template empty'), call('template three'), call('template file.yaml')] },
  {
    name: 'post-renderer',
    files: { ...fleet, ...plugin('same', 'cat'), ...plugin('add', 'cat; printf -- "---\\nkind: Added\\nmetadata: {name: \\"$1\\"}\\n"'), ...plugin('none', 'true'), ...plugin('fails', 'echo oh >&2; exit 3'), ...plugin('no-yaml', 'echo "a: b: c"'), ...plugin('blind', 'echo "kind: Only"'), ...plugin('place', 'cat >/dev/null; echo "kind: $HELM_PLUGIN_NAME"; echo "in: $' + '{HELM_PLUGIN_DIR##*/}"') },
    steps: [
      call('template mine fleet --post-renderer same', plugins), call('template mine fleet --post-renderer add --post-renderer-args one', plugins), call('template mine fleet --post-renderer-args one --post-renderer-args two --post-renderer add', plugins),
      call('template mine fleet --post-renderer none', plugins), call('template mine fleet --post-renderer fails', { ...plugins, deviates: 'what the plugin complained about is told' }), call('template mine fleet --post-renderer no-yaml', plugins), call('template mine fleet --post-renderer blind', plugins), call('template mine fleet --post-renderer place', plugins),
      call('template mine fleet --post-renderer nope', plugins), call('template mine fleet --post-renderer same --post-renderer add', plugins), call('template mine fleet --post-renderer same'), call('template mine fleet --post-renderer=', plugins), call('template mine fleet --post-renderer-args x', plugins),
      call('template mine fleet --post-renderer same -s templates/map.yaml', plugins), call('template mine fleet --post-renderer same --no-hooks --include-crds', plugins)
    ]
  },
  {
    name: 'post-renderer with all kinds of YAML',
    files: {
      ...one([
        '# first', 'apiVersion: v1', 'kind: ConfigMap', 'metadata:', '    name: "a"   # named', "    labels: {b: 'x', a: y}", 'data:', `    long: ${'words and '.repeat(20)}end`, '    script: |', '        echo hi', '        if true; then', '          ls', '        fi', '    folded: >-', '        some words', '        more words', '    list:',
        '        - a', '        -   b: 1', '            c: 2', '        - - x', '          - y', '    empty: {}', '    none: []', '    nothing:', '    # before end', '    z: !!str 1', '    "quoted key": yes', "    'single': 'it''s'", '    number: 0x1F', '    float: 1.50', '    date: 2001-01-01', '    anchor: &a {x: 1}', '    alias: *a', '    multi: "a\\nb"', '---',
        'apiVersion: v1', 'kind: Secret', 'metadata:', '  name: b', '  annotations:', '    x: y', '---', 'kind: NoMetadata', '---', 'kind: List', 'metadata:', 'items: []', ''
      ].join('\n'), { 'one/templates/hook.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: h, annotations: {helm.sh/hook: pre-install}}\n' }),
      ...plugin('same', 'cat'),
      ...plugin('tee', 'tee "$HOME/seen.yaml"')
    },
    steps: [call('template one --post-renderer tee', plugins)]
  },
  {
    name: 'post-renderer plugins that cannot be used',
    files: {
      ...one(map('a')),
      'plugins/broken/plugin.yaml': 'a: [\n',
      'plugins/unknown/plugin.yaml': 'apiVersion: v9\nname: unknown\n',
      'plugins/old/plugin.yaml': 'name: old\nversion: 1.0.0\ncommand: cat\n',
      'plugins/bad-name/plugin.yaml': 'apiVersion: v1\nname: "a b"\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\n',
      'plugins/file': '',
      ...plugin('idle', 'cat', '    os: plan9\n'),
      ...plugin('missing', 'cat')
    },
    steps: [...['old', 'idle', 'missing'].map((name): Call => call(`template one --post-renderer ${name}`, { ...plugins, deviates: 'plugins that cannot be read are told of once' }))]
  },
  { name: 'DNS', files: one('a: {{ getHostByName "localhost" | empty }}\n'), steps: [call('template one'), call('template one --enable-dns')] },
  {
    name: 'show',
    files: { ...fleet, 'bare/Chart.yaml': chartYaml('bare'), 'null/Chart.yaml': chartYaml('null'), 'null/values.yaml': '', 'null/readme': 'lower\n', 'null/README.txt': 'upper\n' },
    steps: ['all', 'chart', 'values', 'readme', 'crds'].flatMap(part => ['fleet', 'bare', 'null'].map(chart => call(`show ${part} ${chart}`))).concat([
      call('show all nope'), call('show values fleet --jsonpath {.port}'), call('show all fleet --jsonpath {.port}'), call('show chart'), call('show chart a b'), call('show nope fleet', { deviates: 'help texts are our own' }), call('show values bare --jsonpath {.port}', { deviates: 'a warning says why nothing was found' }), call('show chart fleet --version 9'), call('show chart fleet --devel')
    ])
  },
  {
    name: 'show from a repository',
    files: {},
    steps: [call('repo add charts http://charts.example.com'), call('show chart charts/anchor'), call('show chart charts/anchor --devel'), call('show chart charts/anchor --version ^1'), call('show values charts/anchor --version 1.0.0'), call('show all charts/rope'), call('show crds charts/anchor'), call('show readme anchor --repo http://charts.example.com'), call('show chart charts/anchor --version 9'), call('show chart charts/nope'), call('show chart charts/gone'), call('show all charts/sails'), call('template charts/anchor --version 1.0.0'), call('template charts/sails')]
  }
]
