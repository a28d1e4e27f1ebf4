import type { Catalog, Examination, Finding } from '../../catalog/catalog.js'
import { match } from '../../go/path.js'
import { BadPatternError } from '../../go/errors.js'
import type { Command } from '../command.js'
import { CliError } from '../errors.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { storeFlags, withStore } from '../store-command.js'
import type { Store } from '../open-store.js'

/** A finding, and whether it was mended. */
interface Outcome extends Finding {
  readonly fixed: boolean
}

/** `portolan doctor`: whether every published file is there, with the bytes that its record says. */
export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'compare every stored file with its record',
  description: 'Reads the whole storage, compares the digest of every file with its record, and names what is missing, corrupt, unreadable or without a record. The server may run meanwhile. The exit code is 1 when something is wrong and was not mended.',
  arguments: { min: 0, max: 0 },
  standalone: true,
  flags: [
    ...storeFlags(),
    { name: 'fix', type: 'bool', usage: 'mend what can be mended without losing anything: record what has no record, follow files that were replaced, finish what was left half done' },
    { name: 'forget', type: 'stringArray', usage: 'drop the records of missing files whose path in the storage matches this pattern, such as org1/mychart-*.tgz (can be given more than once)' },
    outputFlag
  ],
  run: async (context, _args, flags) => {
    const format = outputFormat(flags.string('output'))
    const forget = flags.list('forget')
    const { files, outcomes } = await withStore(context, flags, async store => {
      const first = await store.catalog.examine(store.depth)
      if (!flags.bool('fix') && forget.length === 0) return { files: first.files, outcomes: first.findings.map(finding => ({ ...finding, fixed: false })) }
      if (flags.bool('fix')) await mend(store)
      await forgetMissing(store.catalog, first, forget)
      const second = new Set((await store.catalog.examine(store.depth)).findings.map(nameOf))
      return { files: first.files, outcomes: first.findings.map(finding => ({ ...finding, fixed: !second.has(nameOf(finding)) })) }
    })
    writeOutput(context.stdout, format, { value: () => valueOf(files, outcomes), table: () => tableOf(files, outcomes) })
    if (outcomes.some(({ fixed }) => !fixed)) throw new CliError('silent', 'something is wrong with the storage')
  }
}

async function mend ({ catalog, depth }: Store): Promise<void> {
  await catalog.recover()
  await catalog.adopt({ depth, keepRecords: true })
}

async function forgetMissing (catalog: Catalog, { findings }: Examination, patterns: readonly string[]): Promise<void> {
  const wanted = findings.filter(finding => finding.kind === 'missing' && patterns.some(pattern => matches(pattern, pathOf(finding))))
  if (wanted.length > 0) await catalog.forget(wanted)
}

function matches (pattern: string, path: string): boolean {
  try {
    return match(pattern, path)
  } catch (error) {
    if (!(error instanceof BadPatternError)) throw error
    throw new CliError('invalid-argument', `--forget ${pattern}: ${error.message}`, { cause: error })
  }
}

function valueOf (files: number, outcomes: readonly Outcome[]): Map<string, number | Array<Map<string, string | boolean>>> {
  const findings = outcomes.map(({ kind, tenant, fileName, detail, fixed }) =>
    new Map<string, string | boolean>([['kind', kind], ['repository', tenant], ['file', fileName], ['detail', detail], ['fixed', fixed]]))
  return new Map<string, number | typeof findings>([['files', files], ['findings', findings]])
}

function tableOf (files: number, outcomes: readonly Outcome[]): string {
  const total = `${files} files were read: `
  if (outcomes.length === 0) return `${total}all are as recorded\n`
  const rows = outcomes.map(outcome => [outcome.kind, pathOf(outcome), outcome.fixed ? 'yes' : 'no', outcome.detail])
  return `${columns([['KIND', 'FILE', 'FIXED', 'DETAIL'], ...rows])}${total}${outcomes.length} findings, ${outcomes.filter(({ fixed }) => fixed).length} of them mended\n`
}

function pathOf ({ tenant, fileName }: Pick<Finding, 'tenant' | 'fileName'>): string {
  return tenant === '' ? fileName : `${tenant}/${fileName}`
}

function nameOf (finding: Finding): string {
  return `${finding.kind} ${pathOf(finding)}`
}
