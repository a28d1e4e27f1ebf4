import { byteLength } from '../../go/bytes.js'
import { quote } from '../../go/strconv.js'
import type { LintObject } from './objects.js'

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const dns1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'

const subdomainWords = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
const labelWords = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
const dns1035Words = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "

/**
 * What is wrong with an object's name, by the rules of Kubernetes for its kind.
 *
 * @returns undefined for a name without fault
 */
export function complaintAboutObjectName ({ kind, name }: LintObject): string | undefined {
  const wrong = rulesOf(kind.toLowerCase())(name).map(message => `metadata.name: Invalid value: ${quote(name)}: ${message}`)
  if (wrong.length === 0) return undefined
  return `object name does not conform to Kubernetes naming requirements: ${quote(name)}: ${wrong.length === 1 ? wrong.join() : `[${wrong.join(', ')}]`}`
}

function rulesOf (kind: string): (name: string) => string[] {
  switch (kind) {
    case 'service': return complaintsAboutService
    case 'namespace': return complaintsAboutLabel
    case 'certificatesigningrequest': return () => []
    case 'role': case 'clusterrole': case 'rolebinding': case 'clusterrolebinding': return complaintsAboutSegment
    default: return complaintsAboutSubdomain
  }
}

function complaintsAboutSubdomain (name: string): string[] {
  return [...tooLong(name, 253), ...matches(name, subdomain) ? [] : [`${subdomainWords}'${subdomain}')`]]
}

function complaintsAboutLabel (name: string): string[] {
  if (matches(name, label)) return tooLong(name, 63)
  return [...tooLong(name, 63), matches(name, subdomain) ? 'must not contain dots' : `${labelWords}'${label}')`]
}

function complaintsAboutService (name: string): string[] {
  return [...tooLong(name, 63), ...matches(name, dns1035) ? [] : [`${dns1035Words}'${dns1035}')`]]
}

/** What may not stand in the path of a request. */
function complaintsAboutSegment (name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter(part => name.includes(part)).map(part => `may not contain '${part}'`)
}

function tooLong (name: string, max: number): string[] {
  return byteLength(name) > max ? [`must be no more than ${max} characters`] : []
}

function matches (name: string, expression: string): boolean {
  return name.length < 1000 && new RegExp(`^${expression}$`).test(name)
}
