import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ReadStream } from 'node:tty'
import type { CliContext } from './command.js'
import { CliError } from './errors.js'
import { typedUnseen } from './read-password.js'
import { quote } from '../go/strconv.js'
import { pathError } from '../remote/path-error.js'

/**
 * Gets the passphrase of a key: the first line of a file, or of standard input for `-`; typed on the terminal when no file is named.
 *
 * @param context for its terminal and folder
 * @param file the file's path, `-`, or an empty text
 * @returns a function that is given the name of the key's owner
 */
export function passphraseFrom (context: CliContext, file: string): (owner: string) => Promise<string> {
  if (file === '') return async owner => await typed(context, owner)
  return async () => firstLine(file === '-' ? await fromStdin(context) : await fromFile(context, file))
}

async function typed ({ stdin, stdout }: CliContext, owner: string): Promise<string> {
  stdout.write(`Password for key ${quote(owner)} >  `)
  if (!(stdin instanceof ReadStream)) {
    stdout.write('\n')
    throw new CliError('arguments', 'the key is locked, and there is no terminal to ask for its passphrase: use --passphrase-file')
  }
  return await typedUnseen(stdin, stdout)
}

async function fromStdin ({ stdin }: CliContext): Promise<string> {
  if (stdin instanceof ReadStream) throw new CliError('arguments', 'specified reading passphrase from stdin, without input on stdin')
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 65_536) break
  }
  return text
}

async function fromFile ({ cwd }: CliContext, file: string): Promise<string> {
  return await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new CliError('arguments', pathError('open', file, error), { cause: error })
  })
}

function firstLine (text: string): string {
  if (text === '') throw new CliError('arguments', 'EOF')
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '')
}
