import { Constraints, Version } from '../go/semver.js'
import { define, type FunctionTable } from './define.js'
import { VersionObject } from './version-object.js'

/** Sprig's functions on semantic versions: Masterminds/semver, which also reads `v1.2`. */
export const semverFunctions: FunctionTable = new Map([
  ['semver', define(['string'], text => new VersionObject(Version.parse(text)))],
  ['semverCompare', define(['string', 'string'], (constraint, version) => {
    const constraints = Constraints.parse(constraint)
    return constraints.check(Version.parse(version))
  })]
])
