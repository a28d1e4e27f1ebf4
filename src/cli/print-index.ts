import type { ServerSettings } from '../config/definitions.js'
import type { CliContext } from './command.js'
import { openStore } from './open-store.js'

/**
 * Prints the index of depth 0, as it is once all files in the storage are known (`--gen-index`).
 *
 * @param report told of what went wrong without making the index wrong
 * @throws what opening and looking through the storage throw
 */
export async function printIndex (settings: ServerSettings, context: CliContext, report: (fault: unknown) => void): Promise<void> {
  const { catalog, depth, close } = await openStore(settings, context, { onFault: report })
  try {
    await catalog.recover()
    await catalog.adopt({ depth, signal: context.signal })
    const index = await catalog.index('', settings.jsonIndex ? 'json' : 'yaml')
    context.stdout.write(Buffer.concat([...index.parts()]).toString())
  } finally {
    await close()
  }
}
