import type { CliContext } from './command.js'

/**
 * Does something with a release, and says at once when the user ends it.
 *
 * @param context the command's
 * @param name the release
 * @param work what to do
 */
export async function tellingCancellation<T> ({ signal, stdout }: CliContext, name: string, work: () => Promise<T>): Promise<T> {
  const cancelled = (): void => { stdout.write(`Release ${name} has been cancelled.\n`) }
  signal.addEventListener('abort', cancelled, { once: true })
  try {
    return await work()
  } finally {
    signal.removeEventListener('abort', cancelled)
  }
}
