import type { BackupManifest } from '../../db/backup.js'

/** What a backup holds, in words. */
export function countsText ({ counts }: Pick<BackupManifest, 'counts'>): string {
  return `the records of ${counts.versions} versions and ${counts.provenances} provenance files`
}
