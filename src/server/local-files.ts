import { readFile, stat } from 'node:fs/promises'
import type { Files } from '../access/watched-files.js'

/** Files of this machine, looked at through links: a mounted Secret is a link that Kubernetes points elsewhere. */
export const localFiles: Files = {
  mark: async path => {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path)
    return [ino, size, mtimeMs, ctimeMs].join(' ')
  },
  read: path => readFile(path, 'utf8')
}
