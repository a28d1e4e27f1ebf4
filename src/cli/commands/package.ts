import { accessFlags } from '../chart-path-flags.js'
import type { CliContext, Command } from '../command.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { gnupgHome } from '../gnupg-home.js'
import { warnTo } from '../output/warning.js'
import { passphraseFrom } from '../passphrase.js'
import { dependencyContext } from '../dependency-context.js'
import { renderContext } from '../render-context.js'
import { sourceDateEpoch } from '../source-date-epoch.js'
import { chartLog } from '../../action/chart-log.js'
import { packageChart, type PackageOptions } from '../../action/package.js'
import { chartSigner, type ChartSigner } from '../../action/sign-chart.js'
import { keyringFile } from '../../remote/keyring-file.js'

/** `portolan package`: packs charts into archives, and signs them. */
export const packageCommand: Command = {
  name: 'package',
  usage: '[CHART_PATH] [...]',
  summary: 'package a chart directory into a chart archive',
  description: 'Packs the folders of charts into archives named after them, such as web-1.2.3.tgz. With --sign, a provenance file is written beside each, so that anyone with the public key can verify the archive.',
  arguments: { min: 0 },
  flags: [
    ...accessFlags,
    { name: 'app-version', type: 'string', usage: 'pack it with this appVersion' },
    { name: 'dependency-update', short: 'u', type: 'bool', usage: "bring charts/ up to date with the chart's dependencies first" },
    { name: 'destination', short: 'd', type: 'string', default: '.', usage: 'the folder that gets the archive' },
    { name: 'key', type: 'string', usage: 'the name of the key to sign with, or a part of it' },
    { name: 'keyring', type: 'string', usage: "the keyring with the secret key; GnuPG's own pubring.gpg (or pubring.kbx) when left out" },
    { name: 'passphrase-file', type: 'string', usage: "a file with the key's passphrase in its first line; - reads it from standard input" },
    { name: 'sign', type: 'bool', usage: 'sign the archive with an OpenPGP key' },
    { name: 'version', type: 'string', usage: 'pack it with this version' }
  ],
  run: async (context, paths, flags) => {
    if (paths.length === 0) throw new CliError('arguments', 'need at least one argument, the path to the chart')
    const options = await packageOptions(context, flags)
    const warn = chartLog(renderContext(context, flags).log)
    for (const path of paths) {
      const archive = await packageChart({ cwd: context.cwd, clock: context.clock, warn }, path, options)
      context.stdout.write(`Successfully packaged chart and saved it to: ${archive}\n`)
    }
  }
}

async function packageOptions (context: CliContext, flags: Flags): Promise<PackageOptions> {
  const stamp = sourceDateEpoch(context.env)
  const signer = flags.bool('sign') ? await signerOf(context, flags) : undefined
  return {
    version: flags.string('version'),
    appVersion: flags.string('app-version'),
    destination: flags.string('destination'),
    ...(stamp === undefined ? {} : { stamp }),
    ...(signer === undefined ? {} : { signer }),
    ...(flags.bool('dependency-update') ? { update: async folder => await update(context, flags, folder) } : {})
  }
}

/** Nothing is said of what is fetched, as in Helm: only of what was packed. */
async function update (context: CliContext, flags: Flags, folder: string): Promise<void> {
  const { updateDependencies } = await import('../../action/dependency-update.js')
  await updateDependencies({ ...dependencyContext(context, flags), say: () => {} }, { path: folder, shown: folder }, { refresh: true })
}

async function signerOf (context: CliContext, flags: Flags): Promise<ChartSigner> {
  const key = flags.string('key')
  if (key === '') throw new CliError('arguments', '--key is required for signing a package')
  if (flags.changed('keyring') && flags.string('keyring') === '') throw new CliError('arguments', '--keyring is required for signing a package')
  return chartSigner({
    key,
    keyring: await keyringFile({ cwd: context.cwd, gnupgHome: gnupgHome(context.env) }, flags.string('keyring')),
    passphrase: passphraseFrom(context, flags.string('passphrase-file')),
    clock: context.clock,
    warn: warnTo(context.stderr)
  })
}
