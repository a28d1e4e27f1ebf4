import { encode } from '../go/bytes.js'
import { Version } from '../go/semver.js'
import { GoObject, Int, int, type GoFunc, type Value } from '../go/value.js'
import { define } from './define.js'
import { SprigError } from './errors.js'

/** A version as templates see it: Masterminds/semver's `Version` with its methods. */
export class VersionObject extends GoObject {
  readonly goType: string
  readonly goKind: 'ptr' | 'struct'
  readonly version: Version

  /**
   * @param version the version
   * @param goType `*semver.Version`, or `semver.Version` for what the Inc methods give
   */
  constructor (version: Version, goType: string = '*semver.Version') {
    super()
    this.version = version
    this.goType = goType
    this.goKind = goType.startsWith('*') ? 'ptr' : 'struct'
  }

  override field (): undefined {
    return undefined
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    const { major, minor, patch, prerelease, metadata, original } = this.version
    const number = (value: bigint): Int => new Int('uint64', value)
    return [['major', number(major)], ['minor', number(minor)], ['patch', number(patch)], ['pre', prerelease], ['metadata', metadata], ['original', original]]
  }

  override method (name: string): GoFunc | undefined {
    return methods(this.version, this.goKind === 'ptr').get(name)
  }

  override deepCopied (): VersionObject {
    return new VersionObject(Version.zero, this.goType)
  }

  override string (): string {
    return this.version.toString()
  }

  override jsonValue (): Value {
    return this.version.toString()
  }
}

/** The methods of a `Version`, and those that only a pointer to one has. */
function methods (version: Version, isPointer: boolean): ReadonlyMap<string, GoFunc> {
  return new Map([...readings(version), ...changes(version), ...isPointer ? comparisons(version) : []])
}

function readings (version: Version): Array<[string, GoFunc]> {
  return [
    ['String', define([], () => version.toString())],
    ['Major', define([], () => new Int('uint64', version.major))],
    ['Minor', define([], () => new Int('uint64', version.minor))],
    ['Patch', define([], () => new Int('uint64', version.patch))],
    ['Prerelease', define([], () => version.prerelease)],
    ['Metadata', define([], () => version.metadata)],
    ['MarshalText', define([], () => encode(version.toString()))],
    ['MarshalJSON', define([], () => encode(JSON.stringify(version.toString())))],
    ['Value', define([], () => version.toString())]
  ]
}

function changes (version: Version): Array<[string, GoFunc]> {
  const prefix = version.original.startsWith('v') ? 'v' : ''
  const { major, minor, patch, prerelease } = version
  return [
    // A pre-release comes before its version, so the next patch after it is that version.
    ['IncPatch', define([], () => changed(Version.parse(`${prefix}${major}.${minor}.${prerelease === '' ? next('patch', patch) : patch}`)))],
    ['IncMinor', define([], () => changed(Version.parse(`${prefix}${major}.${next('minor', minor)}.0`)))],
    ['IncMajor', define([], () => changed(Version.parse(`${prefix}${next('major', major)}.0.0`)))],
    ['SetPrerelease', define(['string'], text => changed(version.labelled({ prerelease: text })))],
    ['SetMetadata', define(['string'], text => changed(version.labelled({ metadata: text })))]
  ]
}

const maxUint64 = 0xffff_ffff_ffff_ffffn

function next (part: string, value: bigint): bigint {
  if (value === maxUint64) throw new SprigError('limit', `${part} version increment would overflow uint64`)
  return value + 1n
}

function comparisons (version: Version): Array<[string, GoFunc]> {
  return [
    ['Original', define([], () => version.original)],
    ['Compare', define(['*semver.Version'], other => int(version.compare(versionOf(other))))],
    ['Equal', define(['*semver.Version'], other => version.compare(versionOf(other)) === 0)],
    ['LessThan', define(['*semver.Version'], other => version.compare(versionOf(other)) < 0)],
    ['LessThanEqual', define(['*semver.Version'], other => version.compare(versionOf(other)) <= 0)],
    ['GreaterThan', define(['*semver.Version'], other => version.compare(versionOf(other)) > 0)],
    ['GreaterThanEqual', define(['*semver.Version'], other => version.compare(versionOf(other)) >= 0)]
  ]
}

function changed (version: Version): VersionObject {
  return new VersionObject(version, 'semver.Version')
}

function versionOf (value: Value): Version {
  if (value instanceof VersionObject) return value.version
  throw new SprigError('type', 'wrong type for value; expected *semver.Version')
}
