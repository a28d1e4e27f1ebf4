import { sprigFunctions } from '../sprig/table.js'
import type { Sources } from '../sprig/sources.js'
import { TemplateSet } from '../template/template.js'

/**
 * The name that a template gives (`--name-template`): Go's text/template with Sprig's functions, without data.
 *
 * @param text the template
 * @param sources clock and chance
 * @throws {TemplateError}
 */
export function nameFromTemplate (text: string, sources: Sources): string {
  const set = new TemplateSet({ functions: sprigFunctions(sources), missingKey: 'default', name: 'name-template' })
  set.parse('name-template', text)
  return set.execute('name-template', null)
}
