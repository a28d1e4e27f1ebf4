import type { Scenario } from './scenarios.js'

/** Waiting by Helm 3's rules (`--wait=legacy`). */
export const waitingScenarios: readonly Scenario[] = [
  { title: 'legacy waiting', steps: ['install rel {one} --wait=legacy --timeout 120s', 'upgrade rel {two} --wait=legacy --set replicas=2 --timeout 120s', 'rollback rel --wait=legacy --timeout 120s', 'uninstall rel --wait=legacy --timeout 120s --keep-history'] },
  { title: 'legacy waiting for what never gets ready', steps: ['install rel {one}', '! upgrade rel {one} --set nodeSelector.no=such --wait=legacy --timeout 7s', 'history rel', '! upgrade rel {one} --set nodeSelector.no=such --wait=legacy --rollback-on-failure --timeout 7s', 'history rel'] },
  { title: 'legacy waiting for hooks', steps: ['install rel {hooks} --wait=legacy', '~! upgrade rel {hooks} --set fail=early --wait=legacy', 'upgrade rel {hooks} --set fail= --set mode=x --wait=legacy', 'uninstall rel --wait=legacy --keep-history'] },
  { title: 'legacy waiting for jobs and kinds', steps: ['install rel {jobs} --wait=legacy --wait-for-jobs --timeout 120s', 'install boats {crds} --wait=legacy --timeout 120s'] }
]
