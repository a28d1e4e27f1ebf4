import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/**
 * Mounts a file system in memory, on a folder of its own (tap empties those that it makes before it lets go of what is mounted on them), until a
 * test ends.
 *
 * @param megabytes how much it holds
 * @param inodes how many files and folders
 * @returns the folder
 * @throws when this process may not mount
 */
export function mountTmpfs (t: Test, megabytes: number, inodes = 1000): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'))
  t.teardown(() => rmdirSync(folder))
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,nr_inodes=${inodes},mode=0755`, 'tmpfs', folder)
  // Lazily: what a process still has open goes when it ends.
  t.teardown(() => run('umount', '--lazy', folder))
  return folder
}

function run (program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed, which these tests cannot do without (they need root): ${error?.message ?? stderr}`)
}
