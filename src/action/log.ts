/** What Helm writes to its log beside its output. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'

/** Takes a line for the log: what happened, and the facts of the case by name. */
export type Log = (level: LogLevel, message: string, facts?: Readonly<Record<string, string>>) => void
