/**
 * Whether a text is an IPv6 address as Go's netip reads it (RFC 4291, section 2.2, with a zone behind `%`).
 *
 * @param text such as `fe80::1%eth0`
 * @returns true for an IPv6 address, false for an IPv4 one
 */
export function isIPv6 (text: string): boolean {
  const percent = text.indexOf('%')
  if (percent === text.length - 1) return false
  return parseIPv6(percent === -1 ? text : text.slice(0, percent)) !== undefined
}

/**
 * The bytes of an address: Go's net.ParseIP.
 *
 * @param text an IPv4 or IPv6 address, without a zone
 * @returns 4 bytes for IPv4, also where it is written within IPv6, else 16; undefined when it is neither
 */
export function parseIp (text: string): Uint8Array | undefined {
  const address = parseIPv4(text) ?? parseIPv6(text)
  if (address?.length !== 16) return address
  const isMapped = address.subarray(0, 10).every(byte => byte === 0) && address[10] === 0xff && address[11] === 0xff
  return isMapped ? address.subarray(12) : address
}

function parseIPv4 (text: string): Uint8Array | undefined {
  if (!/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) return undefined
  const bytes = text.split('.').map(Number)
  return bytes.every(byte => byte < 256) ? Uint8Array.from(bytes) : undefined
}

function parseIPv6 (text: string): Uint8Array | undefined {
  const [head = '', tail, ...more] = text.split('::')
  const front = groupsOf(head, tail === undefined)
  const back = groupsOf(tail ?? '', true)
  if (more.length > 0 || front === undefined || back === undefined) return undefined
  const missing = 16 - front.length - back.length
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return Uint8Array.from([...front, ...new Array<number>(missing).fill(0), ...back])
}

/** The bytes of a run of groups, the last of which may be an IPv4 address; undefined when one is malformed. */
function groupsOf (text: string, mayEndInIPv4: boolean): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const last = groups.at(-1) ?? ''
  const address = mayEndInIPv4 && last.includes('.') ? parseIPv4(last) : new Uint8Array()
  if (address === undefined) return undefined
  const plain = address.length === 0 ? groups : groups.slice(0, -1)
  if (!plain.every(group => /^[\da-fA-F]{1,4}$/.test(group))) return undefined
  return [...plain.flatMap(group => [Number(`0x${group}`) >> 8, Number(`0x${group}`) & 0xff]), ...address]
}
