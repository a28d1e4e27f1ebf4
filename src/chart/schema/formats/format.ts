import { checkIpv4, checkIpv6 } from './addresses.js'
import { checkEmail, checkHostname } from './names.js'
import { checkJsonPointer, checkRelativeJsonPointer } from './pointers.js'
import { checkDate, checkDateTime, checkDuration, checkPeriod, checkTime } from './times.js'
import { checkUri, checkUriReference, checkUriTemplate } from './uris.js'
import { checkSemver, checkUuid } from './versions.js'

/** Checks a text; throws a FormatError when it is not of the format. */
export type FormatCheck = (text: string) => void

/** The formats that are known beside `regex`. */
export const formats: ReadonlyMap<string, FormatCheck> = new Map([
  ['json-pointer', checkJsonPointer],
  ['relative-json-pointer', checkRelativeJsonPointer],
  ['uuid', checkUuid],
  ['duration', checkDuration],
  ['period', checkPeriod],
  ['ipv4', checkIpv4],
  ['ipv6', checkIpv6],
  ['hostname', checkHostname],
  ['email', checkEmail],
  ['date', checkDate],
  ['time', checkTime],
  ['date-time', checkDateTime],
  ['uri', checkUri],
  ['iri', checkUri],
  ['uri-reference', checkUriReference],
  ['iri-reference', checkUriReference],
  ['uri-template', checkUriTemplate],
  ['semver', checkSemver]
])
