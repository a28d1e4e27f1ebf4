import type { Call } from './calls.js'
import { kindOf } from './calls.js'
import type { Strike } from './strike.js'
import type { Upload } from './uploads.js'
import { fileName } from './uploads.js'

/** An error at a call, and the status of the answer that it leads to. */
export interface PlannedError {
  readonly strike: Strike
  readonly status: number
}

/** How many of a body's pieces are struck: how many there are is not the same each time. */
const piecesOfBody = 2

const staging = 'charts/.portolan/staging/*'

/** Ends of the process: at each call that changes the store, and at the one that answers the client. */
export function killsOf (calls: readonly Call[], upload: Upload): Strike[] {
  return chosen(calls, upload).filter(call => kindOf(call) === 'answer' || changesFiles(call)).map(call => ({ call, effect: 'kill', lasting: false }))
}

/**
 * Errors. At each call that changes the store: no space, a fault of the disk, no descriptor left, a file system that cannot be written to. At the first of
 * each kind: a quota that is used up, and a fault that lasts; and where files are only looked at or closed, a fault.
 */
export function errorsOf (calls: readonly Call[], upload: Upload): PlannedError[] {
  const committed = calls.findIndex(call => call.thread === 'main' && call.name === 'fsync')
  const kinds = new Set<string>()
  return chosen(calls, upload).flatMap(call => {
    const kind = `${call.thread} ${call.name} ${call.place}`
    const afterCommit = upload.log === 'full' && call.thread === 'main' && calls.indexOf(call) > committed
    const strikes = [...usualErrors(call), ...kinds.has(kind) ? [] : moreErrors(call)]
    kinds.add(kind)
    return strikes.map(strike => ({ strike, status: afterCommit || isHarmless(strike, upload) ? 201 : statusOf(strike) }))
  })
}

function chosen (calls: readonly Call[], { thread }: Upload): Call[] {
  return calls.filter(call => (thread === undefined || call.thread === thread) && !(call.place === 'spool/*' && call.name === 'write' && call.nthOfFile > piecesOfBody))
}

/** To open a file changes nothing, unless it is made. */
function changesFiles (call: Call): boolean {
  return kindOf(call) === 'change' && (call.name !== 'openat' || call.line.includes('O_CREAT'))
}

function usualErrors (call: Call): Strike[] {
  return kindOf(call) === 'change' ? (['ENOSPC', 'EIO', 'EMFILE', 'EROFS'] as const).map(effect => ({ call, effect, lasting: false })) : []
}

/** To SQLite, a quota that is used up is any error; what it reads or closes is its own. */
function moreErrors (call: Call): Strike[] {
  const isFile = call.thread === 'pool'
  switch (kindOf(call)) {
    case 'change': return [...isFile ? [{ call, effect: 'EDQUOT', lasting: false } as const] : [], { call, effect: 'EIO', lasting: true }]
    case 'look':
    case 'close': return isFile ? [{ call, effect: 'EIO', lasting: false }] : []
    case 'answer':
    case 'other': return []
  }
}

/** SQLite does not say what a flush failed with. */
function statusOf ({ call, effect }: Strike): number {
  const isFull = effect === 'ENOSPC' || effect === 'EDQUOT'
  return isFull && !(call.thread === 'main' && call.name === 'fsync') ? 507 : 500
}

function isHarmless ({ call, effect, lasting }: Strike, { before }: Upload): boolean {
  const { name, place, line } = call
  // A name that stays in the staging folder is swept at the next start.
  if (place === staging && (name.startsWith('unlink') || (name === 'statx' && !line.includes('AT_EMPTY_PATH')))) return true
  // The folder is there, and the file that has no name is not needed any more.
  if ((place === 'spool' && name.startsWith('mkdir')) || (place === 'spool/*' && name === 'close')) return true
  // What is published is looked up and opened again when that fails, unless there is no space.
  const isReading = before !== undefined && ['charts/.portolan', `charts/${fileName}`].includes(place) && (name === 'openat' || name === 'statx')
  return isReading && !lasting && effect !== 'ENOSPC' && effect !== 'EDQUOT'
}
