/**
 * Looks at files and addresses again and again, never twice at once; it keeps no process alive.
 *
 * @param looks what to do; none of them rejects
 * @param pause milliseconds between the end of one round and the beginning of the next
 * @returns ends it
 */
export function watch (looks: ReadonlyArray<() => Promise<void>>, pause: number): () => void {
  if (looks.length === 0) return () => undefined
  let ended = false
  let timer: NodeJS.Timeout
  const wait = (): void => {
    if (!ended) timer = setTimeout(round, pause).unref()
  }
  const round = (): void => {
    Promise.all(looks.map(look => look())).then(wait, wait)
  }
  wait()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
