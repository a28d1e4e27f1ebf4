import type { Chart } from '../chart/chart.js'
import type { Value } from '../go/value.js'
import { NamedMap } from '../sprig/typed.js'
import { TemplateError } from '../template/errors.js'
import { Scope } from '../template/runtime.js'
import { TemplateSet } from '../template/template.js'
import { engineFunctions, withoutNoValue } from './functions.js'
import type { EngineOptions } from './options.js'
import type { RenderValues } from './render-values.js'
import { executionError, parseError } from './template-errors.js'
import { isPartial, templatesOf, type ChartTemplate } from './templates.js'

/**
 * Renders a chart's templates, and its sub-charts', as Helm's engine does: all of them form one set, so every `define` is seen everywhere;
 * of two with one name the one that is parsed later counts, which is the parent's, and in one folder the first by name.
 *
 * @param chart the chart, its dependencies processed
 * @param values what it is rendered with; templates may change the map of values, and later ones see it
 * @param options clock, random bytes, look-up, limits
 * @returns each file's text by its path, partials left out, in the order in which they were rendered
 * @throws {EngineError} `parse`, `execution` or `failed`
 */
export function render (chart: Chart, values: RenderValues, options: EngineOptions): Map<string, string> {
  const templates = templatesOf(chart, values)
  const set = parseAll(templates, options)
  const scope = new Scope(options.limits, () => options.clock().getTime())
  const rendered = new Map<string, string>()
  for (const template of templates) {
    if (isPartial(template.name)) continue
    rendered.set(template.name, withoutNoValue(execute(set, template, { scope, limitHint: options.limitHint })))
  }
  return rendered
}

function parseAll (templates: readonly ChartTemplate[], options: EngineOptions): TemplateSet {
  const set = new TemplateSet({ functions: engineFunctions(options), missingKey: options.strict === true ? 'error' : 'zero', name: 'gotpl' })
  for (const { name, text, file } of templates) {
    try {
      set.parse(name, text, file)
    } catch (error) {
      if (error instanceof TemplateError) throw parseError(error)
      throw error
    }
  }
  return set
}

interface Execution {
  readonly scope: Scope
  readonly limitHint: string | undefined
}

function execute (set: TemplateSet, template: ChartTemplate, { scope, limitHint }: Execution): string {
  const facts = new Map<string, Value>([['Name', template.name], ['BasePath', template.basePath]])
  template.data.set('Template', new NamedMap('common.Values', facts))
  try {
    return set.execute(template.name, new NamedMap('common.Values', template.data), scope)
  } catch (error) {
    if (error instanceof TemplateError) throw executionError(error, limitHint)
    throw error
  }
}
