/** What Sprig's functions take from the world around them: passed in, so that rendering is pure and tests are exact. */
export interface Sources {
  /** The time that `now` and its siblings see. */
  readonly clock: () => Date
  /** Random bytes, as many as asked for; they must be fit for secrets. */
  readonly random: (size: number) => Uint8Array
  /** The name of the zone that Go would call Local, such as `Europe/Paris`; UTC unless given. */
  readonly zone?: string
  /** Milliseconds since whenever, to tell how long a search took; the runtime's own unless given. */
  readonly stopwatch?: Stopwatch
}

/** Milliseconds since whenever. */
export type Stopwatch = () => number

/** The runtime's own stopwatch, which no change of the clock turns back. */
export function runtimeStopwatch (): number {
  return performance.now()
}
