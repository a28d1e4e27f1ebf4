import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ChartError } from '../chart/errors.js'
import { loadValues, type MarkValues } from '../chart/load-values.js'
import { systemErrorText } from '../chart/system-error.js'
import { decode } from '../go/bytes.js'
import type { Dict } from '../go/value.js'
import { defaultTimeout } from '../remote/getter.js'
import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'
import { remoteContext } from './remote-context.js'

/** The flags of every command that takes values. */
export const valuesFlags: readonly Flag[] = [
  { name: 'values', short: 'f', type: 'strings', usage: 'specify values in a YAML file or a URL (can specify multiple)' },
  { name: 'set', type: 'stringArray', usage: 'set values on the command line (can specify multiple or separate values with commas: key1=val1,key2=val2)' },
  { name: 'set-string', type: 'stringArray', usage: 'set STRING values on the command line (can specify multiple or separate values with commas: key1=val1,key2=val2)' },
  { name: 'set-file', type: 'stringArray', usage: 'set values from respective files specified via the command line (can specify multiple or separate values with commas: key1=path1,key2=path2)' },
  { name: 'set-json', type: 'stringArray', usage: 'set JSON values on the command line (can specify multiple or separate values with commas: key1=jsonval1,key2=jsonval2 or using json format: {"key1": jsonval1, "key2": "jsonval2"})' },
  { name: 'set-literal', type: 'stringArray', usage: 'set a literal STRING value on the command line' }
]

/** The largest values file that is fetched. */
const maxBytes = 32 * 1024 * 1024

/**
 * The values that the flags give, merged in Helm's order.
 *
 * @param context for files, standard input and the network
 * @param flags the call's
 * @param mark for who wants to know where values come from
 * @throws {ChartError} invalid-values; unreadable, for a file that cannot be read
 */
export async function valuesFrom (context: CliContext, flags: Flags, mark?: MarkValues): Promise<Dict> {
  return await loadValues({
    values: flags.list('values'),
    set: flags.list('set'),
    setString: flags.list('set-string'),
    setFile: flags.list('set-file'),
    setJson: flags.list('set-json'),
    setLiteral: flags.list('set-literal')
  }, async path => await readText(context, flags, path), mark)
}

async function readText (context: CliContext, flags: Flags, path: string): Promise<string> {
  if (path.trim() === '-') return decode(await buffer(context.stdin))
  const remote = remoteContext(context, flags)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1]?.toLowerCase() ?? ''
  const getter = remote.getters.get(scheme)
  if (getter === undefined) return readLocal(resolve(context.cwd, path), path)
  const url = new URL(path)
  return decode(await buffer(await getter.get(url, { access: { origin: url.href }, timeout: defaultTimeout, maxBytes, signal: context.signal })))
}

function readLocal (path: string, named: string): string {
  try {
    return decode(readFileSync(path))
  } catch (error) {
    throw new ChartError('unreadable', systemErrorText('open', named, error), { cause: error })
  }
}
