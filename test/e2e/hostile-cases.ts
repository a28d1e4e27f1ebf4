/** A chart that means harm, and what must be said of it. */
export interface HostileCase {
  readonly name: string
  /** The files beside and within the chart in `chart/`, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** What stderr says; undefined where the chart does no harm after all, and is rendered. */
  readonly error: RegExp | undefined
  /** Seconds of the processor, where it may be more than for the others: what is made by chance takes its time. */
  readonly seconds?: number
}

const chartYaml = 'apiVersion: v2\nname: case\nversion: 1.0.0\n'

/** A chart with one template. */
function template (name: string, text: string, error: RegExp | undefined, values = ''): HostileCase {
  return { name, files: { 'chart/Chart.yaml': chartYaml, 'chart/values.yaml': values, 'chart/templates/case.yaml': error === undefined ? `# ${text}` : text }, error }
}

/** A chart whose values are the harm. */
function values (name: string, text: string, error: RegExp | undefined): HostileCase {
  return template(name, 'a: {{ len (toString .Values.a) }}\n', error, text)
}

function schema (name: string, text: string | object, error: RegExp | undefined, values: string | object = { a: `${'a'.repeat(20_000)}b` }): HostileCase {
  const asText = (json: string | object): string => typeof json === 'string' ? json : JSON.stringify(json)
  const { files } = template(name, 'a: 1\n', error, asText(values))
  return { name: `schema: ${name}`, files: { ...files, 'chart/values.schema.json': asText(text) }, error }
}

function setting (name: string, args: readonly string[], error: RegExp | undefined): HostileCase {
  return { ...template(name, 'a: 1\n', error), args }
}

function bomb (levels: number, width: number): string {
  const line = (level: number): string => `l${level}: &l${level} [${Array.from({ length: width }, () => level === 0 ? 'x' : `*l${level - 1}`).join(', ')}]\n`
  return `${Array.from({ length: levels }, (_, level) => line(level)).join('')}a: *l${levels - 1}\n`
}

const nested = (open: string, close: string, count: number, inside = ''): string => open.repeat(count) + inside + close.repeat(count)

/** `$x` holds itself twice over, again and again. */
const doubling = (start: string, step: string, times: number): string => `{{- $x := ${start} }}{{- range until ${times} }}{{- $x = ${step} }}{{- end }}`

const shared = doubling('list 1', 'list $x $x', 40)
const sharedMap = doubling('dict "a" 1', 'dict "a" $x "b" $x', 40)
const place = /case\/templates\/case\.yaml:\d+/

/** Templates that never end, or nearly. */
const endless: readonly HostileCase[] = [
  template('template calls itself', '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}', /case\.yaml:1:[^]*exceeded maximum template depth \(100000\)/),
  template('include calls itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}', /case\.yaml:1:[^]*rendering template has a nested reference name: a/),
  template('includes call each other', '{{ define "a" }}{{ include "b" . }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ include "a" . }}{{ end }}{{ include "a" . }}', /case\.yaml:1:[^]*nested reference name/),
  template('includes branch', Array.from({ length: 40 }, (_, i) => `{{ define "a${i}" }}{{ include "a${i + 1}" . }}{{ include "a${i + 1}" . }}{{ end }}`).join('') + '{{ define "a40" }}x{{ end }}{{ include "a0" . }}', place),
  template('tpl calls itself', '{{ tpl .Values.t . }}', /case\.yaml:1:/, 't: "{{ tpl .Values.t . }}"\n'),
  template('tpl makes ever new texts', '{{ tpl .Values.t (dict "Values" .Values "n" 1) }}', /case\.yaml:1:/, 't: \'{{ tpl (print .Values.t "{{/* " .n " */}}") (dict "Values" .Values "n" (add1 .n)) }}\'\n'),
  template('tpl grows', '{{ define "a" }}{{ tpl (print "{{ include \\"a\\" (print . .) }}") . }}{{ end }}{{ include "a" "x" }}', /case\.yaml:1:/),
  template('ranges in ranges', nested('{{ range until 1000 }}', '{{ end }}', 5, 'x'), place),
  template('empty ranges in ranges', nested('{{ range until 10000 }}', '{{ end }}', 5), place),
  template('until', '{{ until 1000000000 }}', /case\.yaml:1:[^]*a list of 1000000000 items is longer than a template may make/),
  template('range over until', '{{ range until 1000000000 }}{{ end }}', /case\.yaml:1:[^]*a list of 1000000000 items/),
  template('range over a number', '{{ range 1000000000 }}{{ end }}', place),
  template('range over a large number', '{{ range $i := 9223372036854775807 }}{{ end }}', place),
  template('untilStep', '{{ untilStep 0 1000000000 1 }}', /case\.yaml:1:[^]*longer than a template may make/),
  template('untilStep of no step', '{{ untilStep 0 10 0 }}', undefined),
  template('seq', '{{ seq 1000000000 }}', /case\.yaml:1:[^]*longer than a template may make/),
  template('seq with steps', '{{ seq 0 1 1000000000 }}', /case\.yaml:1:[^]*longer than a template may make/)
]

/** Texts and lists without end. */
const giant: readonly HostileCase[] = [
  template('repeat', '{{ repeat 1000000000 "x" }}', /case\.yaml:1:[^]*larger than a template may make/),
  template('repeat of repeats', '{{ range until 100 }}{{ repeat 60000000 "x" }}{{ end }}', place),
  template('repeats kept', '{{ $l := list }}{{ range until 100 }}{{ $l = append $l (repeat 60000000 "x" | upper) }}{{ end }}', place),
  template('printf width', '{{ printf "%1000000d" 1 | len }} {{ printf "%100000000d" 1 | len }}', undefined),
  template('printf widths', `{{ printf ${JSON.stringify('%1000000[1]d'.repeat(500))} 1 | len }}`, place),
  template('printf precision', `{{ printf ${JSON.stringify('%.1000000[1]f'.repeat(200))} 1.5 | len }}`, place),
  template('printf star', '{{ range until 1000000 }}{{ printf "%*d" 1000000 1 }}{{ end }}', place),
  template('indent', '{{ indent 1000000000 "x" }}', /larger than a template may make/),
  template('nindent', '{{ nindent 100000000 "x\\nx" }}', /larger than a template may make/),
  template('wrap', '{{ wrapWith 1 (repeat 1000 "-") (repeat 1000000 "x ") | len }}', place),
  template('wrap wide', '{{ wrap 1000000000 "x" }}', undefined),
  template('trunc', 'a: {{ trunc 1000000000 "x" }}{{ trunc -1000000000 "x" }}{{ abbrev 1000000000 "x" }}', undefined),
  template('replace', '{{ $x := repeat 100000 "a" }}{{ replace "a" $x $x | len }}', place),
  template('replace nothing', '{{ $x := repeat 100000 "a" }}{{ replace "" $x $x | len }}', place),
  template('join', '{{ join (repeat 1000000 "x") (until 100000) | len }}', place),
  template('regexReplaceAll', '{{ $x := repeat 100000 "a" }}{{ regexReplaceAll "a" $x $x | len }}', place),
  template('cat', '{{ $x := repeat 60000000 "a" }}{{ cat $x $x $x $x $x $x $x $x $x $x | len }}', place),
  template('a text doubles', doubling('"x"', 'print $x $x', 100), place),
  template('a list doubles', doubling('list 1', 'concat $x $x', 100), place),
  template('append copies', '{{ $l := list }}{{ range until 1000000 }}{{ $l = append $l 1 }}{{ end }}', place),
  template('prepend copies', '{{ $l := list }}{{ range until 1000000 }}{{ $l = prepend $l 1 }}{{ end }}', place),
  template('chunk', '{{ range until 1000 }}{{ $x := chunk 1 (until 1000000) }}{{ end }}', place),
  template('uniq', '{{ uniq (until 1000000) | len }}', place),
  template('uniq of texts', '{{ uniq (splitList "" (repeat 100000 "ab")) | len }} {{ uniq (toStrings (until 100000)) | len }}', undefined),
  template('without', '{{ without (until 100000) (until 100000) | len }}{{ range until 10000 }}{{ has 1.5 (until 100000) }}{{ end }}', place),
  template('sortAlpha', '{{ range until 100 }}{{ $x := sortAlpha (until 1000000) }}{{ end }}', place),
  template('set a large map', '{{ $d := dict }}{{ range $i := until 1000000 }}{{ $_ := set $d (toString $i) $i }}{{ end }}{{ range until 1000 }}{{ $x := keys $d }}{{ end }}', place),
  template('shuffle', '{{ shuffle (repeat 10000000 "x") | len }}', place),
  template('randAlphaNum', '{{ randAlphaNum 1000000000 }}', place),
  template('randBytes', '{{ randBytes 1000000000 }}', place),
  template('title and friends', '{{ range until 1000 }}{{ $x := snakecase (repeat 1000000 "aB") }}{{ end }}', place),
  template('sha256sum', '{{ range until 1000 }}{{ $x := sha256sum (repeat 10000000 "aB") }}{{ end }}', place),
  template('b64enc', doubling('"x"', 'b64enc $x', 100), place),
  template('quote', doubling('"\\""', 'quote $x', 100), place),
  template('toJson', doubling('"\\""', 'toJson $x', 100), place),
  template('html', doubling('"&"', 'html $x', 200), undefined)
]

/** Values that share their parts, so that they are small to hold and endless to walk through. */
const sharing: readonly HostileCase[] = [
  ...['{{ $x }}', '{{ printf "%v" $x }}', '{{ printf "%#v" $x }}', '{{ toJson $x }}', '{{ toYaml $x }}', '{{ toYamlPretty $x }}', '{{ toPrettyJson $x }}', '{{ toRawJson $x }}', '{{ toString $x | len }}', '{{ quote $x }}', '{{ deepCopy $x | len }}',
    '{{ deepEqual $x (list $x) }}', '{{ has $x (list 1 $x) }}', '{{ uniq (list $x $x) | len }}', '{{ html $x }}', '{{ join "," $x | len }}', '{{ sortAlpha $x | len }}', '{{ cat $x | len }}', '{{ $x | toStrings | len }}', '{{ dict "a" $x | toToml | len }}', '{{ print $x | len }}', '{{ compact $x | len }}', '{{ without (list $x) $x | len }}', '{{ fail (toString $x) }}']
    .map(use => template(`shared lists: ${use}`, shared + use, /deepEqual|has|uniq|compact|without/.test(use) ? undefined : place)),
  ...['{{ $x }}', '{{ toJson $x }}', '{{ toYaml $x }}', '{{ toToml $x }}', '{{ merge (dict) $x | len }}', '{{ mergeOverwrite (dict "a" (dict)) $x | len }}', '{{ deepCopy $x | len }}', '{{ values $x | toString }}', '{{ .Values | merge $x | toString }}']
    .map(use => template(`shared maps: ${use}`, sharedMap + use, use.includes('| len') && use.includes('merge') ? undefined : place)),
  template('a map holds itself', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $d }}', /case\.yaml:1:[^]*exceeded max depth/),
  template('a map holds itself: toYaml', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ toJson $d }}{{ toYaml $d }}', undefined),
  template('a map holds itself: mustToJson', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ mustToJson $d }}', place),
  template('a map holds itself: merge', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $_ := merge $d $d }}{{ $_ := mergeOverwrite (deepCopy $d) $d }}', place),
  template('the values hold themselves', '{{ $_ := set .Values "a" .Values }}', undefined),
  values('an alias bomb', bomb(9, 9), /excessive aliasing/),
  values('a deep alias bomb', bomb(100, 2), /excessive aliasing/),
  values('an alias bomb of merges', `a0: &a0 {x: 1}\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} {l: *a${i}, r: *a${i}, <<: *a${i}}\n`).join('')}`, /excessive aliasing/),
  template('an alias bomb for fromYaml', '{{ fromYaml .Values.t | len }}', undefined, `t: ${JSON.stringify(bomb(9, 9))}\n`),
  template('an alias bomb as a manifest', bomb(9, 9), /case\/templates\/case\.yaml[^]*excessive aliasing/),
  values('an alias of itself', 'a: &a [*a]\n', /chart\/values\.yaml|values\.yaml[^]*anchor/)
]

/** Blocks, parentheses and levels. */
const deep: readonly HostileCase[] = [
  template('nested blocks', nested('{{ if true }}', '{{ end }}', 10_000), /case\.yaml:1/),
  template('nested parentheses', `{{ ${nested('(', ')', 10_000, '1')} }}`, /case\.yaml:1/),
  template('nested calls', `{{ ${nested('(print ', ')', 10_000, '1')} }}`, /case\.yaml:1/),
  template('unclosed parentheses', `{{ ${'('.repeat(1_000_000)}`, /case\.yaml:1/),
  template('else if chains', `{{ if false }}${'{{ else if false }}'.repeat(20_000)}{{ end }}`, undefined),
  template('a long pipeline', `{{ 1${' | print'.repeat(100_000)} | len }}`, undefined),
  template('a long chain of fields', `{{ .Values${'.a'.repeat(100_000)} }}`, place),
  template('many arguments', `{{ list ${'1 '.repeat(10_000)} | len }}`, undefined),
  template('too many arguments', `{{ list ${'1 '.repeat(200_000)} | len }}`, place),
  template('many actions', '{{ 1 }}'.repeat(200_000), undefined),
  template('many variables', Array.from({ length: 20_000 }, (_, i) => `{{ $v${i} := 1 }}`).join(''), undefined),
  template('many defines', Array.from({ length: 50_000 }, (_, i) => `{{ define "d${i}" }}{{ end }}`).join(''), undefined),
  template('a long number', `{{ ${'9'.repeat(1_000_000)} }}`, /case\.yaml:1/),
  template('a long text', `{{ ${JSON.stringify('x'.repeat(10_000_000))} | len }}`, undefined),
  template('a comment without end', '{{/*'.repeat(100_000), /case\.yaml:1/),
  values('deep YAML in blocks', Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), /values\.yaml[^]*(depth|nest)/),
  values('deep YAML in brackets', `a: ${nested('[', ']', 10_000)}\n`, /values\.yaml[^]*(depth|nest)/),
  values('deep YAML in dashes', `a:\n  ${'- '.repeat(100_000)}1\n`, /values\.yaml[^]*(depth|nest)/),
  values('deep YAML, unclosed', `a: ${'{a: '.repeat(1_000_000)}`, /values\.yaml/),
  template('deep fromYaml', '{{ fromYaml .Values.t | toString | len }}', undefined, `t: ${JSON.stringify(nested('[', ']', 10_000))}\n`),
  template('deep fromJson', '{{ fromJson .Values.t | toString | len }}', undefined, `t: ${JSON.stringify(nested('[', ']', 10_000))}\n`),
  template('deeper fromJson', '{{ mustFromJson .Values.t | toString | len }}', place, `t: ${JSON.stringify(nested('[', ']', 1_000_000))}\n`),
  template('a deep list', `${doubling('list 1', 'list $x', 100_000)}{{ $x }}`, place),
  template('a deep list, copied', `${doubling('list 1', 'list $x', 100_000)}{{ deepCopy $x | len }}`, place),
  template('a deep list, compared', `${doubling('list 1', 'list $x', 100_000)}{{ deepEqual $x (deepCopy $x) }}`, place),
  template('a deep list as YAML', `${doubling('list 1', 'list $x', 100_000)}{{ mustToYaml $x }}`, place),
  template('dates', `{{ toDate "${'2006'.repeat(100_000)}" "${'2020'.repeat(100_000)}" }}{{ date "${'Monday'.repeat(100_000)}" (toDate "2006" "2020") | len }}`, undefined),
  template('durations', `{{ duration "${'9'.repeat(1_000_000)}" }}{{ durationRound "${'1h'.repeat(100_000)}" }}`, undefined)
]

/** What Node 20 needs for the 40 keys and 50 hashes that a chart may have: later ones make keys four times as fast. */
const keySeconds = 9
const hashSeconds = 5

const limited = (name: string): RegExp => new RegExp(`case\\.yaml:1:[^]*error calling ${name}: exceeded maximum of 20000000 steps \\([^)]*--render-limits or PORTOLAN_RENDER_LIMITS\\)`)

/** An RSA key in PKCS #1 that nobody would use, and that takes as long to sign with as any of its size. */
function giantKey (bits: number): string {
  const odd = (size: number): Buffer => Buffer.from([0, ...Array.from({ length: size / 8 }, (_, i) => i === 0 || i === size / 8 - 1 ? 0xff : (i * 37) % 256)])
  const element = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([tag, 0x83, content.length >> 16, (content.length >> 8) % 256, content.length % 256]), content])
  const [whole, half] = [odd(bits), odd(bits / 2)]
  const numbers = [Buffer.from([0]), whole, Buffer.from([1, 0, 1]), whole, half, half, half, half, half].map(number => element(0x02, number))
  return `-----BEGIN RSA PRIVATE KEY-----\n${element(0x30, Buffer.concat(numbers)).toString('base64')}\n-----END RSA PRIVATE KEY-----\n`
}

/** Work that takes its time. */
const costly: readonly HostileCase[] = [
  template('a catastrophic pattern', '{{ regexMatch "^(a+)+$" (print (repeat 100000 "a") "b") }}', undefined),
  template('catastrophic patterns', '{{ range until 1000000 }}{{ regexMatch "(x+x+)+y" (repeat 10000 "x") }}{{ end }}', place),
  template('a large pattern', '{{ regexMatch "((a{1,1000}){1,1000}){1,1000}" "a" }}', undefined),
  template('a large pattern, found', '{{ regexFind "(((a{30}){30}){30}){30}" "a" }}', place),
  template('a long pattern', '{{ regexMatch (repeat 1000000 "(a|b)*") "a" }}', place),
  ...['[', '[:', '[[:', '\\\\p{', '(?P<a>x)'].map(part => template(`a pattern of ${part}`, `{{ regexFind (repeat 50000 "${part}") "a" }}`, place)),
  template('deep groups', `{{ regexFind "${nested('(', ')', 100_000, 'a')}" "a" }}`, place),
  template('many alternatives', '{{ regexFindAll (repeat 1000 "a?|") (repeat 100000 "a") -1 | len }}', place),
  template('searches that look at all that is left', '{{ regexFindAll "a.*z|a" (repeat 100000 "a") -1 | len }}', place),
  template('semver', '{{ semverCompare (repeat 10000 ">1 ") "1.0.0" }}', place),
  template('semver: many alternatives', '{{ semverCompare (repeat 100000 "|| 1 ") "2.0.0" }}', place),
  template('semver: a long version', '{{ semver (print "1.0.0-" (repeat 1000000 "a.")) }}', place),
  { ...template('private keys', '{{ range until 1000 }}{{ genPrivateKey "rsa" | len }}{{ end }}', limited('genPrivateKey')), seconds: keySeconds },
  { ...template('certificates', '{{ range until 1000 }}{{ $c := genCA "a" 1 }}{{ end }}', limited('genCA')), seconds: keySeconds },
  { ...template('as many certificates as a chart may need', '{{ range until 20 }}{{ $c := genSignedCert "b" nil nil 1 (genCA "a" 1) }}{{ end }}', undefined), seconds: keySeconds },
  { ...template('keys of DSA', '{{ range until 1000 }}{{ genPrivateKey "dsa" | len }}{{ end }}', limited('genPrivateKey')), seconds: keySeconds },
  template('keys of curves', '{{ range until 1000000 }}{{ genPrivateKey "ecdsa" | len }}{{ genPrivateKey "ed25519" | len }}{{ end }}', limited('genPrivateKey')),
  { ...template('signatures', '{{ $k := genPrivateKey "rsa" }}{{ range until 1000000 }}{{ $c := genSelfSignedCertWithKey "a" nil nil 1 $k }}{{ end }}', limited('genSelfSignedCertWithKey')), seconds: hashSeconds },
  template('signatures by a curve', '{{ $k := genPrivateKey "ecdsa" }}{{ range until 1000000 }}{{ $c := genSelfSignedCertWithKey "a" nil nil 1 $k }}{{ end }}', limited('genSelfSignedCertWithKey')),
  template('a signature by a giant key', '{{ $c := genCAWithKey "a" 1 .Values.k }}', limited('genCAWithKey'), `k: ${JSON.stringify(giantKey(32_768))}\n`),
  { ...template('signatures by a large key', '{{ range until 1000 }}{{ $c := genCAWithKey "a" 1 $.Values.k }}{{ end }}', limited('genCAWithKey'), `k: ${JSON.stringify(giantKey(4096))}\n`), seconds: hashSeconds },
  template('certificates that are given', '{{ $c := genSelfSignedCertWithKey "a" nil nil 1 (genPrivateKey "ecdsa") }}{{ range until 1000000 }}{{ $d := buildCustomCert (b64enc $c.Cert) (b64enc $c.Key) }}{{ end }}', place),
  { ...template('bcrypt', '{{ range until 1000 }}{{ bcrypt "x" }}{{ end }}', limited('bcrypt')), seconds: hashSeconds },
  { ...template('htpasswd', '{{ range until 1000 }}{{ htpasswd "x" "y" }}{{ end }}', limited('htpasswd')), seconds: hashSeconds },
  { ...template('derivePassword', '{{ range until 1000 }}{{ derivePassword 1 "long" "a" "b" "c" }}{{ end }}', limited('derivePassword')), seconds: hashSeconds },
  template('a certificate for many names', '{{ $c := genSelfSignedCert "a" nil (concat (toStrings (until 10000))) 1 }}', undefined),
  template('derivePassword: counter', '{{ derivePassword 4294967295 "long" (repeat 10000000 "a") "b" "c" | len }}', undefined),
  template('encryptAES', '{{ range until 1000 }}{{ $x := encryptAES "k" (repeat 10000000 "x") }}{{ end }}', place),
  template('many documents', '---\na: 1\n'.repeat(200_000), undefined),
  template('separators', '---\n'.repeat(1_000_000), undefined),
  template('blank lines', '\n'.repeat(10_000_000), undefined),
  template('a large map', Array.from({ length: 100_000 }, (_, i) => `k${i}: v\n`).join(''), undefined),
  template('one key again and again', 'a: 1\n'.repeat(100_000), undefined),
  template('a long flow', `a: [${'1,'.repeat(300_000)}]\n`, undefined),
  template('spaces', `a: x${' '.repeat(5_000_000)}y\n`, undefined),
  template('quotes', `a: "${'\\"'.repeat(1_000_000)}"\n`, undefined),
  template('urlParse', '{{ urlParse (repeat 1000000 "%41:/?#@") | len }}', place),
  template('paths', '{{ clean (repeat 1000000 "../") | len }}{{ dir (repeat 1000000 "/") }}', place),
  template('words', '{{ initials (repeat 1000000 "a ") | len }}{{ title (repeat 1000000 "a ") | len }}{{ camelcase (repeat 100000 "a_") | len }}', undefined),
  template('many lines', '{{ repeat 100000 "x\\n" | indent 40 | len }}', undefined)
]

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const map = <T>(size: number, make: (index: number) => readonly [string, T]): Record<string, T> => Object.fromEntries(list(size, make))
const nestedSchemas = (levels: number, key: string, inner: object): string => nested(`{"properties":{${JSON.stringify(key)}:`, '}}', levels, JSON.stringify(inner))
const draft7 = 'http://json-schema.org/draft-07/schema#'
const steps = /takes more than 250000 steps/
const wrong = /values don't meet the specifications/

/** Schemas that take their time, or memory, or have too much to say. */
const schemas: readonly HostileCase[] = [
  schema('from the network', '{"$ref":"http://127.0.0.1:9/x.json"}', /failing loading "http:/),
  schema('from the file system', '{"$ref":"file:///etc/passwd"}', /failing loading "file:/),
  schema('that is itself', '{"$ref":"#"}', /reference cycle/),
  schema('that refer to each other', '{"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/b"}]},"b":{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}}}', /reference cycle/),
  schema('that branch', JSON.stringify({ $ref: '#/$defs/d0', $defs: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`d${i}`, i < 30 ? { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] } : { required: ['x'] }])) }), /values|limit|more than/),
  schema('a catastrophic pattern', '{"properties":{"a":{"pattern":"^(a+)+$"}}}', /does not match pattern/),
  schema('deep', `${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}`, /.+/),
  schema('not of not', nested('{"not":', '}', 1_000_000, '{}'), /exceeded max depth/),
  schema('patterns for names', { patternProperties: map(100, i => [`^(a+)+${i}$`, {}]) }, steps, map(1000, i => [`${'a'.repeat(200)}${i}`, 1])),
  schema('repetitions for names', { patternProperties: map(60, i => [`(a{0,30}){0,30}${i}b`, {}]) }, steps, map(2000, i => [`${'a'.repeat(500)}${i}`, 1])),
  schema('large patterns', { patternProperties: map(2000, i => [`((a{1,30}){1,30})${i}`, {}]) }, steps),
  schema('a long pattern', { properties: { a: { pattern: '(a|b)*'.repeat(200_000) } } }, steps),
  schema('a pattern of open brackets', { properties: { a: { pattern: '[:'.repeat(50_000) } } }, steps),
  schema('patterns on a long text', { properties: { a: { allOf: list(2000, i => ({ pattern: `(x+x+)+y${i}` })) } } }, steps, { a: 'x'.repeat(300_000) }),
  schema('patterns as values', { $schema: draft7, properties: { a: { items: { format: 'regex' } } } }, steps, { a: list(3000, i => `((a{1,30}){1,30})${i}`) }),
  schema('a huge enum', { properties: { a: { enum: list(450_000, i => `v${i}`) } } }, steps),
  schema('an enum again and again', { properties: { a: { items: { enum: list(50_000, i => i) } } } }, steps, { a: list(5000, i => -i) }),
  schema('numbers that are nearly the same', `{"enum":[${list(60_000, i => `0.1${'0'.repeat(20)}${i}`).join()}]}`, /value must be one of/),
  schema('long numbers', `{"properties":{"a":{"items":{"enum":[${list(500, i => `0.${'1'.repeat(4500)}${i + 1000}`).join()}]}}}}`, steps, { a: list(50_000, i => -i - 0.25) }),
  schema('multiples of next to nothing', '{"properties":{"a":{"items":{"multipleOf":1e-4900}}}}', steps, { a: list(100_000, i => i + 0.5) }),
  schema('a number of millions of digits', `{"maximum":${'9'.repeat(4_000_000)}}`, /more than 5000 digits/, { a: 1 }),
  schema('unique items', { properties: { a: { uniqueItems: true } } }, undefined, { a: list(300_000, i => i) }),
  schema('unique items that are nearly the same', { properties: { a: { uniqueItems: true } } }, /are equal/, `a: [${list(300_000, i => String(9_223_372_036_854_775_807n - BigInt(i))).join()}]\n`),
  schema('unique texts, again and again', { properties: { a: { allOf: list(1000, () => ({ uniqueItems: true })) } } }, steps, { a: list(300, i => `${'x'.repeat(20_000)}${i}`) }),
  schema('a complaint of a megabyte about each item', { properties: { a: { items: { const: 'x'.repeat(1_000_000) } } } }, steps, { a: list(50_000, i => i) }),
  schema('a thousand names missing in each item', { properties: { a: { items: { required: list(1000, i => `${'x'.repeat(1000)}${i}`) } } } }, /the rest is left out/, { a: list(1000, () => ({})) }),
  schema('all items wrong', { properties: { a: { items: { type: 'string' } } } }, /the rest is left out/, { a: list(200_000, i => i) }),
  schema('long keys in one another', nestedSchemas(80, 'k'.repeat(40_000), {}), steps),
  schema('many schemas far below', nestedSchemas(60, 'k', { properties: map(60_000, i => [`p${i}`, { $ref: '#' }]) }), steps),
  schema('a long address', { $id: `http://x/${'y'.repeat(1_000_000)}/`, $defs: { a: {} }, properties: map(20_000, i => [`p${i}`, { $ref: '#/$defs/a' }]) }, steps),
  schema('addresses in one another', list(200, i => i).reduce((inner, i) => `{"$id":"${'y'.repeat(2000)}${i}/","properties":{"a":${inner},"b":{},"c":{"$ref":"#"}}}`, '{}'), steps),
  schema('lengths of a long text', { properties: { a: { allOf: list(20_000, i => ({ minLength: 1 + i })) } } }, steps, { a: 'x'.repeat(1_000_000) }),
  schema('formats of a long text', { $schema: draft7, properties: { a: { allOf: ['hostname', 'email', 'uri', 'uri-template', 'duration', 'semver', 'ipv6', 'regex'].map(format => ({ format })) } } }, steps, { a: '%41'.repeat(300_000) }),
  schema('what is left over', { unevaluatedProperties: false, allOf: list(20_000, i => ({ properties: { [`q${i}`]: {} } })) }, steps, map(50_000, i => [`k${i}`, 1])),
  schema('names again and again', { allOf: list(20_000, () => ({ propertyNames: true })) }, steps, map(50_000, i => [`k${i}`, 1])),
  schema('one of many', { $ref: '#/$defs/d0', $defs: map(31, i => [`d${i}`, i < 30 ? { oneOf: list(3, () => ({ $ref: `#/$defs/d${i + 1}` })) } : { type: 'string' }]) }, steps),
  schema('any of many', { properties: { a: { items: { anyOf: list(20, () => ({ type: 'string' })) } } } }, steps, { a: list(13_000, i => i) }),
  schema('a million values nobody reads', `{"examples":[${'1,'.repeat(900_000)}1]}`, steps),
  schema('every kind of wrong schema', { properties: map(5000, i => [`p${i}`, { type: 'x' }]) }, wrong),
  {
    name: 'schema: one in each of many sub-charts',
    files: {
      'chart/Chart.yaml': `${chartYaml}${dependencies(...list(200, i => `s${i}`))}`,
      ...Object.fromEntries(list(200, (i): ReadonlyArray<readonly [string, string]> => [
        [`chart/charts/s${i}/Chart.yaml`, `apiVersion: v2\nname: s${i}\nversion: 1.0.0\n`],
        [`chart/charts/s${i}/values.schema.json`, JSON.stringify({ properties: map(5000, at => [`p${at}`, { type: 'string' }]) })]
      ]).flat())
    },
    error: /takes more than 800000 steps\ns\d+:\n/
  }
]

function dependencies (...names: readonly string[]): string {
  return `dependencies:\n${names.map(name => `- name: ${name}\n  version: 1.0.0\n`).join('')}`
}

function inOneAnother (levels: number): Record<string, string> {
  const files: Record<string, string> = {}
  for (let i = 0, path = 'chart/'; i < levels; i++, path += 'charts/a/') files[`${path}Chart.yaml`] = `apiVersion: v2\nname: a\nversion: 1.0.0\n${dependencies('a')}`
  return files
}

/** Charts as a whole. */
const charts: readonly HostileCase[] = [
  { name: 'charts in one another', files: inOneAnother(100), error: /more than 64 deep/ },
  { name: 'charts in one another, each with itself', files: inOneAnother(60), error: undefined },
  {
    name: 'a chart that needs itself',
    files: { 'chart/Chart.yaml': `apiVersion: v2\nname: a\nversion: 1.0.0\n${dependencies('b')}`, 'chart/charts/b/Chart.yaml': `apiVersion: v2\nname: b\nversion: 1.0.0\n${dependencies('a')}` },
    error: undefined
  },
  {
    name: 'aliases double',
    files: Object.fromEntries(Array.from({ length: 40 }, (_, i): [string, string] => [`chart/${'charts/a/'.repeat(i)}Chart.yaml`,
      `apiVersion: v2\nname: a\nversion: 1.0.0\n${i < 39 ? 'dependencies:\n- { name: a, version: 1.0.0, alias: x }\n- { name: a, version: 1.0.0, alias: y }\n' : ''}`])),
    error: /dependencies and their aliases make more than 2000 charts/
  },
  {
    name: 'import-values in circles',
    files: {
      'chart/Chart.yaml': `${chartYaml}dependencies:\n- name: a\n  version: 1.0.0\n  import-values:\n  - { child: ., parent: a }\n  - { child: a, parent: a.a }\n  - { child: ., parent: . }\n`,
      'chart/values.yaml': 'a: { b: { c: 1 } }\n',
      'chart/charts/a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
      'chart/charts/a/values.yaml': 'a: { x: { y: 1 } }\n',
      'chart/templates/case.yaml': 'a: {{ toJson .Values }}\n'
    },
    error: undefined
  },
  {
    name: 'a glob bomb',
    files: { 'chart/Chart.yaml': chartYaml, [`chart/f/${'a'.repeat(200)}`]: 'x', 'chart/templates/case.yaml': `{{ .Files.Glob "${'{a,'.repeat(5000)}${'}'.repeat(5000)}" | len }}` },
    error: /.+/
  },
  {
    name: 'a glob of stars',
    files: { 'chart/Chart.yaml': chartYaml, [`chart/f/${'a'.repeat(200)}`]: 'x', 'chart/templates/case.yaml': `a: {{ range until 100 }}{{ $.Files.Glob "${'*a'.repeat(60)}b" | len }}{{ end }}{{ .Files.Glob "${'{a,aa,aaa}'.repeat(50)}b" | len }}{{ .Files.Glob "${'**a'.repeat(60)}b" | len }}` },
    error: undefined
  },
  {
    name: 'a pattern of stars in .helmignore',
    files: { 'chart/Chart.yaml': chartYaml, 'chart/.helmignore': `${'*a'.repeat(100)}b\n${'f/*'.repeat(100)}\n`, [`chart/f/${'a'.repeat(200)}`]: 'x', 'chart/templates/case.yaml': 'a: 1\n' },
    error: undefined
  },
  { name: 'a large .helmignore', files: { 'chart/Chart.yaml': chartYaml, 'chart/.helmignore': 'a*\n'.repeat(100_000), 'chart/templates/case.yaml': 'a: 1\n' }, error: undefined },
  setting('an index of --set', ['--set', 'a[1000000000]=1'], /failed parsing --set data: .*65536/),
  setting('a large index of --set', ['--set', 'a[65536][65536][65536]=1'], undefined),
  setting('large indexes of --set', Array.from({ length: 50 }, (_, i) => ['--set', `a${i}[65536]=1`]).flat(), undefined),
  setting('a long path of --set', ['--set', `${'a.'.repeat(20_000)}a=1`], /failed parsing --set data: value name nested level is greater than maximum supported nested level of 30/),
  setting('brackets of --set', ['--set', `a${'[0]'.repeat(30_000)}=1`], /failed parsing --set data: lists are nested deeper than the maximum supported 500/),
  setting('braces of --set', ['--set', `a=${'{'.repeat(100_000)}`], /failed parsing --set data/),
  setting('a deep --set-json', ['--set-json', `a=${'['.repeat(100_000)}`], /failed parsing --set-json data/),
  setting('a kube version', ['--kube-version', `1.${'9'.repeat(100_000)}`], undefined),
  setting('an API version', ['--api-versions', 'a,'.repeat(50_000)], undefined)
]

/** All of them. */
export const hostileCases: readonly HostileCase[] = [...endless, ...giant, ...sharing, ...deep, ...costly, ...schemas, ...charts]
