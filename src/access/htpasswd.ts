import { AccessError } from './errors.js'

/** Names and the bcrypt hashes of their passwords. */
export type Hashes = ReadonlyMap<string, string>

/** bcrypt's modular form; a cost above 15 would take seconds for each sign-in. */
const bcryptHash = /^\$2[aby]\$(?:0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/

/**
 * Reads a file of users as Apache's `htpasswd -B` writes it: `name:hash` in each line, blank lines and those that begin with `#` left out.
 * Only bcrypt is taken: the other kinds are guessed in no time.
 *
 * @param text the file's text
 * @param path its name, for messages
 * @throws {AccessError} `invalid-file`, naming the line but neither the user nor the hash
 */
export function parseHtpasswd (text: string, path: string): Hashes {
  const hashes = new Map<string, string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const entry = line.trim()
    if (entry === '' || entry.startsWith('#')) continue
    const refuse = (reason: string): never => { throw new AccessError('invalid-file', `${path}:${index + 1}: ${reason}`) }
    const [, name = '', hash = ''] = /^([^:]+):(.*)$/.exec(entry) ?? refuse('no line of the form name:hash')
    if (!bcryptHash.test(hash)) refuse('the password is not hashed by bcrypt with a cost of 4 to 15 (htpasswd -B does that)')
    if (hashes.has(name)) refuse('the user stands here twice')
    hashes.set(name, hash)
  }
  return hashes
}
