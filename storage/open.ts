import type { Backend } from './backend.js'
import type { CheckedOptions } from './checked.js'
import { checked } from './checked.js'
import { StorageFailed } from './errors.js'
import { openLocal } from './local.js'
import { MemoryBackend } from './memory.js'

/** The settings of all backends; each takes those that it knows. */
export interface BackendOptions extends CheckedOptions {
  /** The folder of `local`. */
  readonly rootDirectory?: string
  readonly clock?: () => Date
}

/** Every backend there is. A new one is a file and a row. */
const factories: ReadonlyMap<string, (options: BackendOptions) => Promise<Backend>> = new Map([
  ['local', options => openLocal({ ...options, root: given('local', 'rootDirectory', options.rootDirectory) })],
  ['memory', async options => new MemoryBackend(options)]
])

/** The names that `openBackend` knows. */
export const backendNames: readonly string[] = [...factories.keys()]

/**
 * Opens a backend, wrapped in `checked`.
 *
 * @param name one of `backendNames`
 * @param options must hold what that backend cannot do without: `rootDirectory` for `local`
 * @throws {StorageError} for an unknown name, missing settings, or a store that cannot be opened
 */
export async function openBackend (name: string, options: BackendOptions = {}): Promise<Backend> {
  const factory = factories.get(name)
  if (factory === undefined) throw new StorageFailed('', `Unsupported storage backend: ${name} (supported are ${backendNames.join(', ')})`)
  return checked(await factory(options), options)
}

function given (name: string, setting: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new StorageFailed('', `the storage backend ${name} needs the setting ${setting}`)
  return value
}
