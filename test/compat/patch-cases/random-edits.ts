import { parseAllDocuments } from 'yaml'
import { Random } from '../fuzz/random.js'
import { bases } from './bases.js'
import type { PatchCase } from './cases.js'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Manifest = { [key: string]: Json } & { kind: string, metadata: { [key: string]: Json } }
type Place = { readonly holder: Json[], readonly key: number } | { readonly holder: { [key: string]: Json }, readonly key: string }

/** Changes of these would make another object. */
const fixed = new Set(['apiVersion', 'kind', 'metadata', 'spec'])
/** Values that stand where others stood. */
const scalars: readonly Json[] = ['a', 'b', 'web', '', '10', 80, 53, 0, 8443, true, false, null, 9007199254740993n.toString(), 1.5, '<&>', 'é']
/** What a volume, an environment variable, a handler may hold instead. */
const donors: ReadonlyArray<readonly [key: string, value: Json]> = [
  ['emptyDir', {}], ['configMap', { name: 'other' }], ['secret', { secretName: 'other' }], ['value', 'set'],
  ['valueFrom', { fieldRef: { fieldPath: 'metadata.name' } }], ['exec', { command: ['true'] }], ['type', 'Recreate'],
  ['labels', { added: 'yes' }], ['annotations', { added: 'yes' }], ['finalizers', ['example.com/c', 'example.com/a']], ['env', [{ name: 'NEW', value: 'new' }]],
  ['ports', [{ port: 80, containerPort: 80, name: 'http' }]], ['unknownField', { a: { b: 1 } }], ['status', { replicas: 1, conditions: [{ type: 'Ready', status: 'True' }] }]
]

/**
 * Cases whose three objects are the same manifest after random edits of each.
 *
 * @param count how many
 * @param seed the same one gives the same cases
 */
export function randomCases (count: number, seed: number): PatchCase[] {
  const manifests = parseAllDocuments(bases).map(document => document.toJS() as Manifest)
  return Array.from({ length: count }, (_, number) => {
    const random = new Random(seed, number)
    const base = random.pick(manifests)
    const original = edited(base, random, random.int(2))
    const modified = edited(random.chance(0.1) ? base : original, random, random.int(5))
    const current = edited(random.chance(0.15) ? modified : original, random, random.int(5))
    return { name: `random ${number}: ${base.kind}`, original, modified, current }
  })
}

function edited (base: Manifest, random: Random, edits: number): Manifest {
  const copy = structuredClone(base)
  for (let i = 0; i < edits; i++) edit(copy, random)
  // With another name it would be another object.
  copy.metadata['name'] = base.kind.toLowerCase()
  return copy
}

function edit (object: Manifest, random: Random): void {
  const all = places(object)
  if (all.length === 0) return
  const place = random.pick(all)
  const value = valueAt(place)
  if (Array.isArray(value) && random.chance(0.7)) editList(value, random)
  else if (value !== null && typeof value === 'object' && !Array.isArray(value) && random.chance(0.5)) addTo(value, random)
  else if (random.chance(0.45)) remove(place)
  else set(place, random.chance(0.85) || value === null || typeof value !== 'object' ? like(value, random) : random.pick(scalars))
}

function editList (list: Json[], random: Random): void {
  switch (random.int(6)) {
    case 0: list.reverse(); break
    case 1: list.splice(random.int(list.length + 1), 1); break
    case 2: list.push(...list.slice(0, 1).map(each => renamed(structuredClone(each), random))); break
    case 3: list.unshift(...list.slice(-1).map(each => renamed(structuredClone(each), random))); break
    case 4: list.push(...list.slice(0, 1).map(each => structuredClone(each))); break
    default: list.sort(() => random.chance(0.5) ? 1 : -1)
  }
}

/** The element with another merge key, whichever it has. */
function renamed (element: Json, random: Random): Json {
  if (element === null || typeof element !== 'object') return random.pick(['x', 'y', 'a', element])
  for (const key of ['name', 'port', 'containerPort', 'mountPath', 'ip', 'topologyKey', 'key']) {
    const value = Array.isArray(element) ? undefined : element[key]
    if (!Array.isArray(element) && typeof value === 'string') element[key] = `${random.pick(['a', 'n', 'z'])}-${value}`
    if (!Array.isArray(element) && typeof value === 'number') element[key] = value + random.int(3)
  }
  return element
}

function addTo (dict: { [key: string]: Json }, random: Random): void {
  const [key, value] = random.pick(donors)
  dict[key] = structuredClone(value)
}

function like (value: Json, random: Random): Json {
  if (typeof value === 'string') return random.pick(['a', 'b', `${value}-2`, `${value}x`])
  if (typeof value === 'number') return value + random.between(-1, 3)
  if (typeof value === 'boolean') return !value
  return value !== null && Array.isArray(value) ? [] : random.pick(scalars)
}

function places (value: Json): Place[] {
  if (Array.isArray(value)) return value.flatMap((part, key) => [{ holder: value, key }, ...places(part)])
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, part]) => [...fixed.has(key) ? [] : [{ holder: value, key }], ...places(part)])
}

function valueAt ({ holder, key }: Place): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null
}

function set ({ holder, key }: Place, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value
  else holder[key] = value
}

function remove ({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else Reflect.deleteProperty(holder, key)
}
