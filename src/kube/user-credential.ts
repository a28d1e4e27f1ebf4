import type { AccessOptions, Credential, KeyPair } from './access.js'
import { KubeError } from './errors.js'
import { ExecCredential } from './exec-credential.js'
import type { KubeconfigEntry } from './kubeconfig.js'
import { dictAt, textAt } from './objects.js'
import { keyPairOf, resolvePath } from './pem.js'
import { TokenFile } from './token-file.js'

/**
 * The credentials of a kubeconfig's user: a token (the flag's first), a token file, a name and password, a client certificate, or an exec
 * plugin when there is none of these.
 *
 * @throws {KubeError} kubeconfig: unreadable files, more than one way to sign in, a way that Kubernetes gave up (auth-provider)
 */
export async function userCredential (user: KubeconfigEntry, cluster: KubeconfigEntry, options: AccessOptions): Promise<Credential> {
  const provider = textAt(user.fields, ['auth-provider', 'name'])
  if (provider !== '') throw new KubeError('kubeconfig', `no Auth Provider found for name "${provider}"`)
  const keyPair = await keyPairOf(user)
  const bearer = bearerOf(user, options)
  const basic = basicOf(user)
  if (bearer !== undefined && basic !== undefined && options.token === undefined) {
    throw new KubeError('kubeconfig', 'more than one authentication method found in the kubeconfig: a token and a password')
  }
  if (bearer !== undefined) return bearerCredential(bearer, keyPair)
  if (basic !== undefined) return fixedCredential(basic, keyPair)
  if (keyPair === undefined && user.fields.has('exec')) return new ExecCredential(dictAt(user.fields, 'exec'), { user, cluster, options })
  return fixedCredential(undefined, keyPair)
}

function bearerOf (user: KubeconfigEntry, { token, clock }: AccessOptions): string | TokenFile | undefined {
  if (token !== undefined) return token
  const file = textAt(user.fields, ['tokenFile'])
  if (file !== '') return new TokenFile(resolvePath(user, file), clock)
  return textAt(user.fields, ['token']) || undefined
}

function basicOf ({ fields }: KubeconfigEntry): string | undefined {
  const name = textAt(fields, ['username'])
  const password = textAt(fields, ['password'])
  return name === '' && password === '' ? undefined : `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

function bearerCredential (bearer: string | TokenFile, keyPair: KeyPair | undefined): Credential {
  if (typeof bearer === 'string') return fixedCredential(`Bearer ${bearer}`, keyPair)
  return {
    authorization: async () => `Bearer ${await bearer.token()}`,
    keyPair: async () => keyPair,
    renew: async () => {
      bearer.forget()
      return true
    }
  }
}

function fixedCredential (authorization: string | undefined, keyPair: KeyPair | undefined): Credential {
  return { authorization: async () => authorization, keyPair: async () => keyPair, renew: async () => false }
}
