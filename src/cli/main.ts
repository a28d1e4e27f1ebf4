#!/usr/bin/env node
import module from 'node:module'
import { dirname, join } from 'node:path'
import { CodeCache } from './code-cache.js'
import { compileCacheFolder, makeFolder } from './compile-cache.js'

// This file is compiled at each call, the others are not.
const folder = compileCacheFolder(process.env, process.platform)
const cache = folder === undefined ? undefined : new CodeCache(join(folder, `${process.version}-${process.arch}`), () => Date.now())

if (cache !== undefined) loadThrough(cache)

/** Has Node load the program's files with what is kept of them: there is one place where a module of a kind is loaded, and no newer way to give code. */
function loadThrough (kept: CodeCache): void {
  const loaders = Reflect.get(module, '_extensions') as Record<string, (loaded: NodeJS.Module, filename: string) => void>
  const others = loaders['.js']
  loaders['.cjs'] = (loaded, filename) => {
    if (dirname(filename) !== import.meta.dirname) others?.(loaded, filename)
    else kept.compile(filename)(loaded.exports, id => requireFrom(loaded, id), loaded, filename, import.meta.dirname)
  }
}

/** Packages are kept by Node 22.1 and up; most calls need none. */
function requireFrom (loaded: NodeJS.Module, id: string): unknown {
  if (!id.startsWith('.') && !id.startsWith('node:')) keepPackages()
  return loaded.require(id)
}

function keepPackages (): void {
  const { enableCompileCache }: Pick<typeof module, 'builtinModules'> & { readonly enableCompileCache?: (folder: string) => unknown } = module
  if (enableCompileCache !== undefined && folder !== undefined && makeFolder(folder)) enableCompileCache(folder)
}

// No `await` stands here: the bundle is CommonJS.
import('./start.js').then(async ({ start }) => {
  await start()
  cache?.keep()
  setImmediate(endSoon)
}, fail)

/** Ends the process where nothing is under way any more: left to itself, Node would first wait for what V8 is still compiling in the background, some 50 ms. */
function endSoon (): void {
  if (process.getActiveResourcesInfo().every(resource => resource === 'Immediate')) process.exit()
}

function fail (error: unknown): never {
  throw error
}
