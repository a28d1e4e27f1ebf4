import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { constants, gzipSync } from 'node:zlib'

/** An entry of an archive exactly as it shall stand there: nothing is checked, mended or left out. */
export interface RawEntry {
  readonly name: string
  readonly data?: Uint8Array | string
  /** The type flag; `0`, a file, when not given. */
  readonly type?: string
  /** What the header claims; the data's size when not given. */
  readonly size?: number
  readonly mode?: number
  readonly link?: string
}

/** The size of a tar block. */
const block = 512

/**
 * A good chart's archive.
 *
 * @param name the chart's name
 * @param version its version
 * @param files more files, or others in place of Chart.yaml, values.yaml and templates/configmap.yaml, by their name in the chart
 */
export async function chartArchive (name: string, version: string, files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Buffer> {
  return gzipSync(chartTar(name, version, files))
}

/** The tar inside such an archive. */
export function chartTar (name: string, version: string, files: Readonly<Record<string, string | Uint8Array>> = {}): Buffer {
  const all: Record<string, string | Uint8Array> = { ...defaultFiles(name, version), ...files }
  return rawTar(Object.entries(all).map(([file, data]) => ({ name: `${name}/${file}`, data })))
}

function defaultFiles (name: string, version: string): Record<string, string> {
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: A chart of ${name} for tests\n`,
    'values.yaml': 'greeting: hello\n',
    'templates/configmap.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-greeting\ndata:\n  greeting: {{ .Values.greeting | quote }}\n'
  }
}

/** An archive of entries as they are given. */
export function rawArchive (entries: readonly RawEntry[]): Buffer {
  return gzipSync(rawTar(entries), { level: constants.Z_BEST_SPEED })
}

/** A tar of entries as they are given, closed by its two empty blocks. */
export function rawTar (entries: readonly RawEntry[]): Buffer {
  return Buffer.concat([...entries.map(rawEntry), Buffer.alloc(2 * block)])
}

/** The header of an entry and its padded data. */
export function rawEntry (entry: RawEntry): Buffer {
  const data = Buffer.from(entry.data ?? '')
  return Buffer.concat([rawHeader(entry, data.length), data, Buffer.alloc(-data.length & (block - 1))])
}

/** A PAX record: its own length in front. */
export function paxRecord (key: string, value: string): string {
  const tail = Buffer.byteLength(` ${key}=${value}\n`)
  let length = tail + String(tail).length
  length = tail + String(length).length
  return `${length} ${key}=${value}\n`
}

function rawHeader (entry: RawEntry, length: number): Buffer {
  const header = Buffer.alloc(block)
  header.write(entry.name, 0, 100)
  header.write(octal(entry.mode ?? 0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  writeSize(header, entry.size ?? length)
  header.write(octal(1_700_000_000, 11), 136)
  header.write(entry.type ?? '0', 156, 'latin1')
  header.write(entry.link ?? '', 157, 100)
  header.write('ustar\x0000', 257, 'latin1')
  header.fill(' ', 148, 156)
  header.write(`${octal(header.reduce((sum, byte) => sum + byte, 0), 6)}\0 `, 148, 'latin1')
  return header
}

/** Sizes too great for eleven octal digits are written in base 256. */
function writeSize (header: Buffer, size: number): void {
  if (size < 8 ** 11) {
    header.write(octal(size, 11), 124)
  } else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
}

function octal (value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}

const chartYaml: RawEntry = { name: 'evil/Chart.yaml', data: 'apiVersion: v2\nname: evil\nversion: 1.0.0\n' }

function withEntry (entry: RawEntry): Buffer {
  return rawArchive([chartYaml, entry])
}

function withLongName (name: string): Buffer {
  return rawArchive([chartYaml, { name: 'pax', type: 'x', data: paxRecord('path', name) }, { name: 'evil/short', data: 'x' }])
}

const mebibyte = 1024 * 1024

/** Bytes of zeros as one gzip stream, made without holding them all. */
function zeros (prefix: Buffer, bytes: number): Buffer {
  return gzipSync(Buffer.concat([prefix, Buffer.alloc(bytes)]), { level: constants.Z_BEST_SPEED })
}

/** Archives that no server may take for a chart, by what is wrong with them. */
const evil = {
  'absolute path': () => withEntry({ name: 'evil//etc/passwd', data: 'x' }),
  'parent path': () => withEntry({ name: 'evil/../../etc/passwd', data: 'x' }),
  'windows parent path': () => withEntry({ name: 'evil\\..\\..\\boot.ini', data: 'x' }),
  'drive letter': () => withEntry({ name: 'evil/c:/boot.ini', data: 'x' }),
  'outside the folder': () => rawArchive([{ ...chartYaml, name: 'Chart.yaml' }]),
  'Chart.yaml as the folder': () => withEntry({ name: 'Chart.yaml/x', data: 'x' }),
  'symbolic link': () => withEntry({ name: 'evil/values.yaml', type: '2', link: '/etc/passwd' }),
  'hard link': () => withEntry({ name: 'evil/values.yaml', type: '1', link: '/etc/passwd' }),
  device: () => withEntry({ name: 'evil/null', type: '3' }),
  'sparse file': () => rawArchive([chartYaml, { name: 'pax', type: 'x', data: paxRecord('GNU.sparse.size', '1099511627776') }, { name: 'evil/sparse', data: 'x' }]),
  'huge announced size': () => withEntry({ name: 'evil/huge', size: 8 * 1024 ** 4 }),
  'size beyond the data': () => gzipSync(Buffer.concat([rawEntry(chartYaml), rawEntry({ name: 'evil/more', data: 'x', size: 4096 })])),
  'file of 6 MiB': () => withEntry({ name: 'evil/file', data: Buffer.alloc(6 * mebibyte) }),
  'bomb of one file': () => zeros(Buffer.concat([rawEntry(chartYaml), rawEntry({ name: 'evil/bomb', size: 101 * mebibyte })]), 101 * mebibyte),
  'bomb of many files': () => rawArchive([chartYaml, ...Array.from({ length: 26 }, (_, i) => ({ name: `evil/part${i}`, data: Buffer.alloc(4 * mebibyte) }))]),
  'bomb behind the end': () => zeros(Buffer.concat([rawEntry(chartYaml), Buffer.alloc(2 * block)]), 101 * mebibyte),
  'bomb in a directory': () => zeros(Buffer.concat([rawEntry(chartYaml), rawEntry({ name: 'evil/dir', mode: 0o40755, size: 101 * mebibyte })]), 101 * mebibyte),
  'bomb of sub-charts': () => rawArchive([chartYaml, ...Array.from({ length: 4 }, (_, i) => ({ name: `evil/charts/sub${i}.tgz`, data: nestedBomb(i) }))]),
  'too many entries': () => manyEntries(100_001),
  'name with a NUL': () => withLongName('evil/a\0b'),
  'name of 10,000 characters': () => withLongName(`evil/${'n'.repeat(10_000)}`),
  'record of 2 MiB': () => withLongName(`evil/${'n'.repeat(2 * mebibyte)}`),
  'records without end': () => gzipSync(Buffer.concat([rawEntry(chartYaml), ...Array.from({ length: 101 }, () => rawEntry({ name: 'pax', type: 'x', data: paxRecord('comment', 'c'.repeat(mebibyte - 20)) }))])),
  'wrong checksum': () => brokenHeader(),
  'empty body': () => Buffer.alloc(0),
  'short garbage': () => Buffer.from('garbage'),
  'no gzip': () => Buffer.from('this is no gzipped archive at all'),
  'no tar': () => gzipSync(randomBytes(2048)),
  'no files': () => rawArchive([{ name: 'evil/', type: '5' }]),
  'no Chart.yaml': () => rawArchive([{ name: 'evil/values.yaml', data: 'a: 1\n' }]),
  'cut short': () => { const whole = withEntry({ name: 'evil/file', data: randomBytes(4096) }); return whole.subarray(0, whole.length - 2000) },
  'cut before the checksum': () => { const whole = rawArchive([chartYaml]); return whole.subarray(0, whole.length - 6) },
  'wrong gzip checksum': () => { const whole = Buffer.from(rawArchive([chartYaml])); whole.fill(0xee, whole.length - 8, whole.length - 4); return whole },
  'corrupt data': () => { const whole = Buffer.from(rawArchive([chartYaml])); whole.fill(0xff, 10, 30); return whole },
  'aliases without end': () => rawArchive([{ ...chartYaml, data: aliasBomb() }])
} satisfies Record<string, () => Buffer>

/** What can be wrong with an archive. */
export type EvilKind = keyof typeof evil

/** Every kind of evil archive. */
export const evilKinds = Object.keys(evil).filter((kind): kind is EvilKind => kind in evil)

/** An archive that must be refused. The biggest of them need 101 MiB while they are made, and are small afterwards. */
export function evilArchive (kind: EvilKind): Buffer {
  return evil[kind]()
}

function nestedBomb (index: number): Buffer {
  const name = `sub${index}`
  const files = Array.from({ length: 9 }, (_, i) => ({ name: `${name}/part${i}`, data: Buffer.alloc(4 * mebibyte) }))
  return rawArchive([{ name: `${name}/Chart.yaml`, data: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n` }, ...files])
}

function manyEntries (count: number): Buffer {
  const entry = rawEntry({ name: 'evil/empty' })
  return gzipSync(Buffer.concat([rawEntry(chartYaml), ...Array.from({ length: count - 1 }, () => entry), Buffer.alloc(2 * block)]))
}

function brokenHeader (): Buffer {
  const tar = rawTar([chartYaml])
  tar.write('x', 0)
  return gzipSync(tar)
}

/** Nine lists of nine references to the list before: 9^9 elements once they are followed. */
function aliasBomb (): string {
  const lines = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 9 }, () => `*l${i}`).join(', ')}]`)
  return ['apiVersion: v2', 'name: evil', 'version: 1.0.0', 'l0: &l0 x', ...lines].join('\n')
}
