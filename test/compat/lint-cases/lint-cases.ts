/** A chart to lint, or several things in a folder: its files, and how `lint` is called. */
export interface LintCase {
  readonly files: Readonly<Record<string, string>>
  /** Archives among them, by their path: what the chart of that name consists of (a version 1.0.0, with the defaults of `chartArchive`). */
  readonly archives?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** After `lint`; the folder stands first unless `paths` says otherwise. */
  readonly args?: readonly string[]
  /** What is linted, seen from the folder; the folder itself when left out. */
  readonly paths?: readonly string[]
}

const chartFile = 'apiVersion: v2\nname: case\nversion: 1.0.0\nicon: https://example.com/icon.png\n'
const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
const object = (apiVersion: string, kind: string, name = 'a'): string => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`

/** A chart with these files beside a Chart.yaml and values.yaml without fault. */
function chart (files: Readonly<Record<string, string>>, more: Omit<LintCase, 'files'> = {}): LintCase {
  return { files: { 'Chart.yaml': chartFile, 'values.yaml': '', 'templates/a.yaml': configMap('a'), ...files }, ...more }
}

/** A chart with this Chart.yaml. */
function metadata (text: string): LintCase {
  return chart({ 'Chart.yaml': text })
}

const schema = '{"properties":{"a":{"type":"string"}},"required":["b"]}'
const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com}\n'
const sub = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`

export const lintCases: Readonly<Record<string, LintCase>> = {
  'a chart without fault': chart({}),
  'without an icon': metadata('apiVersion: v2\nname: case\nversion: 1.0.0\n'),
  'an icon that is no URL': metadata('apiVersion: v2\nname: case\nversion: 1.0.0\nicon: icon.png\n'),
  'an icon by a path': metadata('apiVersion: v2\nname: case\nversion: 1.0.0\nicon: /icon.png\n'),
  'an icon as a urn': metadata('apiVersion: v2\nname: case\nversion: 1.0.0\nicon: data:image/png;base64,AA\n'),
  'no Chart.yaml': { files: { 'values.yaml': 'a: 1\n' } },
  'an empty Chart.yaml': metadata(''),
  'a Chart.yaml that is no YAML': metadata('a: [\n'),
  'a Chart.yaml that is a list': metadata('- a\n'),
  'a Chart.yaml with a list for a name': metadata('apiVersion: v2\nname: [a]\nversion: 1.0.0\n'),
  'a field that no chart has': metadata(`${chartFile}colour: red\n`),
  'two fields that no chart has': metadata(`${chartFile}zeal: 1\ncolour: red\n`),
  'a field twice': metadata(`${chartFile}name: other\n`),
  'a field of a dependency that is none': metadata(`${chartFile}dependencies:\n- {name: x, version: 1.0.0, enabled2: true}\n`),
  'no name': metadata('apiVersion: v2\nversion: 1.0.0\nicon: https://example.com/i\n'),
  'a name with a slash': metadata('apiVersion: v2\nname: a/b\nversion: 1.0.0\nicon: https://example.com/i\n'),
  'a name with capitals': metadata('apiVersion: v2\nname: A_b\nversion: 1.0.0\nicon: https://example.com/i\n'),
  'no apiVersion': metadata('name: case\nversion: 1.0.0\nicon: https://example.com/i\n'),
  'apiVersion v4': metadata('apiVersion: v4\nname: case\nversion: 1.0.0\nicon: https://example.com/i\n'),
  'no version': metadata('apiVersion: v2\nname: case\nicon: https://example.com/i\n'),
  'a version that is a number': metadata('apiVersion: v2\nname: case\nversion: 1.5\nicon: https://example.com/i\n'),
  'a version that is none': metadata('apiVersion: v2\nname: case\nversion: one\nicon: https://example.com/i\n'),
  'a version of two numbers': metadata('apiVersion: v2\nname: case\nversion: "1.2"\nicon: https://example.com/i\n'),
  'a version with a v': metadata('apiVersion: v2\nname: case\nversion: v1.2.3\nicon: https://example.com/i\n'),
  'version 0.0.0': metadata('apiVersion: v2\nname: case\nversion: 0.0.0\nicon: https://example.com/i\n'),
  'version 0.0.0-0': metadata('apiVersion: v2\nname: case\nversion: 0.0.0-0\nicon: https://example.com/i\n'),
  'an appVersion that is a number': metadata(`${chartFile}appVersion: 1.10\n`),
  'an appVersion that is null': metadata(`${chartFile}appVersion: null\n`),
  'an appVersion that is true': metadata(`${chartFile}appVersion: yes\n`),
  'maintainers without fault': metadata(`${chartFile}maintainers:\n- {name: Team A, email: team-a@example.com, url: https://example.com/a}\n- {name: Team B, url: example.com}\n- {name: Team C, url: "http://[::1]:8080/x?y#z"}\n- {name: Team D, url: "https://1.2.3.4:80"}\n`),
  'a maintainer without a name': metadata(`${chartFile}maintainers:\n- email: team-a@example.com\n`),
  'a maintainer that is null': metadata(`${chartFile}maintainers:\n- null\n`),
  'a maintainer with a bad email': metadata(`${chartFile}maintainers:\n- {name: Team A, email: team-a}\n`),
  'a maintainer with an email at a host': metadata(`${chartFile}maintainers:\n- {name: Team A, email: team-a@localhost}\n`),
  'a maintainer with a bad url': metadata(`${chartFile}maintainers:\n- {name: Team A, url: "not a url"}\n`),
  'a maintainer with the url of a scheme': metadata(`${chartFile}maintainers:\n- {name: Team A, url: "gopher://example.com"}\n`),
  'a source that is no URL': metadata(`${chartFile}sources:\n- https://example.com/a\n- example.com\n`),
  'a source that is empty': metadata(`${chartFile}sources:\n- ""\n`),
  'type in apiVersion v1': metadata('apiVersion: v1\nname: case\nversion: 1.0.0\ntype: application\nicon: https://example.com/i\n'),
  'dependencies in apiVersion v1': metadata('apiVersion: v1\nname: case\nversion: 1.0.0\ndependencies: [{name: x, version: 1.0.0}]\nicon: https://example.com/i\n'),
  'a type that is none': metadata(`${chartFile}type: service\n`),
  'a library': metadata(`${chartFile}type: library\n`),
  'no values.yaml': { files: { 'Chart.yaml': chartFile, 'templates/a.yaml': configMap('a') } },
  'values that are no YAML': chart({ 'values.yaml': 'a: [\n' }),
  'values that are a list': chart({ 'values.yaml': '- a\n' }),
  'values that do not fit': chart({ 'values.yaml': 'a: 1\nb: 1\n', 'values.schema.json': schema }),
  'values that do not fit, twice': chart({ 'values.yaml': 'a: 1\n', 'values.schema.json': '{"required":["b"],"maxProperties":0}' }),
  'values that would fit with those of the user': chart({ 'values.yaml': 'a: x\n', 'values.schema.json': schema }, { args: ['--set', 'b=1'] }),
  'a schema that is passed over': chart({ 'values.yaml': 'a: 1\n', 'values.schema.json': schema }, { args: ['--skip-schema-validation'] }),
  'a schema that is none': chart({ 'values.schema.json': '{' }),
  'an empty schema': chart({ 'values.schema.json': '' }),
  'values of the user that cannot be read': chart({}, { args: ['--set', 'a[=1'] }),
  'no templates': { files: { 'Chart.yaml': chartFile, 'values.yaml': '' } },
  'templates is a file': { files: { 'Chart.yaml': chartFile, 'values.yaml': '', templates: 'x' } },
  'a template that fails to parse': chart({ 'templates/b.yaml': '{{ if }}' }),
  'a template that fails': chart({ 'templates/b.yaml': '{{ .Values.a.b.c }}' }),
  'a function that is none': chart({ 'templates/b.yaml': '{{ nope }}' }),
  'required and fail go on': chart({ 'templates/b.yaml': `a: {{ required "give a" .Values.a | quote }}\n{{ fail "no" }}\n${configMap('b')}` }),
  'a file that is no template': chart({ 'templates/b.json': '{}', 'templates/c': 'x', 'templates/NOTES.txt': 'x', 'templates/_x.tpl': 'x' }),
  'YAML that is none': chart({ 'templates/b.yaml': 'a: b: c\n', 'templates/c.yaml': configMap('C_') }),
  'YAML with a tab': chart({ 'templates/b.yaml': 'a:\n\tb: 1\n' }),
  'a document that starts indented': chart({ 'templates/b.yaml': '  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n' }),
  'a name that is a number': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 5\n' }),
  'a name that is a map': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {a: 1}\n' }),
  'metadata that is a list': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: [a]\n' }),
  'a kind that is a number': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: 7\nmetadata: {name: b}\n' }),
  'a document that is a list': chart({ 'templates/b.yaml': '- a\n' }),
  'a document that is a text': chart({ 'templates/b.yaml': 'just a text\n' }),
  'a document that is JSON': chart({ 'templates/b.yaml': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "B"}}\n' }),
  'JSON that is none': chart({ 'templates/b.yaml': '{"apiVersion": "v1", "kind": \n' }),
  'documents without objects': chart({ 'templates/b.yaml': '---\n# nothing\n---\n\n---\n' }),
  'several documents': chart({ 'templates/b.yaml': `---\n${configMap('B')}---\n${configMap('c')}---\n${configMap('D')}` }),
  'no name at all': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\n' }),
  'a name by generateName': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n' }),
  'a name that is too long': chart({ 'templates/b.yaml': configMap('a'.repeat(254)), 'templates/c.yaml': configMap(`${'a'.repeat(254)}_`) }),
  'names of kinds': chart({
    'templates/b.yaml': [
      object('v1', 'Service', '1a'), object('v1', 'Service', 'a'.repeat(64)), object('v1', 'Namespace', 'a.b'), object('v1', 'Namespace', 'A'), object('v1', 'ServiceAccount', 'A'),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:a/b%'), object('rbac.authorization.k8s.io/v1', 'Role', '..'), object('rbac.authorization.k8s.io/v1', 'Role', 'A:b'),
      object('certificates.k8s.io/v1', 'CertificateSigningRequest', 'A/B'), object('example.com/v1', 'Boat', 'A'), object('v1', 'Pod', 'a.b')
    ].join('---\n')
  }),
  'a Deployment without a selector': chart({ 'templates/b.yaml': object('apps/v1', 'Deployment') }),
  'a Deployment with a selector': chart({ 'templates/b.yaml': `${object('apps/v1', 'Deployment')}spec: {selector: {matchLabels: {a: b}}}\n` }),
  'a StatefulSet whose text has the word': chart({ 'templates/b.yaml': `# matchExpressions\n${object('apps/v1', 'StatefulSet')}` }),
  'a List with an annotation': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, annotations: {helm.sh/resource-policy: keep}}\nmetadata: {name: l}\n' }),
  'a List without a name': chart({ 'templates/b.yaml': 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n' }),
  'old versions of kinds': chart({
    'templates/b.yaml': [
      object('extensions/v1beta1', 'Ingress'), object('networking.k8s.io/v1beta1', 'Ingress'), object('networking.k8s.io/v1beta1', 'IngressClass'), object('policy/v1beta1', 'PodDisruptionBudget'),
      object('policy/v1beta1', 'PodSecurityPolicy'), object('batch/v1beta1', 'CronJob'), object('autoscaling/v2beta2', 'HorizontalPodAutoscaler'), object('storage.k8s.io/v1beta1', 'CSINodeList'),
      object('apps/v1beta1', 'Scale'), object('extensions/v1beta1', 'Scale'), object('discovery.k8s.io/v1beta1', 'EndpointSliceList'), object('v1', 'ComponentStatus'), object('v1', 'Endpoints'),
      object('rbac.authorization.k8s.io/v1beta1', 'Role'), object('flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema'), object('resource.k8s.io/v1alpha3', 'DeviceTaintRule'),
      object('admission.k8s.io/v1beta1', 'AdmissionReview'), object('certificates.k8s.io/v1beta1', 'ClusterTrustBundle'), object('scheduling.k8s.io/v1beta1', 'PodGroup'), object('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition')
    ].join('---\n')
  }),
  'old versions for an old Kubernetes': chart({ 'templates/b.yaml': `${object('batch/v1beta1', 'CronJob')}---\n${object('networking.k8s.io/v1beta1', 'Ingress')}` }, { args: ['--kube-version', '1.20'] }),
  'versions that will be old': chart({ 'templates/b.yaml': object('scheduling.k8s.io/v1beta1', 'PodGroup') }, { args: ['--kube-version', '1.40'] }),
  'a kubeVersion that is none': chart({}, { args: ['--kube-version', 'x'] }),
  'a chart for another Kubernetes': metadata(`${chartFile}kubeVersion: ">=99.0.0"\n`),
  'capabilities of a Kubernetes': chart({ 'templates/b.yaml': '{{ if eq .Capabilities.KubeVersion.Minor "22" }}a: b: c{{ end }}' }, { args: ['--kube-version', 'v1.22.1'] }),
  'the release that templates see': chart({ 'templates/b.yaml': 'x: y: {{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.IsInstall }} {{ .Release.IsUpgrade }} {{ .Release.Revision }} {{ .Release.Service }}\n' }),
  'a dependency that is not there': metadata(`${chartFile}dependencies:\n- {name: x, version: 1.0.0}\n- {name: y, version: 1.0.0}\n`),
  'a sub-chart that Chart.yaml does not name': chart({ 'charts/sub/Chart.yaml': sub('sub') }),
  'a dependency twice': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0}\n- {name: sub, version: 1.0.0}\n`, 'charts/sub/Chart.yaml': sub('sub') }),
  'a dependency under two aliases': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0, alias: a}\n- {name: sub, version: 1.0.0, alias: b}\n`, 'charts/sub/Chart.yaml': sub('sub') }),
  'a sub-chart whose values do not fit': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0}\n`, 'charts/sub/Chart.yaml': sub('sub'), 'charts/sub/values.yaml': 'a: 1\n', 'charts/sub/values.schema.json': schema }),
  'a sub-chart that is broken': chart({ 'charts/sub/Chart.yaml': 'name: sub\n' }),
  'values of a sub-chart that are none': chart({ 'values.yaml': 'sub: 1\n', 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0}\n`, 'charts/sub/Chart.yaml': sub('sub') }),
  'sub-charts, too': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0}\n`, 'charts/sub/Chart.yaml': sub('sub'), 'charts/sub/templates/x.yaml': configMap('X'), 'charts/sub/charts/leaf/Chart.yaml': sub('leaf') }, { args: ['--with-subcharts'] }),
  'a custom resource definition': chart({ 'crds/a.yaml': crd }),
  'crds that are none': chart({ 'crds/a.yaml': configMap('a'), 'crds/b.yaml': `${crd}---\n${object('apiextensions.k8s.io/v1', 'Other')}`, 'crds/c.txt': 'x' }),
  'a template among crds': chart({ 'crds/a.yaml': '{{ if .Values.a }}\na: b\n{{ end }}\n', 'crds/b.yaml': configMap('b') }),
  'crds is a file': chart({ crds: 'x' }),
  'warnings fail when strict': chart({ 'templates/b.yaml': configMap('B') }, { args: ['--strict'] }),
  'information does not fail when strict': { files: { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'values.yaml': '', 'templates/a.yaml': configMap('a') }, args: ['--strict'] },
  'quiet about a good chart': chart({}, { args: ['--quiet'] }),
  'quiet about information': { files: { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'values.yaml': '', 'templates/a.yaml': configMap('B') }, args: ['--quiet'] },
  'quiet about no chart': { files: { 'values.yaml': '' }, args: ['--quiet'] },
  'two charts': { files: { 'one/Chart.yaml': sub('one'), 'two/Chart.yaml': 'name: two\n', 'two/values.yaml': '' }, paths: ['one', 'two'] },
  'two charts, quietly': { files: { 'one/Chart.yaml': sub('one'), 'one/templates/a.yaml': '', 'two/Chart.yaml': 'name: two\n' }, paths: ['one', 'two'], args: ['--quiet'] },
  'a folder that is not there': { files: {}, paths: ['nowhere'] },
  'an archive that is not there': { files: {}, paths: ['nowhere.tgz'] },
  'an archive that is none': { files: { 'a.tgz': 'x' }, paths: ['a.tgz'] },
  'nothing to lint': { files: {}, paths: [] },
  'an ignore file': chart({ '.helmignore': 'templates/b.yaml\n', 'templates/b.yaml': 'a: b: c\n' }),
  'an ignore file that is wrong': chart({ '.helmignore': '**\n' }),
  'imported values': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: sub, version: 1.0.0, import-values: [data]}\n`, 'charts/sub/Chart.yaml': sub('sub'), 'charts/sub/values.yaml': 'exports: {data: {word: b}}\n', 'templates/b.yaml': configMap('{{ .Values.word }}') }),
  'an archive': { files: {}, archives: { 'boat-1.0.0.tgz': { 'templates/a.yaml': configMap('A') } }, paths: ['boat-1.0.0.tgz'] },
  'an archive that misses a dependency': { files: {}, archives: { 'boat.tar.gz': { 'Chart.yaml': `${sub('boat')}dependencies: [{name: x, version: 1.0.0}]\n` } }, paths: ['boat.tar.gz'] },
  'an archive whose values do not fit': { files: {}, archives: { 'boat.tgz': { 'values.schema.json': schema } }, paths: ['boat.tgz'], args: ['--set', 'a=1'] },
  'archives of sub-charts': chart({ 'Chart.yaml': `${chartFile}dependencies:\n- {name: boat, version: 1.0.0}\n` }, { archives: { 'charts/boat-1.0.0.tgz': {} }, args: ['--with-subcharts'] })
}
