import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'
import { hostileCases, type HostileCase } from './hostile-cases.js'
import { runProgram } from './run-program.js'

/** Seconds of the processor: a machine that is busy with other things makes no difference to them. */
const seconds = 2
const mebibytes = 500

const program = join(repositoryRoot(import.meta.dirname), 'dist', 'program', 'main.cjs')

/** Has a process write what it used when it ends. */
const usage = 'data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.USAGE_FILE,JSON.stringify(process.resourceUsage())))'

for (const each of hostileCases) {
  t.test(each.name, async t => {
    const { code, stderr, cpu, memory } = await render(each, t.testdir())
    if (each.error === undefined) t.strictSame({ code, errors: stderr.split('\n').filter(line => line !== '' && !/^level=(?:WARN|INFO) /.test(line)) }, { code: 0, errors: [] })
    else t.match({ code, stderr }, { code: 1, stderr: each.error })
    t.ok(cpu < (each.seconds ?? seconds), `${cpu} s`)
    t.ok(memory < mebibytes, `${memory} MiB`)
  })
}

interface Rendered {
  readonly code: number
  readonly stderr: string
  /** Seconds. */
  readonly cpu: number
  /** Mebibytes. */
  readonly memory: number
}

/** Calls the built program as a process of its own. */
async function render ({ files, args = [] }: HostileCase, folder: string): Promise<Rendered> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const usageFile = join(folder, 'usage.json')
  const env = { HOME: folder, USAGE_FILE: usageFile }
  const { code, stderr } = await runProgram(process.execPath, ['--import', usage, program, 'template', 'release', './chart', ...args], { cwd: folder, env })
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage
  return { code, stderr, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }
}
