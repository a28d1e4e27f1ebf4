import type { Clock } from './clock.js'

/** How the user says which cluster is meant, beside the kubeconfig: Helm's `--kube-…` flags. */
export interface AccessOptions {
  /** Paths separated by `:`. */
  readonly kubeconfig?: string
  readonly context?: string
  readonly token?: string
  readonly asUser?: string
  readonly asGroups?: readonly string[]
  readonly apiServer?: string
  readonly caFile?: string
  readonly tlsServerName?: string
  readonly insecureSkipTlsVerify?: boolean
  /** Variables: HOME, the proxies', a pod's own, and what exec plugins inherit. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a terminal is there, that an exec plugin may ask the user on. */
  readonly interactive?: boolean
  readonly clock: Clock
  /** Where a pod finds its service account; Kubernetes' own place unless a test says otherwise. */
  readonly serviceAccountDirectory?: string
}

/** A client certificate and its key, as PEM. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** How the client proves who it is. What it gives may change in the course of a run: tokens expire. */
export interface Credential {
  /** The `Authorization` header; undefined for none. */
  authorization (): Promise<string | undefined>
  keyPair (): Promise<KeyPair | undefined>
  /** Called after the server refused: gets new credentials where that is possible, and says whether it did. */
  renew (): Promise<boolean>
}

/** How the server proves who it is. */
export interface ServerTrust {
  /** PEM; the system's authorities when left out. */
  readonly ca?: string
  readonly serverName?: string
  readonly insecure: boolean
}

/** All that it takes to speak to one cluster. */
export interface Access {
  readonly server: URL
  /** The namespace of the context; `default` when it names none. */
  readonly namespace: string
  readonly trust: ServerTrust
  readonly credential: Credential
  /** Headers that impersonate somebody. */
  readonly headers: ReadonlyArray<readonly [string, string]>
  /** The proxy that the cluster's entry names, over those of the environment. */
  readonly proxy?: string
}
