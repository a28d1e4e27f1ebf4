import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import { parseCondition, type Condition } from '../kube/condition.js'
import type { Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'

/** `--wait-for` of install, upgrade and rollback. */
export const waitForFlag: Flag = {
  name: 'wait-for',
  type: 'stringArray',
  typeName: 'KIND[.GROUP]/NAME=JSONPATH[=VALUE]',
  usage: "wait until an object of the release, or of its namespace, is as a condition says, such as 'deployment/web={.status.readyReplicas}=3' (can specify multiple; with and without --wait, before the last hooks, up to --timeout). Without a value, the path must lead to something that is not empty"
}

/**
 * Reads `--wait-for`.
 *
 * @param flags the call's
 * @throws {CliError} invalid-argument, saying which is wrong, and how
 */
export function waitForOf (flags: Flags): Condition[] {
  return flags.list('wait-for').map(text => {
    try {
      return parseCondition(text)
    } catch (error) {
      throw new CliError('invalid-argument', `invalid argument ${quote(text)} for "--wait-for" flag: ${messageOf(error)}`, { cause: error })
    }
  })
}
