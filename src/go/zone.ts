/** A fixed offset from UTC. */
export interface Zone {
  /** The abbreviation that `MST` prints, such as `CET`; empty for an offset without one. */
  readonly name: string
  /** Seconds east of UTC. */
  readonly offset: number
  /** Whether it is what Go calls Local: `%#v` of a time tells, also where that is UTC. */
  readonly isLocal?: boolean
}

/** Coordinated universal time. */
export const utc: Zone = { name: 'UTC', offset: 0 }
