import { clusterObjectIsGone, createNamespaceBeside, type Scene } from './scene.js'
import type { Scenario } from './scenarios.js'

const elsewhere = async (scene: Scene): Promise<void> => { await clusterObjectIsGone(`api/v1/namespaces/${scene.namespace}-other/configmaps/rel-other`)(scene) }

/** Further scenarios: what is pruned, kept, recorded elsewhere, or was given up half-way. */
export const moreScenarios: readonly Scenario[] = [
  { title: 'a rollback to a revision that was pruned', steps: ['install rel {one}', ...[1, 2, 3].map(tag => `upgrade rel {one} --history-max 2 --set tag=${tag}`), '! rollback rel 1', 'rollback rel 3', 'history rel'] },
  { title: 'a history of one', steps: ['install rel {one}', 'upgrade rel {two} --history-max 1', 'upgrade rel {one} --history-max 1', 'history rel', 'upgrade rel {two} --history-max 1'] },
  { title: 'upgrade --install over an installation that failed', steps: ['! upgrade rel {one} --install --set bad=true', 'upgrade rel {one} --install --reset-values', 'history rel', 'rollback rel 2'] },
  { title: 'uninstalled with its history, and rolled back', steps: ['install rel {two}', 'upgrade rel {two} --set mode=x', 'uninstall rel --keep-history', 'rollback rel 1', 'history rel', 'upgrade rel {one}'] },
  { title: 'uninstalled in the foreground, and installed again', steps: ['install rel {one}', 'uninstall rel --keep-history --cascade foreground --wait --timeout 60s', '! uninstall rel --keep-history', 'install rel {two} --replace'] },
  { title: 'records in ConfigMaps', env: { HELM_DRIVER: 'configmap' }, steps: ['install rel {one} -l team=a', 'upgrade rel {two}', '! upgrade rel {one} --set bad=true', 'rollback rel 2', 'history rel', 'list -l team=a', 'uninstall rel --keep-history'] },
  { title: 'objects in two namespaces', steps: [createNamespaceBeside('other'), 'install rel {both}', 'upgrade rel {both} --set mode=x', 'upgrade rel {both} --set elsewhere=false', elsewhere, 'rollback rel 2', 'uninstall rel --keep-history', elsewhere] },
  { title: 'what cannot be changed, even by replacing it', steps: ['install rel {jobs} --server-side=false', '! upgrade rel {jobs} --set mode=x', '! upgrade rel {jobs} --set mode=x --force-replace', 'rollback rel 1', 'history rel'] },
  { title: 'custom resources that come again', steps: ['install rel {crds} --set mode=x', 'uninstall rel', 'install rel {crds} --skip-crds', 'upgrade rel {crds} --set sail=red --force-conflicts', 'get manifest rel'] },
  { title: 'what was kept is found again', steps: ['install rel {one} --set keep=true', 'uninstall rel', 'install rel {one} --set keep=true', 'upgrade rel {one} --set keep=false', 'get manifest rel'] },
  { title: 'values after a rollback', steps: ['install rel {one} --set mode=a,extra.a=1', 'upgrade rel {one} --set mode=b', 'rollback rel 1', 'upgrade rel {two} --reuse-values --set extra.b=2', 'get values rel', 'rollback rel 2', 'upgrade rel {two}', 'get values rel -a'] },
  { title: 'values after an upgrade that failed', steps: ['install rel {one} --set mode=a', '! upgrade rel {one} --reuse-values --set bad=true,tag=7', 'upgrade rel {one} --reuse-values --set extra.x=y', 'get values rel', '! upgrade rel {one} --reset-then-reuse-values --set bad=true', 'upgrade rel {two} --reset-then-reuse-values', 'get values rel'] }
]
