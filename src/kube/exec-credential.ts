import { messageOf } from '../errors.js'
import type { Dict } from '../go/value.js'
import type { AccessOptions, Credential, KeyPair } from './access.js'
import { KubeError } from './errors.js'
import { execInfo } from './exec-info.js'
import { parseObject } from './json.js'
import type { KubeconfigEntry } from './kubeconfig.js'
import { listAt, textAt } from './objects.js'
import { resolvePath } from './pem.js'

/** Where an exec plugin stands in a kubeconfig. */
export interface ExecPlace {
  readonly user: KubeconfigEntry
  readonly cluster: KubeconfigEntry
  readonly options: AccessOptions
}

interface Issued {
  readonly token: string
  readonly keyPair: KeyPair | undefined
  /** Milliseconds since 1970; Infinity when it does not expire. */
  readonly expires: number
}

/** More than any plugin prints. */
const maxOutput = 4 * 1024 * 1024

/**
 * Credentials that a program gives (client.authentication.k8s.io/v1 and v1beta1): run once, and again when they expire or are refused.
 */
export class ExecCredential implements Credential {
  readonly #exec: Dict
  readonly #place: ExecPlace
  #issued: Promise<Issued> | undefined

  /**
   * @param exec the `exec` mapping of a kubeconfig's user
   * @param place what it stands beside
   * @throws {KubeError} kubeconfig: a version that no longer exists, or a command that is missing
   */
  constructor (exec: Dict, place: ExecPlace) {
    const version = textAt(exec, ['apiVersion'])
    if (!['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'].includes(version)) {
      throw new KubeError('kubeconfig', `exec plugin: invalid apiVersion "${version}"`)
    }
    if (textAt(exec, ['command']) === '') throw new KubeError('kubeconfig', 'command must be specified for a user who signs in by an exec plugin')
    this.#exec = exec
    this.#place = place
  }

  async authorization (): Promise<string | undefined> {
    const { token } = await this.#current()
    return token === '' ? undefined : `Bearer ${token}`
  }

  async keyPair (): Promise<KeyPair | undefined> {
    return (await this.#current()).keyPair
  }

  async renew (): Promise<boolean> {
    this.#issued = undefined
    return true
  }

  /** What was issued last, unless it has expired; only one run at a time. */
  async #current (): Promise<Issued> {
    const last = this.#issued
    if (last !== undefined && (await last).expires > this.#place.options.clock.now().getTime()) return await last
    if (this.#issued === last) this.#issued = this.#issue()
    return await (this.#issued ?? this.#issue())
  }

  async #issue (): Promise<Issued> {
    const { options } = this.#place
    const interactive = this.#interactive()
    const env = { ...options.env, ...extraEnv(this.#exec), KUBERNETES_EXEC_INFO: execInfo(this.#exec, this.#place.cluster, interactive) }
    try {
      return readIssued(await this.#run(env, interactive), textAt(this.#exec, ['apiVersion']))
    } catch (error) {
      const hint = textAt(this.#exec, ['installHint'])
      throw new KubeError('credentials', `getting credentials: ${messageOf(error)}${hint === '' ? '' : `\n\n${printable(hint)}`}`, { cause: error })
    }
  }

  #interactive (): boolean {
    const mode = textAt(this.#exec, ['interactiveMode'], 'IfAvailable')
    const terminal = this.#place.options.interactive === true
    if (mode === 'Always' && !terminal) throw new KubeError('credentials', 'exec plugin cannot support interactive mode: standard input is not a terminal')
    return mode !== 'Never' && terminal
  }

  /** Runs the program, and gives what it printed; what it says on stderr goes to ours. */
  async #run (env: Readonly<Record<string, string | undefined>>, interactive: boolean): Promise<string> {
    const command = textAt(this.#exec, ['command'])
    const args = listAt(this.#exec, 'args').map(String)
    const path = command.includes('/') ? resolvePath(this.#place.user, command) : command
    // Loaded here only: few users sign in by a program, and everyone would wait for it.
    const { spawn } = await import('node:child_process')
    const child = spawn(path, args, { env, stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'] })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > maxOutput) child.kill()
      else parts.push(part)
    })
    const status = await new Promise<number | string>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(code ?? signal ?? 1))
    })
    if (status !== 0) throw new KubeError('credentials', `exec: executable ${command} failed with exit code ${status}`)
    return Buffer.concat(parts).toString('utf8')
  }
}

function extraEnv (exec: Dict): Record<string, string> {
  return Object.fromEntries(listAt(exec, 'env').map(pair => [textAt(pair, ['name']), textAt(pair, ['value'])]))
}

function readIssued (text: string, version: string): Issued {
  const answer = parseObject(text)
  const given = textAt(answer, ['apiVersion'])
  if (given !== version) throw new KubeError('credentials', `exec plugin is configured to use API version ${version}, plugin returned version ${given}`)
  if (!answer.has('status')) throw new KubeError('credentials', "exec plugin didn't return a status field")
  const token = textAt(answer, ['status', 'token'])
  const cert = textAt(answer, ['status', 'clientCertificateData'])
  const key = textAt(answer, ['status', 'clientKeyData'])
  if (token === '' && cert === '' && key === '') throw new KubeError('credentials', "exec plugin didn't return a token or cert/key pair")
  if ((cert === '') !== (key === '')) throw new KubeError('credentials', 'exec plugin returned only certificate or key, not both')
  const expiry = Date.parse(textAt(answer, ['status', 'expirationTimestamp']))
  return { token, keyPair: cert === '' ? undefined : { cert, key }, expires: Number.isNaN(expiry) ? Infinity : expiry }
}

/** Text from a file without what a terminal would take for commands. */
function printable (text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '')
}
