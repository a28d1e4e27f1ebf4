import { changeObject, createObject, deleteObject, pendingRecord, type Scene } from './scene.js'
import { waitingScenarios } from './scenarios-waiting.js'

/**
 * One step: a call of the tool whose turn it is, its words apart by blanks, charts by their folder in braces; or something that happens to
 * the cluster meanwhile. A call that is to fail starts with `!`. One that starts with `~` prints what need not be the same.
 */
export type Step = string | ((scene: Scene) => Promise<void>)

/** What is done to a release, step by step. */
export interface Scenario {
  readonly title: string
  readonly steps: readonly Step[]
  /** What is added to the environment. */
  readonly env?: Readonly<Record<string, string>>
}

const foreign = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rel-config', labels: { mine: 'yes' } }, data: { mine: 'yes' } }

/** The same, with a value for what the charts set, too: only who forces it may take that over. */
const contested = { ...foreign, data: { ...foreign.data, mode: 'foreign' } }
const maps = 'api/v1/configmaps'

/** What both tools are compared on: four times each scenario, by all the ways to take turns. */
export const scenarios: readonly Scenario[] = [
  { title: 'changed values', steps: ['install rel {one}', 'upgrade rel {one} --set mode=wild,replicas=2', 'upgrade rel {one} --set extra.more=x --set tag=3'] },
  { title: 'values are kept when none are given', steps: ['install rel {one} --set mode=wild', 'upgrade rel {two}', 'get values rel', 'upgrade rel {two} --set tag=9', 'get values rel -a'] },
  { title: 'reuse-values', steps: ['install rel {one} --set mode=wild,extra.a=1', 'upgrade rel {two} --reuse-values --set extra.b=2', 'upgrade rel {two} --reuse-values', 'get values rel -a -o json', 'get values rel'] },
  { title: 'reset-values', steps: ['install rel {one} --set mode=wild,extra.a=1', 'upgrade rel {two} --reset-values', 'upgrade rel {one} --reset-values --set tag=7'] },
  { title: 'reset-then-reuse-values', steps: ['install rel {one} --set mode=wild,extra.a=1', 'upgrade rel {two} --reset-then-reuse-values --set extra.b=2', 'upgrade rel {one} --reset-then-reuse-values', 'get values rel -a'] },
  { title: 'objects come and go', steps: ['install rel {one}', 'upgrade rel {two}', 'upgrade rel {one}', 'upgrade rel {two} --set service=false', 'get manifest rel'] },
  { title: 'lists of containers, variables and ports', steps: ['install rel {one} --set sidecar=true', 'upgrade rel {two}', 'upgrade rel {one} --set-json env=[{"name":"C","value":"c"},{"name":"A","value":"a"}]', 'upgrade rel {one} --set-json ports=[{"name":"http","port":81},{"name":"more","port":82}]'] },
  { title: 'a failed upgrade, and one that works', steps: ['install rel {one}', '! upgrade rel {one} --set bad=true', 'history rel', 'upgrade rel {one} --reset-values --set mode=good', 'history rel -o json'] },
  { title: 'two failed upgrades', steps: ['install rel {one}', '! upgrade rel {one} --set bad=true', '! upgrade rel {one} --set bad=true,tag=2', 'upgrade rel {two} --reset-values'] },
  { title: 'a failed installation, and an upgrade', steps: ['! install rel {one} --set bad=true', '~ status rel', 'upgrade rel {one} --reset-values', 'history rel'] },
  { title: 'a failed upgrade, and a rollback', steps: ['install rel {one}', '! upgrade rel {two} --set bad=true', 'rollback rel', 'history rel --show-rollback-revision'] },
  { title: 'rollback-on-failure', steps: ['install rel {one}', 'upgrade rel {one} --set mode=wild', '! upgrade rel {two} --set bad=true --rollback-on-failure --timeout 120s', 'history rel'] },
  { title: 'rollback-on-failure of what never gets ready', steps: ['install rel {one}', '~! upgrade rel {one} --set nodeSelector.no=such --rollback-on-failure --timeout 10s', 'upgrade rel {one} --set mode=wild'] },
  { title: 'rollback-on-failure with nothing good', steps: ['! install rel {one} --set bad=true', '! upgrade rel {one} --set bad=true --rollback-on-failure --timeout 120s'] },
  { title: 'rollback-on-failure of an installation', steps: ['! install rel {one} --set bad=true --rollback-on-failure --timeout 120s', 'install rel {one}'] },
  { title: 'cleanup-on-fail', steps: ['install rel {one}', '! upgrade rel {one} --set bad=true --cleanup-on-fail', 'upgrade rel {one} --reset-values'] },
  { title: 'rollback to revisions', steps: ['install rel {one}', 'upgrade rel {two}', 'upgrade rel {one} --set mode=three', 'rollback rel 1', 'rollback rel', 'rollback rel 2', 'history rel'] },
  { title: 'rollback with a description', steps: ['install rel {one} --labels a=1', 'upgrade rel {two} --labels a=2,b=2', 'rollback rel 1 --description back', '~ status rel -o yaml', 'get metadata rel --revision 3'] },
  { title: 'refused rollbacks', steps: ['install rel {one}', '! rollback rel', '! rollback rel 7', '! rollback none', 'rollback rel 1'] },
  { title: 'a rollback that fails', steps: ['install rel {one}', '! upgrade rel {one} --set bad=true', 'upgrade rel {two} --reset-values', '! rollback rel 2 --cleanup-on-fail', 'rollback rel 1'] },
  { title: 'history-max', steps: ['install rel {one}', ...[1, 2, 3, 4].map(tag => `upgrade rel {one} --history-max 3 --set tag=${tag}`), 'rollback rel 4 --history-max 2', 'history rel'] },
  { title: 'history-max keeps what is deployed', steps: ['install rel {one}', ...[1, 2, 3].map(tag => `! upgrade rel {one} --history-max 2 --set bad=true,tag=${tag}`), 'history rel'] },
  { title: 'a name used again', steps: ['install rel {one}', 'uninstall rel --keep-history', 'install rel {two} --replace', 'history rel'] },
  { title: 'upgrade --install', steps: ['upgrade rel {one} --install', 'upgrade --install rel {two} --set mode=x', 'uninstall rel --keep-history', '! upgrade rel {one}', 'upgrade rel {one} -i', 'history rel'] },
  { title: 'hooks', steps: ['install rel {hooks}', 'upgrade rel {hooks} --set mode=x', 'rollback rel 1', 'get hooks rel', 'uninstall rel --keep-history'] },
  { title: 'hooks that are gone as soon as they are done', steps: ['install rel {fleeting} --timeout 60s', 'upgrade rel {fleeting} --timeout 60s --set mode=x'] },
  { title: 'hooks that are left out', steps: ['install rel {hooks} --no-hooks', 'upgrade rel {hooks} --no-hooks', 'rollback rel --no-hooks', 'upgrade rel {hooks}', 'uninstall rel --no-hooks --keep-history'] },
  { title: 'a hook that fails before', steps: ['install rel {hooks}', '~! upgrade rel {hooks} --set fail=early', 'upgrade rel {hooks} --set fail= --set mode=x'] },
  { title: 'a hook that fails after', steps: ['install rel {hooks}', '~! upgrade rel {hooks} --set fail=later', 'rollback rel 1'] },
  { title: 'a hook that fails, and rollback-on-failure', steps: ['install rel {hooks}', '~! upgrade rel {hooks} --set fail=later --rollback-on-failure --timeout 120s', 'upgrade rel {hooks} --set mode=x'] },
  { title: 'objects that are to be kept', steps: ['install rel {one} --set keep=true', 'upgrade rel {two}', 'upgrade rel {two} --set keep=false', 'upgrade rel {one} --set keep=true', 'uninstall rel --keep-history'] },
  { title: 'objects of others are not touched', steps: [createObject(maps, foreign), '! install rel {one}', 'install rel {one} --take-ownership', 'upgrade rel {one} --set mode=x'] },
  { title: 'objects of others, and fields of theirs', steps: [createObject(maps, contested), '! install rel {one} --take-ownership', 'upgrade rel {one} --take-ownership --force-conflicts', 'upgrade rel {one} --set mode=x'] },
  { title: 'objects of others, on an upgrade', steps: ['install rel {hooks}', createObject(maps, { ...foreign, metadata: { name: 'rel-second' } }), '! upgrade rel {two}', 'upgrade rel {two} --take-ownership', 'rollback rel'] },
  { title: 'objects of others, taken without server-side apply', steps: [createObject(maps, contested), 'install rel {one} --take-ownership --server-side=false', 'upgrade rel {one} --set mode=x'] },
  { title: 'labels', steps: ['install rel {one} -l team=a,old=x', 'upgrade rel {one} -l team=b,more=y', 'upgrade rel {one} -l old=null', 'rollback rel 1', 'list -l team=a'] },
  { title: 'descriptions', steps: ['install rel {one} --description first', 'upgrade rel {one} --description second', 'uninstall rel --keep-history --description third', 'history rel'] },
  { title: 'a post-renderer', steps: ['install rel {one} --post-renderer mark', 'upgrade rel {two} --post-renderer mark', 'upgrade rel {two}', 'get manifest rel --revision 2'] },
  { title: 'custom resources', steps: ['install rel {crds}', 'upgrade rel {crds} --set mode=x,sail=red', 'upgrade rel {crds} --set-json crew=["c"]', 'rollback rel 1'] },
  { title: 'custom resources without server-side apply', steps: ['install rel {crds} --server-side=false', 'upgrade rel {crds} --set mode=x,sail=red', 'upgrade rel {crds} --set-json crew=["c"] --reset-values', 'rollback rel 2'] },
  { title: 'without server-side apply', steps: ['install rel {one} --server-side=false', 'upgrade rel {two} --set mode=x', 'upgrade rel {one} --set sidecar=true', 'rollback rel', 'get metadata rel --revision 4'] },
  { title: 'from the client to the server', steps: ['install rel {one} --server-side=false', 'upgrade rel {two} --server-side=true', 'upgrade rel {one}', 'rollback rel 1'] },
  { title: 'from the server to the client', steps: ['install rel {one}', 'upgrade rel {two} --server-side=false', 'upgrade rel {one}', 'rollback rel 1'] },
  { title: 'replaced', steps: ['install rel {one} --server-side=false', 'upgrade rel {one} --force-replace --set mode=x', '! upgrade rel {one} --force-replace --server-side=true', 'rollback rel 1 --force-replace'] },
  { title: 'fields that somebody else has taken', steps: ['install rel {one}', changeObject(`${maps}/rel-config`, { data: { mode: 'mine' } }), '! upgrade rel {one} --set mode=x', 'upgrade rel {one} --set mode=x --force-conflicts', 'upgrade rel {one} --set mode=y'] },
  { title: 'fields that somebody else has changed, without server-side apply', steps: ['install rel {one} --server-side=false', changeObject(`${maps}/rel-config`, { data: { mode: 'mine', own: 'too' } }), 'upgrade rel {one} --set tag=2', 'upgrade rel {one} --set mode=y'] },
  { title: 'objects that somebody deleted', steps: ['install rel {two}', deleteObject(`${maps}/rel-second`), 'upgrade rel {two} --set tag=5', deleteObject(`${maps}/rel-second`), 'upgrade rel {one}'] },
  { title: 'tests', steps: ['install rel {tests}', 'test rel --logs', 'upgrade rel {tests} --set mode=x', 'test rel', '~ status rel'] },
  { title: 'some tests', steps: ['install rel {tests}', 'test rel --filter name=test-b', 'test rel --filter !name=test-b', 'get hooks rel'] },
  { title: 'a test that fails', steps: ['install rel {tests} --set fail=test-c', '~! test rel --logs', 'upgrade rel {tests} --reset-values', 'test rel'] },
  { title: 'dry runs', steps: ['install rel {one} --dry-run=server', 'install rel {one}', 'upgrade rel {two} --dry-run=server --hide-secret', 'upgrade rel {two} --dry-run=client --set mode=x', 'rollback rel 1 --dry-run=server', 'upgrade rel {two}'] },
  { title: 'waiting', steps: ['install rel {one} --wait --timeout 120s', 'upgrade rel {two} --wait --timeout 120s', 'rollback rel --wait --timeout 120s'] },
  { title: 'jobs that are waited for, and cannot be changed', steps: ['install rel {jobs} --wait --wait-for-jobs --timeout 120s', '! upgrade rel {jobs} --set mode=x', 'history rel'] },
  { title: 'sub-charts', steps: ['install rel {parent} --render-subchart-notes', 'upgrade rel {parent} --set dinghy.oars=4,global.flag=blue', 'upgrade rel {parent} --reuse-values --set dinghy.enabled=false', 'upgrade rel {parent} --reset-values', 'get values rel -a'] },
  { title: 'a release that is locked', steps: ['install rel {one}', pendingRecord, '! upgrade rel {two}', 'list', 'rollback rel 1', 'upgrade rel {two}'] },
  { title: 'an uninstallation in between', steps: ['install rel {two}', 'upgrade rel {two} --set mode=x', 'uninstall rel', '! upgrade rel {one}', 'install rel {one}', 'list -o yaml'] },
  ...waitingScenarios
]
