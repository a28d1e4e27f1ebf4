import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A chart to render: its folder, or why there is none. */
export interface BenchChart {
  readonly name: string
  readonly path: string | undefined
  readonly missing: string
}

/** Charts of others that are measured when somebody has them; they are no part of the repository. */
const publicCharts = ['ingress-nginx', 'kube-prometheus-stack']

/**
 * The charts that are measured: one as `helm create` makes it, the public ones that the folder has, and an umbrella over a hundred charts as
 * `helm create` makes them.
 *
 * @param scratch a folder to make charts in
 * @param helm the program `helm`
 * @param folder where public charts lie unpacked, their dependencies in charts/; undefined for none
 */
export function benchCharts (scratch: string, helm: string, folder: string | undefined): BenchChart[] {
  execFileSync(helm, ['create', 'created'], { cwd: scratch, stdio: 'ignore' })
  const created = join(scratch, 'created')
  return [
    { name: 'helm create', path: created, missing: '' },
    ...publicCharts.map(name => publicChart(name, folder)),
    { name: 'umbrella of 100', path: umbrella(scratch, created, 100), missing: '' }
  ]
}

function publicChart (name: string, folder: string | undefined): BenchChart {
  if (folder === undefined) return { name, path: undefined, missing: 'no folder of public charts was given' }
  const path = join(folder, name)
  return existsSync(join(path, 'Chart.yaml')) ? { name, path, missing: '' } : { name, path: undefined, missing: `there is no ${join(path, 'Chart.yaml')}` }
}

/** A chart over copies of another, each with a name of its own, in its file names' contents as well. */
function umbrella (scratch: string, from: string, count: number): string {
  const path = join(scratch, 'umbrella')
  mkdirSync(join(path, 'charts'), { recursive: true })
  const names = Array.from({ length: count }, (_, i) => `sub${String(i).padStart(3, '0')}`)
  const dependencies = names.map(name => `  - name: ${name}\n    version: 0.1.0\n`).join('')
  writeFileSync(join(path, 'Chart.yaml'), `apiVersion: v2\nname: umbrella\nversion: 0.1.0\ndependencies:\n${dependencies}`)
  writeFileSync(join(path, 'values.yaml'), names.map(name => `${name}:\n  replicaCount: 2\n`).join(''))
  for (const name of names) {
    const copy = join(path, 'charts', name)
    cpSync(from, copy, { recursive: true })
    rename(copy, name)
  }
  return path
}

/** Puts a name in the place of the copied chart's in all its files. */
function rename (folder: string, name: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, entry)
    if (statSync(file).isFile()) writeFileSync(file, readFileSync(file, 'utf8').replaceAll('created', name))
  }
}
