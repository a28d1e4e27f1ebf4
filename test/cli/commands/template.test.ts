import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

const test = '---\n# Source: sea/templates/test.yaml\n'

t.test('a chart is rendered and printed, without a cluster', async t => {
  const { call, server } = await releaseProgram(t)
  const { code, stdout, stderr } = await call(['template', 'sea'])
  t.strictSame({ code, stderr }, { code: 0, stderr: '' })
  t.match(stdout, /^---\n# Source: sea\/templates\/secret\.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n {2}name: release-name-secret\n/)
  t.ok(stdout.includes(test))
  t.notMatch((await call(['template', 'web', 'sea', '--skip-tests'])).stdout, test)
  t.notMatch((await call(['template', 'web', 'sea', '--no-hooks'])).stdout, test)
  t.equal((await call(['template', 'web', 'sea', '-s', 'templates/map.yaml', '--set', 'port=1'])).stdout, '---\n# Source: sea/templates/map.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-map\ndata:\n  port: "1"\n\n')
  t.strictSame(server.requests, [])
})

t.test('into files', async t => {
  const { call, cwd } = await releaseProgram(t)
  t.equal((await call(['template', 'web', 'sea', '--output-dir', 'out'])).stdout, 'wrote out/sea/templates/secret.yaml\nwrote out/sea/templates/map.yaml\nwrote out/sea/templates/test.yaml\n\n')
  t.match(readFileSync(`${cwd}/out/sea/templates/map.yaml`, 'utf8'), /^---\n# Source: sea\/templates\/map\.yaml\napiVersion: v1\n/)
  await call(['template', 'web', 'sea', '--output-dir', 'named', '--release-name'])
  t.equal((await call(['template', 'web', 'sea', '--output-dir', 'some', '-s', 'templates/m*.yaml'])).stdout, 'wrote some/sea/templates/map.yaml\n\n')
  await call(['template', 'web', 'sea', '--output-dir', 'some', '-s', 'templates/test.yaml'])
  const once = readFileSync(`${cwd}/some/sea/templates/test.yaml`, 'utf8')
  await call(['template', 'web', 'sea', '--output-dir', 'some', '-s', 'templates/test.yaml'])
  t.equal(readFileSync(`${cwd}/some/sea/templates/test.yaml`, 'utf8'), once, 'a second call writes hooks anew, where Helm appends them')
  t.strictSame(readdirSync(`${cwd}/named`), ['web'])
})

t.test('the values that templates would see, each with where it comes from', async t => {
  const { call, server } = await releaseProgram(t)
  t.strictSame(await call(['template', 'web', 'sea', '--show-values', '--set', 'depth=7']), { code: 0, stdout: 'depth: 7  # --set depth=7\nport: 80  # sea/values.yaml\n', stderr: '' })
  t.match(await call(['template', 'web', 'sea', '--show-values', '--set', 'a']), { code: 1, stdout: '', stderr: /^Error: failed parsing --set data/ })
  t.strictSame(server.requests, [])
})

t.test('YAML that cannot be read is shown around the fault, on standard error only', async t => {
  const { call, cwd } = await releaseProgram(t)
  writeFileSync(`${cwd}/sea/templates/map.yaml`, 'kind: ConfigMap\nname: a: {{ .Values.port }}\n')
  t.strictSame(await call(['template', 'web', 'sea']), {
    code: 1,
    stdout: '',
    stderr: 'Error: YAML parse error on sea/templates/map.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context\n\n' +
      'Use --debug flag to render out invalid YAML\n\nsea/templates/map.yaml, as rendered:\n  1 | kind: ConfigMap\n> 2 | name: a: 80\n'
  })
})

t.test('failures, with Helm\'s hint', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['template', 'web', 'sea', '--show-only', 'templates/none.yaml']), { code: 1, stderr: 'Error: could not find template templates/none.yaml in chart\n' })
  t.match(await call(['template', 'web', 'sea', '--kube-version', 'x']), { code: 1, stderr: 'Error: invalid kube version \'x\': could not parse "x" as version\n' })
  t.match(await call(['template', 'web', 'sea', '--validate', '--dry-run=server']), { code: 1, stderr: /\[validate dry-run\] are set none of the others can be/ })
  t.match(await call(['template', 'web', 'sea', '--dry-run=none']), { code: 1, stderr: 'Error: invalid dry-run value ("none"). Must be "server" or "client"\n' })
})

t.test('a template that fails', async t => {
  const { call, cwd } = await releaseProgram(t)
  writeFileSync(`${cwd}/sea/templates/bad.yaml`, '{{ fail "no sea" }}')
  t.match(await call(['template', 'web', 'sea']), { code: 1, stderr: /^Error: .*no sea[^]*\n\nUse --debug flag to render out invalid YAML\n$/ })
  t.notMatch((await call(['template', 'web', 'sea', '--debug'])).stderr, 'Use --debug')
})

t.test('against a cluster', async t => {
  const { call, server, cwd } = await releaseProgram(t)
  t.match(await call(['template', 'web', 'sea', '--dry-run=server']), { code: 0, stdout: /web-map/ })
  t.ok(server.log().includes('GET /version'))
  t.match(await call(['template', 'web', 'sea', '--validate']), { code: 0, stderr: 'Flag --validate has been deprecated, use \'--dry-run=server\' instead\n' })
  t.match(await call(['template', 'web', 'sea', '--dry-run=server', '--output-dir', 'x']), { code: 0, stdout: 'wrote x/sea/templates/secret.yaml\nwrote x/sea/templates/map.yaml\nwrote x/sea/templates/test.yaml\n\n' })
  t.match(readFileSync(`${cwd}/x/sea/templates/map.yaml`, 'utf8'), /^---\n# Source: sea\/templates\/map\.yaml\napiVersion: v1\n/)
})

t.test('the limits on templates are raised, and lowered, by flag and variable, wherever templates run', async t => {
  const { call, cwd } = await releaseProgram(t)
  writeFileSync(`${cwd}/sea/templates/map.yaml`, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "{{ range until 3000 }}{{ . }}{{ end }}" }\n')
  const refused = /sea\/templates\/map\.yaml:4:21\n {2}executing "sea\/templates\/map\.yaml" at <until 3000>:\n {4}error calling until: exceeded maximum of 100 steps \(a chart that needs more can be given it by --render-limits or PORTOLAN_RENDER_LIMITS\)/
  const calls = [['template', 'web', 'sea'], ['lint', 'sea'], ['install', 'web', 'sea', '--dry-run=client'], ['install', 'web', 'sea']]
  for (const args of calls) {
    const { code, stdout, stderr } = await call([...args, '--render-limits', 'steps=100'])
    t.match({ code, text: stdout + stderr }, { code: 1, text: refused }, args.join(' '))
    t.match(await call([...args, '--render-limits', 'stps=1']), { code: 1, stderr: /invalid argument "stps=1" for "--render-limits" flag/ }, args.join(' '))
    t.match(await call([...args, '--render-limits', 'steps=1000000']), { code: 0 }, args.join(' '))
  }
  t.match(await call(['template', 'web', 'sea'], { env: { PORTOLAN_RENDER_LIMITS: 'output=10' } }), { code: 1, stderr: /exceeded maximum output of 10 characters \(a chart that needs more/ })
})
