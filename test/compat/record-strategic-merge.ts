/**
 * Records the patches that Kubernetes' own libraries make of patch-cases/, by a small Go program, into recorded/patches.json; and makes
 * src/kube/strategic/patch-table.ts of the Go types that they go by. It needs Go.
 *
 *     npm run compile
 *     node dist/test/compat/record-strategic-merge.js
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compatFolder } from './case-file.js'
import { patchCases, patchRecordingPath, type PatchResult } from './patch-cases/cases.js'

function run (input: string, ...args: string[]): string {
  return execFileSync('go', ['run', '.', ...args], { cwd: join(compatFolder(), 'strategicpatch'), input, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' })
}

const cases = patchCases()
const questions = cases.map(({ original, modified, current }) => ({ apiVersion: modified['apiVersion'], kind: modified['kind'], original, modified, current }))
const { versions, results } = JSON.parse(run(JSON.stringify(questions))) as { versions: Record<string, string>, results: PatchResult[] }
const recorded = Object.fromEntries(cases.map(({ name }, i) => [name, results[i]]))
writeFileSync(patchRecordingPath(), `${JSON.stringify({ versions, results: recorded }, null, 1)}\n`)

const source = join(compatFolder(), '..', '..', 'src', 'kube', 'strategic', 'patch-table.ts')
const [head = ''] = readFileSync(source, 'utf8').split('`\n', 1)
writeFileSync(source, `${head}\`\n${run('', 'table')}\`\n`)
process.stdout.write(`${cases.length} cases, recorded with k8s.io/apimachinery ${versions['k8s.io/apimachinery'] ?? ''}\n`)
