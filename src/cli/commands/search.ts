import type { CommandGroup } from '../command.js'
import { searchRepo } from './search-repo.js'

/** `portolan search`: looks for charts. */
export const search: CommandGroup = {
  name: 'search',
  summary: 'search for a keyword in charts',
  commands: [searchRepo]
}
