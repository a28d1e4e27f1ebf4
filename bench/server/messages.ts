/** What the process of uploads is told. */
export interface UploadLoad {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** Versions are spread over so many charts of the store. */
  readonly charts: number
}

/** What it says at its end. */
export interface UploadResult {
  /** Milliseconds of each upload. */
  readonly times: readonly number[]
  /** Seconds from the first upload's begin to the last one's end. */
  readonly seconds: number
  /** Of answers that were none, or not `201 {"saved":true}`. */
  readonly faults: readonly string[]
}

/** What the process of readers is told. */
export interface ReadLoad {
  readonly port: number
  /** Room for an index. */
  readonly space: number
}

/** What it says at its end. */
export interface ReadResult {
  readonly indexes: number
  readonly seconds: number
  readonly faults: readonly string[]
}

/** What a process was started with; both sides are this benchmark. */
export function argument (): unknown {
  return JSON.parse(process.argv[2] ?? '{}')
}

/** Says something to the process that started this one. */
export async function say (message: UploadResult | ReadResult | 'ready'): Promise<void> {
  await new Promise<void>((resolve, reject) => process.send?.(message, undefined, undefined, (error: Error | null) => error === null ? resolve() : reject(error)))
}
