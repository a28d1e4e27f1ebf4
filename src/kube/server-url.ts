import { KubeError } from './errors.js'

/**
 * A server's address from a kubeconfig or a flag; one without a scheme is taken for http, as client-go does.
 *
 * @throws {KubeError} kubeconfig
 */
export function serverUrl (text: string): URL {
  const address = /^https?:\/\//i.test(text) ? text : `http://${text}`
  try {
    return new URL(address)
  } catch (error) {
    throw new KubeError('kubeconfig', `the server's address ${JSON.stringify(text)} is no URL`, { cause: error })
  }
}
