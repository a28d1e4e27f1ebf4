/**
 * Whether a text is an IPv6 address as Go's netip reads it (RFC 4291, section 2.2, with a zone behind `%`).
 *
 * @param text such as `fe80::1%eth0`
 * @returns true for an IPv6 address, false for an IPv4 one
 */
export function isIPv6 (text: string): boolean {
  const percent = text.indexOf('%')
  if (percent === text.length - 1) return false
  const address = percent === -1 ? text : text.slice(0, percent)
  const [head = '', tail, ...more] = address.split('::')
  if (more.length > 0) return false
  const groups = groupsOf(head, tail === undefined) + (tail === undefined ? 0 : groupsOf(tail, true))
  return tail === undefined ? groups === 8 : groups < 8
}

/** How many 16-bit groups a run of groups stands for; too many when one is malformed. */
function groupsOf (text: string, mayEndInIPv4: boolean): number {
  if (text === '') return 0
  const parts = text.split(':')
  const last = parts.at(-1) ?? ''
  const hasIPv4 = mayEndInIPv4 && last.includes('.')
  if (hasIPv4 && !isIPv4(last)) return Infinity
  const groups = hasIPv4 ? parts.slice(0, -1) : parts
  return groups.every(group => /^[\da-fA-F]{1,4}$/.test(group)) ? groups.length + (hasIPv4 ? 2 : 0) : Infinity
}

function isIPv4 (text: string): boolean {
  return /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text) && text.split('.').every(part => Number(part) < 256)
}
