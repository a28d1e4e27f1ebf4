/** Told what Helm's log warns of: what happened, and the facts of the case by name. */
export type Warn = (message: string, facts?: Readonly<Record<string, string>>) => void
