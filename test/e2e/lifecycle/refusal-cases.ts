import { pollUntil } from '../../cluster/poll.js'
import type { FaultCase } from './fault-cases.js'
import { changeRecord, createObject, deleteClusterObject, createClusterObject, type Scene } from './scene.js'

/** Who may do everything to ConfigMaps and Secrets, and nothing else. */
export const mate = 'mate'

async function permit (scene: Scene): Promise<void> {
  const rbac = 'apis/rbac.authorization.k8s.io/v1'
  const rules = [{ apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['*'] }]
  await createObject(`${rbac}/roles`, { metadata: { name: mate }, rules })(scene)
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: mate }
  await createObject(`${rbac}/rolebindings`, { metadata: { name: mate }, roleRef, subjects: [{ kind: 'User', name: mate }] })(scene)
}

const asMate = { before: permit, words: ['--kube-context', mate] }

const forbidden = new RegExp(`services "rel" is forbidden: User "${mate}" cannot get resource "services" in API group "" in the namespace "NS"`)

const webhooks = 'apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations'

/** Has a webhook look at what happens to ConfigMaps of the namespace: it refuses whatever happens to `b`. */
function guardedBy (url: string): Pick<FaultCase, 'before' | 'after'> {
  return {
    before: async scene => {
      const { namespace, cluster: { ca } } = scene
      await createClusterObject(webhooks, {
        metadata: { name: namespace },
        webhooks: [{
          name: 'guard.example.com',
          clientConfig: { url, caBundle: Buffer.from(ca).toString('base64') },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE', 'UPDATE', 'DELETE'] }],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1']
        }]
      })(scene)
      const probe = createObject('api/v1/configmaps?dryRun=All', { metadata: { name: 'b' } })
      const isOnGuard = async (): Promise<boolean> => await probe(scene).then(() => false, (error: unknown) => /denied the request/.test(String(error)))
      await pollUntil('The webhook', isOnGuard, AbortSignal.timeout(30_000))
    },
    after: async scene => { await deleteClusterObject(`${webhooks}/${scene.namespace}`)(scene) }
  }
}

const denied = /admission webhook "guard\.example\.com" denied the request: not on my watch/

const old = '---\\napiVersion: policy/v1beta1\\nkind: PodDisruptionBudget\\nmetadata: {name: old}\\n'

/** Has a revision's manifest hold an object of a version that the API no longer has: ours finds it in another one, but sends no such object. */
function outdated (revision: number): Pick<FaultCase, 'before'> {
  return { before: changeRecord(revision, json => json.replace('"manifest":"', `"manifest":"${old}`)) }
}

/** Takes it out again. */
function mended (revision: number): Pick<FaultCase, 'after'> {
  return { after: changeRecord(revision, json => json.replace(old, '')) }
}

const noMatch = 'resource mapping not found for name: "old" namespace: "" from "": no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"'

const otherVersion = /level=WARN msg="the cluster no longer serves the version of a recorded object, using another one" kind=PodDisruptionBudget namespace=NS name=old version=policy\/v1beta1 served=policy\/v1$/m

/**
 * What the API itself refuses.
 *
 * @param guard the address of a webhook that refuses
 */
export function refusalCases (guard: string): FaultCase[] {
  return [
    { title: 'no permission for one kind', operation: 'install', ...asMate, code: 1, says: forbidden, recorded: [] },
    { title: 'no permission for one kind', operation: 'upgrade', ...asMate, code: 1, says: forbidden, recorded: ['deployed', 'failed'] },
    { title: 'no permission for one kind', operation: 'rollback', ...asMate, code: 1, says: forbidden, recorded: ['superseded', 'superseded', 'failed'] },
    { title: 'no permission for one kind', operation: 'uninstall', ...asMate, code: 0, says: 'helm', recorded: [] },
    { title: 'a webhook that refuses', operation: 'install', ...guardedBy(guard), code: 1, says: denied, recorded: ['failed'] },
    { title: 'a webhook that refuses', operation: 'upgrade', ...guardedBy(guard), code: 1, says: denied, recorded: ['deployed', 'failed'] },
    { title: 'a webhook that refuses', operation: 'rollback', ...guardedBy(guard), code: 1, says: denied, recorded: ['superseded', 'superseded', 'failed'] },
    { title: 'a webhook that refuses', operation: 'uninstall', ...guardedBy(guard), code: 1, says: denied, recorded: ['uninstalling'] },
    { title: 'a version of the API that is gone', operation: 'upgrade', ...outdated(1), code: 0, helm: 1, says: otherVersion, recorded: ['superseded', 'deployed'] },
    { title: 'a version of the API that is gone', operation: 'rollback', ...outdated(2), code: 0, helm: 1, says: otherVersion, recorded: ['superseded', 'superseded', 'deployed'] },
    { title: 'a version of the API that is gone, in what is to come back', operation: 'rollback', ...outdated(1), ...mended(1), code: 1, says: new RegExp(noMatch), recorded: ['superseded', 'deployed', 'failed'] },
    { title: 'a version of the API that is gone', operation: 'uninstall', ...outdated(1), code: 0, helm: 1, says: otherVersion, recorded: [] }
  ]
}
