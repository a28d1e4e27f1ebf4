import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.js'

/** GnuPG in a home of its own, which a test may fill with keys. */
export interface Gpg {
  readonly home: string
  /** Runs gpg without a terminal, and gives what it printed. */
  run (...args: string[]): Promise<string>
  /** Makes a key that signs, without a passphrase unless given. */
  makeKey (owner: string, options: { readonly kind: string, readonly passphrase?: string, readonly use?: string, readonly expires?: string, readonly at?: string }): Promise<void>
}

/**
 * Starts with an empty home, in the system's folder for temporary files: the path of its agent's socket must be short.
 *
 * @param teardown takes what ends the agent and removes the home
 */
export async function openGpg (teardown: (end: () => Promise<unknown>) => void): Promise<Gpg> {
  const home = await mkdtemp(join(tmpdir(), 'gpg-'))
  teardown(async () => {
    await runProgram('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'])
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  })
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram('gpg', ['--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', ...args])
    if (code !== 0) throw new Error(`gpg ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  return {
    home,
    run,
    makeKey: async (owner, { kind, passphrase = '', use = 'sign,cert', expires = 'never', at }) => {
      const time = at === undefined ? [] : ['--faked-system-time', at]
      await run(...time, '--passphrase', passphrase, '--quick-generate-key', owner, kind, use, expires)
    }
  }
}
