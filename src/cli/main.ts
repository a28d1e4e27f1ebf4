#!/usr/bin/env node
import module from 'node:module'
import { compileCacheFolder, makeFolder } from './compile-cache.js'

// Node 22.1 and up keeps what it compiled for the next call. Where it cannot, it says so by what it returns, and goes on without.
const { enableCompileCache }: Pick<typeof module, 'builtinModules'> & { readonly enableCompileCache?: (folder: string) => unknown } = module
const folder = compileCacheFolder(process.env, process.platform)
if (enableCompileCache !== undefined && folder !== undefined && makeFolder(folder)) enableCompileCache(folder)

const { start } = await import('./start.js')
await start()
