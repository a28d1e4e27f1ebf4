import { posix } from 'node:path'
import { define, type FunctionTable } from './define.js'

/** Sprig's functions on paths: Go's path package; the `os` ones are the same, as rendering does not depend on the machine. */
export const pathFunctions: FunctionTable = new Map([
  ...['base', 'osBase'].map(name => [name, define(['string'], base)] as const),
  ...['dir', 'osDir'].map(name => [name, define(['string'], path => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)))] as const),
  ...['clean', 'osClean'].map(name => [name, define(['string'], cleanPath)] as const),
  ...['ext', 'osExt'].map(name => [name, define(['string'], path => /\.[^./]*$/.exec(path)?.[0] ?? '')] as const),
  ...['isAbs', 'osIsAbs'].map(name => [name, define(['string'], path => path.startsWith('/'))] as const)
])

/** The last element, without slashes behind it. */
function base (path: string): string {
  if (path === '') return '.'
  let end = path.length
  while (end > 0 && path.charAt(end - 1) === '/') end--
  return end === 0 ? '/' : path.slice(path.lastIndexOf('/', end - 1) + 1, end)
}

/** The shortest path that means the same. */
function cleanPath (path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}
