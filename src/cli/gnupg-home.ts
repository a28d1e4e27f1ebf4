import { join } from 'node:path'

/**
 * GnuPG's folder: `GNUPGHOME`, or `.gnupg` in the user's home.
 *
 * @param env the environment's variables
 */
export function gnupgHome (env: Readonly<Record<string, string | undefined>>): string {
  return env['GNUPGHOME'] ?? join(env['HOME'] ?? '', '.gnupg')
}
