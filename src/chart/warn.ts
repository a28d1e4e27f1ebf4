/** What Helm logs beside a message. */
export interface WarnDetails {
  /** WARN when not given: Helm tells some of these only as INFO, and what ends the work as ERROR too. */
  readonly level?: 'INFO' | 'WARN' | 'ERROR'
  /** The facts of the case, by name. */
  readonly facts?: Readonly<Record<string, string>>
}

/** Told what Helm's log says while a chart is loaded, its values are put together, or it is rendered. */
export type Warn = (message: string, details?: WarnDetails) => void

/**
 * The same with level INFO: what Helm writes to Go's plain log.
 *
 * @param warn is told
 */
export function informing (warn: Warn): (message: string) => void {
  return message => warn(message, { level: 'INFO' })
}
