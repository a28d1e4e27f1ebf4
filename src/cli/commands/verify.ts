import type { Command } from '../command.js'
import { gnupgHome } from '../gnupg-home.js'
import { verificationText } from '../output/verification-text.js'
import { verifyChart } from '../../action/verify.js'

/** `portolan verify`: whether a packaged chart is the one that was signed, and by whom. */
export const verify: Command = {
  name: 'verify',
  usage: 'PATH',
  summary: 'verify that a chart at the given path has been signed and is valid',
  description: 'Checks a packaged chart with its provenance file, which lies beside it with .prov behind its name: a key of the keyring must have signed the digest of just this archive under just this name.',
  arguments: { min: 1, max: 1 },
  flags: [
    { name: 'keyring', type: 'string', usage: "the public keys that signatures are checked with; GnuPG's own pubring.gpg (or pubring.kbx) when left out" }
  ],
  run: async (context, [path = ''], flags) => {
    const surroundings = { cwd: context.cwd, clock: context.clock, gnupgHome: gnupgHome(context.env) }
    context.stdout.write(verificationText(await verifyChart(surroundings, path, flags.string('keyring'))))
  }
}
