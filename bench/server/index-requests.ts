import { gunzipSync } from 'node:zlib'
import type { Answer } from './connection.js'
import { isCompressed, requestBytes } from './connection.js'

/** How clients ask for the index. ChartMuseum gives all of them the same. */
export const indexRequests = {
  Helm: requestBytes('GET', '/index.yaml', { headers: { 'user-agent': 'Helm/4.3.1' } }),
  YAML: requestBytes('GET', '/index.yaml', { headers: { accept: 'application/x-yaml' } }),
  'Helm, gzip': requestBytes('GET', '/index.yaml', { headers: { 'user-agent': 'Helm/4.3.1', 'accept-encoding': 'gzip' } }),
  'YAML, gzip': requestBytes('GET', '/index.yaml', { headers: { accept: 'application/x-yaml', 'accept-encoding': 'gzip' } })
} as const

/** The names of those clients. */
export type IndexClient = keyof typeof indexRequests

export const indexClients = Object.keys(indexRequests) as IndexClient[]

/** The most bytes that an index of so many versions takes, with room for uploads and the head. */
export function indexSpace (versions: number): number {
  return (versions + 50_000) * 1200
}

/** An index as text, whatever it was compressed with. */
export function plainIndex (answer: Answer): Buffer {
  return isCompressed(answer) ? gunzipSync(answer.body) : answer.body
}

/** How many versions an index lists: each has one URL, and no other text of the archives ends in `.tgz`. */
export function countVersions (index: Buffer): number {
  let count = 0
  for (let at = index.indexOf('.tgz'); at >= 0; at = index.indexOf('.tgz', at + 1)) count++
  return count
}
