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
    return methods(this.version).get(name)
  }

  override string (): string {
    return this.version.toString()
  }

  override jsonValue (): Value {
    return this.version.toString()
  }
}

function methods (version: Version): ReadonlyMap<string, GoFunc> {
  const prefix = version.original.startsWith('v') ? 'v' : ''
  const { major, minor, patch, prerelease } = version
  const suffixed = (pre: string, meta: string): VersionObject =>
    changed(`${prefix}${major}.${minor}.${patch}${pre === '' ? '' : `-${pre}`}${meta === '' ? '' : `+${meta}`}`)
  return new Map([
    ['String', define([], () => version.toString())],
    ['Original', define([], () => version.original)],
    ['Major', define([], () => new Int('uint64', major))],
    ['Minor', define([], () => new Int('uint64', minor))],
    ['Patch', define([], () => new Int('uint64', patch))],
    ['Prerelease', define([], () => prerelease)],
    ['Metadata', define([], () => version.metadata)],
    // A pre-release comes before its version, so the next patch after it is that version.
    ['IncPatch', define([], () => changed(`${prefix}${major}.${minor}.${prerelease === '' ? patch + 1n : patch}`))],
    ['IncMinor', define([], () => changed(`${prefix}${major}.${minor + 1n}.0`))],
    ['IncMajor', define([], () => changed(`${prefix}${major + 1n}.0.0`))],
    ['SetPrerelease', define(['string'], pre => suffixed(pre, version.metadata))],
    ['SetMetadata', define(['string'], meta => suffixed(prerelease, meta))],
    ['Compare', define(['any'], other => int(version.compare(versionOf(other))))],
    ['Equal', define(['any'], other => version.compare(versionOf(other)) === 0)],
    ['LessThan', define(['any'], other => version.compare(versionOf(other)) < 0)],
    ['LessThanEqual', define(['any'], other => version.compare(versionOf(other)) <= 0)],
    ['GreaterThan', define(['any'], other => version.compare(versionOf(other)) > 0)],
    ['GreaterThanEqual', define(['any'], other => version.compare(versionOf(other)) >= 0)]
  ])
}

function changed (text: string): VersionObject {
  return new VersionObject(Version.parse(text), 'semver.Version')
}

function versionOf (value: Value): Version {
  if (value instanceof VersionObject) return value.version
  throw new SprigError('type', 'wrong type for value; expected *semver.Version')
}
