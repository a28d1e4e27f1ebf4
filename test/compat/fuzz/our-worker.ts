/** Renders in a thread of its own, which can be ended when it hangs. */
import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { parentPort } from 'node:worker_threads'
import { loadFiles } from '../../../src/chart/load-files.js'
import { program } from '../../../src/cli/program.js'
import { run } from '../../../src/cli/run.js'
import { defaultCapabilities } from '../../../src/engine/capabilities.js'
import { renderChart } from '../../../src/engine/render-chart.js'
import { encode } from '../../../src/go/bytes.js'
import type { Answer, Question } from './ours.js'

const clock = (): Date => new Date()

/** Random bytes that are none: what depends on them is not tried. */
function random (size: number): Uint8Array {
  return createHash('shake256', { outputLength: size }).digest()
}

async function answer (question: Question): Promise<Answer> {
  return question.kind === 'render' ? rendered(question) : await called(question)
}

/** Renders a chart in memory, as `lint` does or as `template` does. */
function rendered ({ files, lint }: Extract<Question, { kind: 'render' }>): Answer {
  try {
    const chart = loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text) })))
    const release = lint
      ? { name: 'test-release', namespace: 'default', revision: 0, isInstall: false, isUpgrade: false }
      : { name: 'release', namespace: 'default', revision: 1, isInstall: true, isUpgrade: false }
    const { manifest } = renderChart({ chart, values: new Map(), release, capabilities: defaultCapabilities(), clock, random, lint })
    return { code: 0, stdout: manifest, stderr: '' }
  } catch (error) {
    return { code: 1, stdout: '', stderr: error instanceof Error ? error.message : String(error), ...internal(error) }
  }
}

/** Calls the program in this thread. */
async function called ({ args, cwd }: Extract<Question, { kind: 'call' }>): Promise<Answer> {
  const texts = { stdout: '', stderr: '' }
  const collect = (name: 'stdout' | 'stderr'): PassThrough => {
    const stream = new PassThrough()
    stream.setEncoding('utf8').on('data', (text: string) => { texts[name] += text })
    return stream
  }
  const streams = { stdout: collect('stdout'), stderr: collect('stderr') }
  const env = { HOME: cwd, HELM_CACHE_HOME: cwd, HELM_CONFIG_HOME: cwd, HELM_DATA_HOME: cwd }
  const code = await run(program, args, { ...streams, stdin: Readable.from([]), env, cwd, clock, random, signal: new AbortController().signal })
  for (const stream of [streams.stdout, streams.stderr]) {
    const ended = new Promise(resolve => stream.once('end', resolve))
    stream.end()
    await ended
  }
  return { code, ...texts }
}

/** A fault of the program itself, somewhere under the error that it was told as. */
function internal (error: unknown): { internal?: string } {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ((current instanceof TypeError || current instanceof ReferenceError || current instanceof RangeError) && current.stack !== undefined) return { internal: current.stack }
  }
  return {}
}

parentPort?.on('message', ({ id, question }: { id: number, question: Question }) => {
  answer(question).then(
    result => parentPort?.postMessage({ id, result }),
    (error: unknown) => parentPort?.postMessage({ id, result: { code: -1, stdout: '', stderr: '', internal: error instanceof Error ? error.stack ?? error.message : String(error) } })
  )
})
