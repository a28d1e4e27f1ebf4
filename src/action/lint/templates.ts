import { join, posix } from 'node:path'
import type { Chart } from '../../chart/chart.js'
import { ChartError } from '../../chart/errors.js'
import { processDependencies } from '../../chart/process-dependencies.js'
import { coalesceValues } from '../../chart/values.js'
import { messageOf } from '../../errors.js'
import { defaultCapabilities } from '../../engine/capabilities.js'
import { EngineError } from '../../engine/errors.js'
import type { KubeVersion } from '../../engine/kube-version.js'
import { toRenderValues } from '../../engine/render-values.js'
import { render } from '../../engine/render.js'
import { quote } from '../../go/strconv.js'
import type { Dict } from '../../go/value.js'
import { trimSpace } from '../../sprig/unicode.js'
import { unmarshalYaml } from '../../go/yaml.js'
import { boundsOf, type RenderContext } from '../context.js'
import { withValidation } from '../schema-validation.js'
import { kindAt, type ChartLoader } from './chart-files.js'
import { deprecatedKinds } from './deprecated-kinds.js'
import type { Findings } from './message.js'
import { complaintAboutObjectName } from './object-name.js'
import { documentsOf, type LintObject } from './objects.js'

/** What templates are rendered with. */
export interface TemplateRules {
  readonly context: RenderContext
  readonly values: Dict
  readonly namespace: string
  readonly kubeVersion: KubeVersion | undefined
  readonly skipSchemaValidation: boolean
}

const folderName = 'templates/'
const extensions = ['.yaml', '.yml', '.tpl', '.txt']

/**
 * The rules for templates: that they render, and that what they give looks like objects of Kubernetes.
 *
 * @param findings the chart's
 * @param loader the chart's
 */
export async function lintTemplates (findings: Findings, loader: ChartLoader, rules: TemplateRules): Promise<void> {
  const kind = await kindAt(join(loader.folder, 'templates'))
  if (!findings.note('WARNING', folderName, kind === undefined ? 'directory does not exist' : undefined)) return
  if (!findings.note('ERROR', folderName, kind === 'file' ? 'not a directory' : undefined)) return
  const { chart, complaint } = await loader.load()
  if (!findings.note('ERROR', folderName, complaint) || chart === undefined) return
  const files = await rendered(findings, chart, rules)
  if (files === undefined) return
  for (const { name } of chart.templates) {
    if (!lintFile(findings, name, { text: files.get(posix.join(chart.metadata.name, name)) ?? '', kubeVersion: rules.kubeVersion })) return
  }
}

async function rendered (findings: Findings, loaded: Chart, rules: TemplateRules): Promise<ReadonlyMap<string, string> | undefined> {
  const chart = silently(() => processDependencies(loaded, rules.values, warnTo(rules)))
  const coalesced = chart === undefined ? undefined : silently(() => coalesceValues(chart, rules.values, warnTo(rules)))
  if (chart === undefined || coalesced === undefined) return undefined
  try {
    const { context } = rules
    const capabilities = defaultCapabilities().with({ apiVersions: [], ...rules.kubeVersion === undefined ? {} : { kubeVersion: rules.kubeVersion } })
    const release = { name: 'test-release', namespace: rules.namespace, revision: 0, isInstall: false, isUpgrade: false }
    const values = toRenderValues(chart, coalesced, { release, capabilities, warn: warnTo(rules) })
    const { validate } = await withValidation(context, { chart, skipSchemaValidation: rules.skipSchemaValidation })
    if (!rules.skipSchemaValidation) validate?.(chart, values.values, context.log)
    return render(chart, values, { clock: context.clock, random: context.random, ...boundsOf(context), lint: true, warn: warnTo(rules) })
  } catch (error) {
    if (!(error instanceof EngineError) && !(error instanceof ChartError) && !isSchemaError(error)) throw error
    findings.note('ERROR', folderName, messageOf(error))
    return undefined
  }
}

/** The module of schemas is loaded only where there is one, so its errors are known by their name. */
function isSchemaError (error: unknown): boolean {
  return error instanceof Error && error.name === 'SchemaError'
}

/** Helm says nothing of dependencies and values that cannot be put together: the other rules do. */
function silently<T> (work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof ChartError) return undefined
    throw error
  }
}

/** What the engine warns about, as Helm logs it. */
function warnTo ({ context: { log } }: TemplateRules): (message: string) => void {
  return message => {
    const [, what, text = ''] = /^(missing required value|fail): (.*)$/s.exec(message) ?? []
    if (what === undefined) log('WARN', message)
    else log(what === 'fail' ? 'INFO' : 'WARN', what === 'fail' ? 'funcMap fail' : what, { message: text })
  }
}

interface RenderedText {
  readonly text: string
  readonly kubeVersion: KubeVersion | undefined
}

/** @returns false when the file cannot be read, which ends the work on templates */
function lintFile (findings: Findings, name: string, { text, kubeVersion }: RenderedText): boolean {
  const extension = posix.extname(name)
  findings.note('ERROR', name, extensions.includes(extension)
    ? undefined
    : `file extension '${extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt`)
  if (!['.yaml', '.yml'].includes(extension.toLowerCase()) || trimSpace(text) === '') return true
  findings.note('WARNING', name, complaintAboutIndent(text))
  for (const { object, complaint } of documentsOf(text)) {
    if (!findings.note('ERROR', name, complaint)) return false
    if (object !== undefined) lintObject(findings, name, { object, text, kubeVersion })
  }
  return true
}

function lintObject (findings: Findings, name: string, { object, text, kubeVersion }: RenderedText & { readonly object: LintObject }): void {
  findings.note('WARNING', name, complaintAboutObjectName(object))
  findings.note('WARNING', name, complaintAboutVersion(object, kubeVersion))
  findings.note('ERROR', name, complaintAboutSelector(object, text))
  findings.note('ERROR', name, complaintAboutList(object, text))
}

/** The first line that is not blank must not be indented. */
function complaintAboutIndent (text: string): string | undefined {
  const line = text.split(/\r?\n/).find(line => trimSpace(line) !== '') ?? ''
  return /^[ \t]/.test(line) ? `document starts with an illegal indent: ${quote(line)}, which may cause parsing problems` : undefined
}

function complaintAboutVersion ({ apiVersion, kind }: LintObject, kubeVersion: KubeVersion | undefined): string | undefined {
  const deprecation = deprecatedKinds.get(`${apiVersion} ${kind}`)
  if (deprecation === undefined) return undefined
  const { deprecated, removed, replacement } = deprecation
  const [major, minor] = minorOf(kubeVersion ?? defaultCapabilities().kubeVersion)
  if (major < 1 || (major === 1 && minor < deprecated)) return undefined
  return `${apiVersion} ${kind} is deprecated in v1.${deprecated}+${removed === 0 ? '' : `, unavailable in v1.${removed}+`}${replacement === '' ? '' : `; use ${replacement}`}`
}

function minorOf ({ normalized }: KubeVersion): readonly [number, number] {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(normalized) ?? []
  return [Number(major), Number(minor)]
}

/** The words may stand anywhere in the file. */
function complaintAboutSelector ({ kind, name }: LintObject, text: string): string | undefined {
  if (!['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind) || /matchLabels|matchExpressions/.test(text)) return undefined
  return `a ${kind} must contain matchLabels or matchExpressions, and ${quote(name)} does not`
}

function complaintAboutList ({ kind }: LintObject, text: string): string | undefined {
  if (kind !== 'List') return undefined
  const list = unmarshalYaml(text)
  const items = list instanceof Map ? list.get('items') : undefined
  if (!Array.isArray(items)) return undefined
  const annotated = items.some(item => {
    const metadata = item instanceof Map ? item.get('metadata') : undefined
    const annotations = metadata instanceof Map ? metadata.get('annotations') : undefined
    return annotations instanceof Map && annotations.has('helm.sh/resource-policy')
  })
  return annotated ? "annotation 'helm.sh/resource-policy' within List objects are ignored" : undefined
}
