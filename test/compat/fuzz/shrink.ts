import type { Trial } from './trial.js'

/** A trial as one list of texts, and back. */
function partsOf (trial: Trial): { readonly texts: readonly string[], readonly rebuild: (texts: readonly string[]) => Trial } {
  if (trial.kind === 'template') {
    return { texts: [trial.template, trial.values], rebuild: ([template = '', values = '']) => ({ ...trial, template, values }) }
  }
  // Chart.yaml is cut last, so that the chart stays one as long as there is something else to cut.
  const names = Object.keys(trial.files).sort((a, b) => Number(a === 'Chart.yaml') - Number(b === 'Chart.yaml'))
  return {
    texts: [...names.map(name => trial.files[name] ?? ''), ...trial.args],
    rebuild: texts => ({ ...trial, files: Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])), args: texts.slice(names.length) })
  }
}

/**
 * Makes a trial smaller, as long as it still shows the difference.
 *
 * @param trial what shows it
 * @param shows whether a smaller one does, too
 * @param budget how often to ask
 */
export async function shrink (trial: Trial, shows: (smaller: Trial) => Promise<boolean>, budget: number): Promise<Trial> {
  let best = trial
  let left = budget
  const attempt = async (smaller: Trial): Promise<boolean> => {
    if (left-- <= 0 || !await shows(smaller)) return false
    best = smaller
    return true
  }
  if (trial.kind === 'chart') await dropFiles(() => best, attempt)
  for (let index = 0; index < partsOf(best).texts.length; index++) {
    for (let size = Math.max(1, Math.floor((partsOf(best).texts[index]?.length ?? 0) / 2)); size >= 1; size = size > 1 ? Math.floor(size / 2) : 0) {
      for (let at = 0; at < (partsOf(best).texts[index]?.length ?? 0);) {
        const { texts, rebuild } = partsOf(best)
        const text = texts[index] ?? ''
        const smaller = rebuild(texts.with(index, text.slice(0, at) + text.slice(at + size)))
        if (!await attempt(smaller)) at += size
        if (left <= 0) return best
      }
    }
  }
  return best
}

async function dropFiles (best: () => Trial, attempt: (smaller: Trial) => Promise<boolean>): Promise<void> {
  const trial = best()
  if (trial.kind !== 'chart') return
  for (const name of Object.keys(trial.files)) {
    const current = best()
    if (current.kind !== 'chart' || name === 'Chart.yaml') continue
    await attempt({ ...current, files: Object.fromEntries(Object.entries(current.files).filter(([other]) => other !== name)) })
  }
  for (let i = trial.args.length - 2; i >= 0; i -= 2) {
    const current = best()
    if (current.kind === 'chart') await attempt({ ...current, args: current.args.filter((_, index) => index !== i && index !== i + 1) })
  }
}
