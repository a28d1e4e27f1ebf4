import { createHash } from 'node:crypto'
import { chartArchive } from '../helpers/chart-archive.js'
import type { Answer, Site } from '../remote/web.js'

/** A published chart: its name, version and the URLs its index names. */
interface Published {
  readonly name: string
  readonly version: string
  readonly urls: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** Whether the archive is really there; `garbage` for one that is none. */
  readonly archive?: 'absent' | 'garbage'
}

const charts: readonly Published[] = [
  ...['2.1.0-rc.1', '2.0.0', '1.1.0', '1.0.0'].map(version => ({ name: 'anchor', version, urls: [`charts/anchor-${version}.tgz`] })),
  { name: 'rope', version: 'v0.3.0', urls: ['http://charts.example.com/charts/rope-v0.3.0.tgz'] },
  { name: 'rope', version: '0.2.0+build.7', urls: ['charts/rope-0.2.0+build.7.tgz'] },
  { name: 'sails', version: '1.0.0', urls: ['charts/sails-1.0.0.tgz'], files: { 'Chart.yaml': 'apiVersion: v2\nname: sails\nversion: 1.0.0\ntype: library\n' } },
  { name: 'gone', version: '1.0.0', urls: ['charts/gone-1.0.0.tgz'], archive: 'absent' },
  { name: 'garbage', version: '1.0.0', urls: ['charts/garbage-1.0.0.tgz'], archive: 'garbage' },
  { name: 'nowhere', version: '1.0.0', urls: [] },
  { name: 'elsewhere', version: '1.0.0', urls: ['http://files.example.com/elsewhere-1.0.0.tgz'] }
]

const others: readonly Published[] = [
  { name: 'anchor', version: '3.0.0', urls: ['anchor-3.0.0.tgz'] },
  { name: 'mast', version: '1.0.0', urls: ['mast-1.0.0.tgz'] }
]

/**
 * Two repositories, `http://charts.example.com` and `http://other.example.com/stable`, as a proxy serves them: locks carry a digest of the URLs, so
 * that these must be the same wherever the test runs. `http://down.example.com` has no index.
 *
 * @returns answers by the whole URL, to be served by a proxy of plain HTTP
 */
export async function dependencySite (): Promise<Site> {
  const site: Site = new Map<string, Answer>()
  await publish(site, 'http://charts.example.com', charts)
  await publish(site, 'http://other.example.com/stable', others)
  return site
}

async function publish (site: Site, base: string, published: readonly Published[]): Promise<void> {
  const entries = new Map<string, string>()
  for (const chart of published) {
    const archive = chart.archive === 'garbage' ? Buffer.from('no archive\n') : await chartArchive(chart.name, chart.version, chart.files)
    for (const url of chart.urls) {
      if (chart.archive !== 'absent') site.set(new URL(url, `${base}/`).href, archive)
    }
    entries.set(chart.name, (entries.get(chart.name) ?? '') + entryText(chart, archive))
  }
  const text = [...entries].map(([name, versions]) => `  ${name}:\n${versions}`).join('')
  site.set(`${base}/index.yaml`, `apiVersion: v1\nentries:\n${text}generated: "2020-01-01T00:00:00Z"\n`)
}

function entryText ({ name, version, urls, archive }: Published, content: Uint8Array): string {
  const digest = archive === undefined ? `    digest: ${createHash('sha256').update(content).digest('hex')}\n` : ''
  return `  - apiVersion: v2\n    name: ${name}\n    version: ${version}\n    created: "2020-01-01T00:00:00Z"\n${digest}    urls: [${urls.join(', ')}]\n`
}
