import type { Flag } from './command.js'

/** `--revision` of the commands that read one revision of a release. */
export const revisionFlag: Flag = { name: 'revision', type: 'int', usage: 'get the named release with revision' }
