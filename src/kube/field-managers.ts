import { marshalJson } from '../go/json.js'
import type { Dict, Value } from '../go/value.js'
import { fieldManager } from './apply.js'
import type { Clock } from './clock.js'
import { because, isKubeError } from './errors.js'
import { getObject } from './get.js'
import { pathOf } from './mapping.js'
import { dictAt, listAt, textAt, type KubeObject } from './objects.js'
import { resourceText, type Resource } from './resource.js'
import { retryConflict } from './retry-conflict.js'
import type { Transport } from './transport.js'

/**
 * Makes fields that Helm created or updated (client-side) fields that it applies, so that server-side apply neither meets them as somebody
 * else's nor leaves them behind (client-go's csaupgrade, which Helm runs before it adopts or upgrades). An object that has no such fields is
 * left alone.
 *
 * @param transport to the cluster
 * @param resource which object
 * @param clock for the pauses when somebody else changed the object in between
 * @throws {KubeError}
 */
export async function migrateFieldManager (transport: Transport, resource: Resource, clock: Clock): Promise<void> {
  await retryConflict(async () => { await migrateOnce(transport, resource) }, clock, error => isKubeError(error, 'conflict'))
}

async function migrateOnce (transport: Transport, resource: Resource): Promise<void> {
  const live = await getObject(transport, resource).catch((error: unknown) => {
    throw because(`failed to get object ${resourceText(resource)}`, error)
  })
  const patch = migrationPatch(live)
  if (patch === undefined) return
  const path = pathOf(resource.mapping, resource.namespace, resource.name)
  try {
    await transport.request({ method: 'PATCH', path, query: { fieldManager }, contentType: 'application/json-patch+json', body: marshalJson(patch) })
  } catch (error) {
    throw because(`failed to patch object to upgrade CSA field manager ${resourceText(resource)}`, error)
  }
}

/**
 * The JSON patch that replaces the object's managedFields; undefined when there is nothing to migrate.
 *
 * @param live the object as the API has it
 */
export function migrationPatch (live: KubeObject): Value | undefined {
  const entries = listAt(live, 'metadata', 'managedFields').filter(entry => entry instanceof Map)
  const updates = entries.filter(isHelmUpdate)
  const [firstUpdate] = updates
  if (firstUpdate === undefined) return undefined
  const applied = entries.find(isHelmApply) ?? new Map(firstUpdate).set('operation', 'Apply')
  const fields = updates.reduce((all, entry) => union(all, dictAt(entry, 'fieldsV1')), dictAt(applied, 'fieldsV1'))
  const migrated = new Map(applied).set('fieldsV1', fields)
  const others = entries.filter(entry => !isHelmUpdate(entry) && !isHelmApply(entry))
  return [
    new Map<string, Value>([['op', 'replace'], ['path', '/metadata/managedFields'], ['value', [...others, migrated]]]),
    new Map<string, Value>([['op', 'replace'], ['path', '/metadata/resourceVersion'], ['value', textAt(live, ['metadata', 'resourceVersion'])]])
  ]
}

function isHelmUpdate (entry: Dict): boolean {
  return isHelm(entry) && textAt(entry, ['operation']) === 'Update'
}

function isHelmApply (entry: Dict): boolean {
  return isHelm(entry) && textAt(entry, ['operation']) === 'Apply'
}

/** Entries of sub-resources are none of ours. */
function isHelm (entry: Dict): boolean {
  return textAt(entry, ['manager']) === fieldManager && textAt(entry, ['subresource']) === ''
}

/** Two sets of fields as one (the tree form of FieldsV1). */
function union (a: Dict, b: Dict): Dict {
  const all: Dict = new Map(a)
  for (const [key, value] of b) {
    const own = all.get(key)
    all.set(key, own instanceof Map && value instanceof Map ? union(own, value) : value)
  }
  return all
}
