import t from 'tap'
import { conditionStatus, parseCondition } from '../../src/kube/condition.js'
import { parseObject } from '../../src/kube/json.js'

function parsed (text: string): unknown {
  const { path: _, ...rest } = parseCondition(text)
  return rest
}

t.test('conditions as they are written', async t => {
  t.strictSame(parsed('deployment/web={.status.readyReplicas}=3'), { kind: 'deployment', name: 'web', pathText: '{.status.readyReplicas}', value: '3' })
  t.strictSame(parsed('Boat.sea.example.com/b.1={.status.phase}'), { kind: 'Boat', group: 'sea.example.com', name: 'b.1', pathText: '{.status.phase}' })
  t.strictSame(parsed("pod/p={.status.conditions[?(@.type==\"Ready\")].status}='True'"), { kind: 'pod', name: 'p', pathText: '{.status.conditions[?(@.type=="Ready")].status}', value: 'True' })
  t.strictSame(parsed("pod/p={.metadata.annotations['a}=b']}=x=y"), { kind: 'pod', name: 'p', pathText: "{.metadata.annotations['a}=b']}", value: 'x=y' })
})

t.test('what is wrong is said', async t => {
  const form = 'expected KIND/NAME={JSONPATH} or KIND/NAME={JSONPATH}=VALUE: '
  const wrong: Readonly<Record<string, string | RegExp>> = {
    '': `${form}there is no KIND/ at its beginning`,
    'web={.a}': `${form}there is no KIND/ at its beginning`,
    '/web={.a}': `${form}there is no KIND/ at its beginning`,
    'web={.a/b}': `${form}there is no KIND/ at its beginning`,
    'deployment/web': `${form}there is no "=" behind the name`,
    'deployment/={.a}': `${form}the name is missing`,
    'deployment/web=.a': `${form}the path must stand in braces, such as {.status.phase}`,
    'deployment/web={.a': `${form}the brace of the path is not closed`,
    'deployment/web={.a}x': `${form}what stands behind the path must begin with "="`,
    'deployment/web={.a}=': 'nothing stands behind the last "=": leave it out, if any value will do',
    "deployment/web={.a}=''": 'nothing stands behind the last "=": leave it out, if any value will do',
    'deployment/web={.a[x]}': 'the path {.a[x]} cannot be read: invalid array index x',
    'deployment/web={}': 'the path {} leads to no field: expected something like {.status.phase}',
    'deployment/web={"a"}': 'the path {"a"} leads to no field: expected something like {.status.phase}',
    'deployment/web={range .a}': 'the path {range .a} leads to no field: expected something like {.status.phase}'
  }
  for (const [text, message] of Object.entries(wrong)) t.throws(() => parseCondition(text), { code: 'condition', message }, text)
})

const object = {
  spec: { replicas: 3, paused: false, share: 0.5, empty: '', none: null, list: [], map: {} },
  status: {
    phase: 'Running ',
    conditions: [{ type: 'Ready', status: 'True' }, { type: 'Available', status: 'False' }, { odd: 1 }],
    ingress: [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }]
  }
}

/** What a condition says of the object; `met` when it is met. */
function judged (path: string): string {
  const { progress, message } = conditionStatus(parseObject(JSON.stringify(object)), parseCondition(`x/y=${path}`))
  return progress === 'Current' ? 'met' : message
}

t.test('a value: all that is found prints as it', async t => {
  t.equal(judged('{.spec.replicas}=3'), 'met')
  t.equal(judged('{.spec.replicas}=4'), '{.spec.replicas} is 3, not 4')
  t.equal(judged('{.spec.paused}=false'), 'met')
  t.equal(judged('{.spec.share}=0.5'), 'met')
  t.equal(judged('{.status.phase}=Running'), 'met')
  t.equal(judged('{.status.ingress[*].ip}=10.0.0.1'), 'met')
  t.equal(judged('{.status.ingress[1].ip}=10.0.0.1'), 'met')
  t.equal(judged('{.status.conditions[*].status}=True'), '{.status.conditions[*].status} is False, not True')
  t.equal(judged('{.status.conditions[?(@.type=="Ready")].status}=True'), 'met')
  t.equal(judged('{.status.conditions[?(@.type=="Available")].status}=True'), '{.status.conditions[?(@.type=="Available")].status} is False, not True')
  t.equal(judged('{.spec.map}=x'), '{.spec.map} is {}, not x')
})

t.test('no value: it is there, and not empty', async t => {
  t.equal(judged('{.spec.replicas}'), 'met')
  t.equal(judged('{.spec.paused}'), 'met', 'false is a value')
  for (const name of ['empty', 'none', 'list', 'map']) t.equal(judged(`{.spec.${name}}`), `{.spec.${name}} is empty`)
  t.equal(judged('{.status.ingress}'), 'met')
})

t.test('what is not there yet is waited for, whatever the path does there', async t => {
  for (const path of ['{.no.such}', '{.status.ingress[7].ip}', '{.status.conditions[?(@.type=="No")].status}', '{.status.no[0].x}', '{.status.no[*].x}']) {
    t.equal(judged(path), `${path} is not there`)
    t.equal(judged(`${path}=1`), `${path} is not there`)
  }
  t.equal(judged('{.status.phase[0]}'), '{.status.phase[0]}: Running  is not array or slice')
})
