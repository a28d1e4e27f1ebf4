import { readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TemplateSet } from '../template/template.js'
import type { OwnPage } from './options.js'

/**
 * Reads an operator's page from a folder: all of its `*.html` are Go templates that may call each other by file name, and `index.html` is
 * what the page is. It gets no data, so it is rendered once.
 *
 * ChartMuseum uses html/template, which also escapes what a template prints; here what it prints stays as it is.
 *
 * @param directory the folder
 * @returns undefined when it has no index.html
 * @throws {TemplateError} for a template that cannot be read or run; the file system's error for a folder that cannot be read
 */
export async function loadOwnPage (directory: string): Promise<OwnPage | undefined> {
  const names = (await readdir(directory)).filter(name => name.endsWith('.html'))
  if (!names.includes('index.html')) return undefined
  const set = new TemplateSet({ functions: new Map(), missingKey: 'default', name: 'index.html' })
  for (const name of names.sort()) set.parse(name, await readFile(join(directory, name), 'utf8'))
  const staticDirectory = join(directory, 'static')
  // html/template prints nothing for nil, where text/template says that there is none.
  const html = set.execute('index.html', null).replaceAll('<no value>', '')
  return { html, ...(existsSync(staticDirectory) && { staticDirectory }) }
}
