import type { Readable } from 'node:stream'
import { ReadStream } from 'node:tty'
import type { CliContext } from './command.js'
import { CliError } from './errors.js'
import type { Output } from './output/direct-output.js'

/**
 * Asks for a password on the terminal, without showing what is typed.
 *
 * @param context for its terminal
 * @throws {CliError} arguments, when standard input is no terminal or nothing was typed before it ended
 */
export async function readPassword ({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): Promise<string> {
  if (!(stdin instanceof ReadStream)) {
    throw new CliError('arguments', 'there is a user name without a password, and no terminal to ask for it: use --password-stdin')
  }
  stdout.write('Password: ')
  return await typedUnseen(stdin, stdout)
}

/**
 * What is typed up to the enter key, without showing it.
 *
 * @param terminal in its usual mode, which it has again afterwards
 * @param stdout gets the line feed that the enter key did not show
 * @throws {CliError} arguments, when the user gives up
 */
export async function typedUnseen (terminal: ReadStream, stdout: Output): Promise<string> {
  terminal.setRawMode(true)
  try {
    return await typedLine(terminal)
  } finally {
    terminal.setRawMode(false)
    terminal.pause()
    stdout.write('\n')
  }
}

/**
 * What is typed up to the enter key; backspace takes a letter back, Ctrl-C and Ctrl-D give up.
 *
 * @param keys the terminal in raw mode
 * @throws {CliError} arguments, when the user gives up
 */
export async function typedLine (keys: Readable): Promise<string> {
  let line = ''
  for await (const chunk of keys.iterator({ destroyOnReturn: false })) {
    for (const key of String(chunk)) {
      if (key === '\r' || key === '\n') return line
      if (key === '\x03' || key === '\x04') break
      line = key === '\x7f' || key === '\b' ? Array.from(line).slice(0, -1).join('') : line + key
    }
    if (/[\x03\x04]/.test(String(chunk))) break
  }
  throw new CliError('arguments', 'no password was typed')
}
