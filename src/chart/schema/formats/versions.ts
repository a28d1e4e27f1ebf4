import { quoteRune } from '../../../go/strconv.js'
import { bytesOf } from './addresses.js'
import { FormatError } from './format-error.js'
import { requireCharacters } from './names.js'

const groupLengths = [8, 4, 4, 4, 12]

/** RFC 4122. @throws {FormatError} */
export function checkUuid (text: string): void {
  const groups = text.split('-')
  if (groups.length !== groupLengths.length) throw new FormatError('must have 5 elements')
  for (const [index, group] of groups.entries()) {
    const length = groupLengths[index] ?? 0
    if (bytesOf(group) !== length) throw new FormatError(`element ${index + 1} must be ${length} characters long`)
    const foreign = /[^\da-fA-F]/u.exec(group)
    if (foreign !== null) throw new FormatError(`non-hex character ${quoteRune(foreign[0].codePointAt(0) ?? 0)}`)
  }
}

/** semver.org 2.0.0. @throws {FormatError} */
export function checkSemver (text: string): void {
  const [, core = '', preRelease, build] = /^([^+-]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text) ?? []
  if (build !== undefined) checkBuild(build)
  if (preRelease !== undefined) checkPreRelease(preRelease)
  checkCore(core)
}

function checkBuild (build: string): void {
  if (build === '') throw new FormatError('build is empty')
  for (const part of build.split('.')) {
    if (part === '') throw new FormatError('build identifier is empty')
    requireCharacters(part, /[0-9a-zA-Z-]/, ' in build identifier')
  }
}

function checkPreRelease (preRelease: string): void {
  for (const part of preRelease.split('.')) {
    if (part === '') throw new FormatError('pre-release identifier is empty')
    requireCharacters(part, /[0-9a-zA-Z-]/, ' in pre-release identifier')
    if (/^0\d+$/.test(part)) throw new FormatError('pre-release numeric identifier starts with zero')
  }
}

function checkCore (core: string): void {
  const numbers = core.split('.')
  if (numbers.length !== 3) throw new FormatError('versionCore must have 3 numbers separated by dot')
  for (const [index, number] of numbers.entries()) {
    const name = ['major', 'minor', 'patch'][index] ?? ''
    if (number === '') throw new FormatError(`${name} is empty`)
    if (number.length > 1 && number.startsWith('0')) throw new FormatError(`${name} starts with zero`)
    if (!/^\d+$/.test(number)) throw new FormatError(`${name} contains non-digit`)
  }
}
