import { readFileSync } from 'node:fs'
import t from 'tap'
import { messageOf } from '../../../src/errors.js'
import { marshalJson } from '../../../src/go/json.js'
import type { Dict } from '../../../src/go/value.js'
import { mergePatch, threeWayJsonMergePatch } from '../../../src/kube/json-merge-patch.js'
import { parseObject } from '../../../src/kube/json.js'
import { kindOf } from '../../../src/kube/objects.js'
import { PatchSchema } from '../../../src/kube/strategic/schema.js'
import { threeWayMergePatch, type ThreeWay } from '../../../src/kube/strategic/three-way.js'
import { patchCases, patchRecordingPath, type PatchCase, type PatchRecording, type PatchResult } from '../../compat/patch-cases/cases.js'

// Every patch must be the one that Kubernetes' own libraries made, to the byte.

const { results } = JSON.parse(readFileSync(patchRecordingPath(), 'utf8')) as PatchRecording
const cases = patchCases()

function objectsOf ({ original, modified, current }: PatchCase): ThreeWay {
  const read = (object: object): Dict => parseObject(JSON.stringify(object))
  return { original: read(original), modified: read(modified), current: read(current) }
}

function said (make: () => Dict): string {
  try {
    return marshalJson(make())
  } catch (error) {
    return `error: ${messageOf(error)}`
  }
}

function strategic (objects: ThreeWay): string {
  return said(() => {
    const schema = PatchSchema.of(kindOf(objects.modified))
    if (schema === undefined) throw new Error('not built in')
    return threeWayMergePatch(objects, schema)
  })
}

/** Of several complaints Go names whichever its maps give first: of random cases only the fact is compared. */
function comparable (said: string, name: string): string {
  if (name.startsWith('random') && /^(?:error|panic): /.test(said)) return 'error'
  return said.startsWith('error: no kind "Ship"') ? 'error: not built in' : said
}

t.test('every case is recorded, and most are no errors', async t => {
  t.strictSame(cases.map(({ name }) => name).filter(name => results[name] === undefined), [])
  t.equal(new Set(cases.map(({ name }) => name)).size, cases.length)
  t.ok(cases.length > 600)
  t.ok(cases.filter(({ name }) => /^\{.+\}$/.test(results[name]?.strategic ?? '')).length > cases.length * 0.6)
})

type Kind = keyof PatchResult

/** What differs from the recording: nothing, as it should. */
function differences (kind: Kind, make: (objects: ThreeWay) => string): object[] {
  return cases.flatMap(each => {
    const [ours, theirs] = [comparable(make(objectsOf(each)), each.name), comparable(results[each.name]?.[kind] ?? '', each.name)]
    return ours === theirs ? [] : [{ ...each, ours, theirs }]
  })
}

t.test('strategic merge patches', async t => {
  t.strictSame(differences('strategic', strategic), [])
})

t.test('JSON merge patches', async t => {
  t.strictSame(differences('merge', ({ original, modified }) => said(() => mergePatch(original, modified))), [])
})

t.test('three-way JSON merge patches', async t => {
  t.strictSame(differences('threeWay', objects => said(() => threeWayJsonMergePatch(objects))), [])
})
