import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** A program's call. */
export interface Call {
  readonly file: string
  readonly args: readonly string[]
}

/** What one call took. */
export interface Taken {
  /** Milliseconds from start to end. */
  readonly wall: number
  /** Milliseconds of all processors together, the system's part included. */
  readonly cpu: number
}

/** Where GNU's time stands, which is asked for the peak of memory. */
const gnuTime = '/usr/bin/time'

/**
 * Runs a program as a process of its own, its output thrown away; bash's `time` measures it, without the shell's own start.
 *
 * @throws {Error} with what it printed to stderr, when it fails
 */
export function timed ({ file, args }: Call): Taken {
  const report = execFileSync('bash', ['-c', 'set -e; TIMEFORMAT="%3R %3U %3S"; { time "$0" "$@" >/dev/null 2>&3; } 3>&2 2>&1', file, ...args], {
    encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe']
  })
  const [wall = NaN, user = NaN, system = NaN] = report.trim().split(' ').map(seconds => Number(seconds) * 1000)
  return { wall, cpu: user + system }
}

/**
 * The most memory that a program held at once.
 *
 * @returns mebibytes; undefined where there is no GNU time to ask
 */
export function peakMemory ({ file, args }: Call): number | undefined {
  if (!existsSync(gnuTime)) return undefined
  const report = execFileSync('bash', ['-c', '"$0" -f %M "$@" 2>&1 >/dev/null | tail -n 1', gnuTime, file, ...args], { encoding: 'utf8' })
  return Number(report.trim()) / 1024
}

/** What a program prints. */
export function printed ({ file, args }: Call): string {
  return execFileSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The middle one; the mean of the two middle ones of an even count. */
export function median (numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}
