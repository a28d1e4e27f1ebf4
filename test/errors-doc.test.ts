import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import t from 'tap'
import { repositoryRoot } from './cluster/repository-root.js'

const root = repositoryRoot(import.meta.dirname)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The codes that a folder's errors.ts declares: in unions that end in Code, and in the bases of classes. */
function declared (source: string): string[] {
  const unions = [...source.matchAll(/^export type \w+Code =([\s\S]*?)\n\n/gm), ...source.matchAll(/CodedError<([\s\S]*?)>/g)]
  return [...new Set(unions.flatMap(union => [...(union[1] ?? '').matchAll(/'([a-z-]+)'/g)].map(match => match[1] ?? '')))].sort()
}

/** The codes that docs/errors.md lists, by folder. */
function documented (): Map<string, string[]> {
  const sections = read('docs/errors.md').split(/^## /m).slice(1)
  return new Map(sections.map(section => {
    const folder = /^`([^`]+)`/.exec(section)?.[1] ?? ''
    return [folder, [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(match => match[1] ?? '').sort()]
  }))
}

t.test('every code that the program can raise stands in docs/errors.md, and no other', async t => {
  const folders = ['storage', ...readdirSync(join(root, 'src'), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isDirectory())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split('\\').join('/'))]
  const found = new Map(folders.map(folder => [folder, declaredIn(folder)] as const).filter(([, codes]) => codes.length > 0))
  const listed = documented()
  for (const [folder, codes] of found) t.strictSame(listed.get(folder), codes, folder)
  t.strictSame([...listed.keys()].filter(folder => !found.has(folder)), [], 'no section is left over')
})

function declaredIn (folder: string): string[] {
  return readdirSync(join(root, folder)).includes('errors.ts') ? declared(read(`${folder}/errors.ts`)) : []
}
