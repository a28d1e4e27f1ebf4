import type { CommandGroup } from '../command.js'
import { repoAdd } from './repo-add.js'
import { repoIndex } from './repo-index.js'
import { repoList } from './repo-list.js'
import { repoRemove } from './repo-remove.js'
import { repoUpdate } from './repo-update.js'

/** `portolan repo`: the repositories that charts are found in. */
export const repo: CommandGroup = {
  name: 'repo',
  summary: 'add, list, remove, update and index chart repositories',
  commands: [repoAdd, repoIndex, repoList, repoRemove, repoUpdate]
}
