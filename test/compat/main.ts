/**
 * `npm run record`: builds the real programs where they are not there yet, and records again what they print, recorder by recorder.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { preparePeers } from '../e2e/peers.js'

const recorders = ['record', 'record-go-template', 'record-strategic-merge', 'record-chart', 'record-schema', 'record-lint', 'record-repo', 'record-package', 'record-files', 'record-fixtures']

const env = { ...process.env, ...await preparePeers(process.env) }
for (const recorder of recorders) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${recorder}.js`)], { env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${recorder} failed`)
}
