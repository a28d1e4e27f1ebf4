/**
 * Records what Go's own text/template makes of gotemplate/cases.yaml, into recorded/go-template.json. It needs Go.
 *
 *     npm run compile
 *     node dist/test/compat/record-go-template.js
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compatFolder } from './case-file.js'
import { templateCases, templateRecordingPath, type TemplateResult } from './go-template-cases.js'

const cases = [...templateCases().values()].flat()
const answer = execFileSync('go', ['run', '.'], {
  cwd: join(compatFolder(), 'gotemplate'),
  input: JSON.stringify(cases),
  maxBuffer: 64 * 1024 * 1024,
  encoding: 'utf8'
})
const { go, results } = JSON.parse(answer) as { go: string, results: TemplateResult[] }
const recorded = Object.fromEntries(cases.map(({ name }, i) => [name, results[i] ?? {}]))
writeFileSync(templateRecordingPath(), `${JSON.stringify({ go, results: recorded }, null, 1)}\n`)
process.stdout.write(`${cases.length} cases, recorded with ${go}\n`)
