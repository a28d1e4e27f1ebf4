import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of the package: the nearest above that has a package.json. (Modules run from src/, compiled ones from dist/src/, the built
 * program from dist/program/, so a relative path cannot name it.)
 *
 * @param from the folder to begin at; this file's own when left out
 * @throws {Error} when no folder above has one
 */
export function packageRoot (from: string = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json'))) return from
  const above = dirname(from)
  if (above === from) throw new Error('there is no package.json in any folder above the program')
  return packageRoot(above)
}

/** The version in package.json. */
export function packageVersion (): string {
  const parsed: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined
  return typeof version === 'string' ? version : ''
}
