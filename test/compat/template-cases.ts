import type { FileSession } from './file-session.js'

/** Everything of `template` and `show` that is compared with Helm, beyond what templates print. */
export const templateSessions: readonly FileSession[] = []
