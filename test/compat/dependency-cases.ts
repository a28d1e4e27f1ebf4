import type { Call, Change, FileSession } from './file-session.js'

const words = (line: string): string[] => line.split(' ').filter(word => word !== '')
const call = (line: string, rest: Omit<Call, 'args'> = {}): Call => ({ args: words(line), ...rest })

const charts = 'http://charts.example.com'
const other = 'http://other.example.com/stable'
const addCharts = call(`repo add charts ${charts}`)
const addOther = call(`repo add other ${other}/`)

/** A dependency of Chart.yaml: name, version and repository, and further lines. */
type Needed = readonly [name: string, version: string, repository: string, ...more: string[]]

function chartYaml (name: string, needed: readonly Needed[], version = '1.0.0'): string {
  return `apiVersion: v2\nname: ${name}\nversion: ${version}\n${needed.length === 0 ? '' : `dependencies:\n${dependencies(needed)}`}`
}

function dependencies (needed: readonly Needed[]): string {
  return needed.map(([name, version, repository, ...more]) =>
    `- name: ${name}\n  version: ${JSON.stringify(version)}\n${repository === '' ? '' : `  repository: ${JSON.stringify(repository)}\n`}${more.map(line => `  ${line}\n`).join('')}`).join('')
}

const ship = (...needed: Needed[]): Record<string, string> => ({ 'ship/Chart.yaml': chartYaml('ship', needed) })
const rewritten = (...needed: Needed[]): Change => ({ write: ship(...needed) })
const unpacked = (path: string, name: string, version: string): Record<string, string> => ({
  [`${path}/Chart.yaml`]: chartYaml(name, [], version), [`${path}/templates/map.yaml`]: `kind: ConfigMap\napiVersion: v1\nmetadata: {name: ${name}}\n`
})

const update = call('dependency update ship')
const build = call('dependency build ship')
const list = call('dependency list ship')

const ownWords = 'a cycle and a path as a name are refused before anything is done'
const elsewhere = 'what cannot be a repository is named as such'

/** Everything of `dependency`, and of --dependency-update, that is compared with Helm. */
export const dependencySessions: readonly FileSession[] = [
  { name: 'list without dependencies', files: ship(), steps: [list, call('dep ls ship/'), call('dependencies list ./ship/../ship')] },
  {
    name: 'list',
    files: ship(['anchor', '^1', charts], ['rope', '0.2.0', '@charts'], ['a-chart-with-a-name-so-long-that-the-table-has-to-do-something-about-the-width-of-its-column', '1', `${charts}/and/a/path/that/is/long/too/so/that/it/is/wider/than/eighty/letters`]),
    steps: [list, call('dependency list ship --max-col-width 10'), call('dependency list ship --max-col-width 0'), call('dependency list ship --max-col-width x')]
  },
  { name: 'list what is no chart', files: { 'empty/values.yaml': 'a: 1\n', 'broken/Chart.yaml': 'a: [\n' }, steps: [call('dependency list nope'), call('dependency list empty'), call('dependency list broken'), call('dependency list'), call('dependency list a b')] },
  {
    name: 'list archives',
    files: ship(['anchor', '^1', charts], ['rope', '^1', charts], ['mast', 'x.y', charts], ['sails', '1.0.0', charts], ['keel', '1', charts], ['flag', '1', charts]),
    steps: [
      {
        archive: {
          'ship/charts/anchor-1.0.0.tgz': ['anchor', '1.0.0'],
          'ship/charts/rope-2.0.0.tgz': ['rope', '2.0.0'],
          'ship/charts/mast-1.0.0.tgz': ['mast', '1.0.0'],
          'ship/charts/sails-1.0.0.tgz': ['sails', '1.0.0'],
          'ship/charts/keel-1.0.0.tgz': ['keel', '1.0.0'],
          'ship/charts/keel-1.1.0.tgz': ['keel', '1.1.0'],
          'ship/charts/flag-1.0.0.tgz': ['pole', '1.0.0']
        }
      },
      list
    ]
  },
  {
    name: 'list several archives of which one counts',
    files: ship(['keel', '1', charts], ['key', '1', charts]),
    steps: [{ archive: { 'ship/charts/keel-1.0.0.tgz': ['keel', '1.0.0'], 'ship/charts/keel-line-1.0.0.tgz': ['keel-line', '1.0.0'], 'ship/charts/key-a.tgz': ['key', '1.0.0'], 'ship/charts/key-b.tgz': ['key', '1.0.0'] } }, list]
  },
  {
    name: 'list folders',
    files: {
      ...ship(['anchor', '^1', charts], ['rope', '^1', ''], ['mast', 'x.y', '']), ...unpacked('ship/charts/anchor', 'anchor', '1.5.0'), ...unpacked('ship/charts/rope', 'rope', '2.0.0'), ...unpacked('ship/charts/mast', 'mast', '1.0.0')
    },
    steps: [list]
  },
  { name: 'list a bad pattern', files: ship(['anch[or', '1', charts], ['an*', '1', charts]), steps: [list] },
  { name: 'list strays', files: { ...ship(['anchor', '1', charts]), ...unpacked('ship/charts/rope', 'rope', '1.0.0'), 'ship/charts/_old/x': '', 'ship/charts/.hidden/x': '' }, steps: [{ archive: { 'ship/charts/mast-1.0.0.tgz': ['mast', '1.0.0'] } }, list] },
  { name: 'list with a broken archive', files: { ...ship(['anchor', '1', charts]), 'ship/charts/anchor-1.0.0.tgz': 'no archive' }, steps: [list, update] },
  {
    name: 'list an archive',
    files: {},
    steps: [{ archive: { 'ship-1.0.0.tgz': ['ship', '1.0.0', { 'Chart.yaml': chartYaml('ship', [['anchor', '1', charts], ['rope', '2', charts]]) }], 'plain.tgz': ['plain', '1.0.0'] } }, call('dependency list ship-1.0.0.tgz'), call('dependency list plain.tgz')]
  },
  { name: 'update without dependencies', files: ship(), steps: [update, build] },
  { name: 'update an empty list', files: { 'ship/Chart.yaml': `${chartYaml('ship', [])}dependencies: []\n` }, steps: [list, { archive: { 'ship/charts/mast-1.0.0.tgz': ['mast', '1.0.0'] } }, update, build] },
  { name: 'update what is no chart', files: { 'empty/values.yaml': 'a: 1\n' }, steps: [{ archive: { 'a.tgz': ['a', '1.0.0'] } }, call('dependency update nope'), call('dependency update empty'), call('dependency update a.tgz'), call('dependency update'), call('dependency update a b'), call('dependency build nope'), call('dependency build a b c')] },
  { name: 'update from an unmanaged repository', files: ship(['anchor', '^1', charts]), steps: [update, list, update, call('dependency update ship --skip-refresh'), build] },
  { name: 'update in the current folder', files: { 'Chart.yaml': chartYaml('ship', [['anchor', '1.0.0', charts]]) }, steps: [call('dep up'), call('dep list'), call('dep up .')] },
  { name: 'update from a managed repository', files: ship(['anchor', '^1', charts], ['rope', '>=0.2', '@charts'], ['sails', '*', 'alias:charts']), steps: [addCharts, call('dependency up ship'), list, build, call('dependency build ship --skip-refresh')] },
  { name: 'update from several repositories', files: ship(['mast', '1', other], ['anchor', '>1 <3', `${charts}/`], ['elsewhere', '~1.0', charts]), steps: [addCharts, addOther, update, list] },
  { name: 'update from unmanaged and managed ones', files: ship(['mast', '1', other], ['anchor', '1 - 2', charts]), steps: [addCharts, update, build] },
  { name: 'ranges', files: ship(['anchor', '>=2.1.0-0', charts]), steps: [update, rewritten(['anchor', '~1', charts]), update, rewritten(['anchor', '1.x || 2.0.0', charts]), update, rewritten(['anchor', '*', charts]), update, rewritten(['anchor', '', charts]), update, rewritten(['anchor', 'x.y', charts]), update] },
  { name: 'versions with a v and build metadata', files: ship(['rope', '0.3.0', charts]), steps: [update, list, rewritten(['rope', 'v0.2.0', charts]), update, list] },
  { name: 'no version', files: ship(['anchor', '^7', charts], ['rope', '^8', charts], ['sails', '1', charts]), steps: [update, list] },
  { name: 'no chart', files: ship(['nope', '1', charts]), steps: [update] },
  { name: 'an entry without URLs', files: ship(['nowhere', '1', charts]), steps: [update] },
  { name: 'unknown repositories', files: ship(['anchor', '1', 'stable'], ['rope', '1', '@nope']), steps: [update, rewritten(['rope', '1', '@nope']), update, rewritten(['rope', '1', 'alias:nope']), call('dependency update ship', { deviates: elsewhere }), rewritten(['rope', '1', '/charts']), update, rewritten(['rope', '1', 'ftp://example.com']), update] },
  { name: 'a repository that does not answer', files: ship(['anchor', '1', 'http://down.example.com']), steps: [update, call('dependency update ship --skip-refresh')] },
  { name: 'a configured repository that does not answer any more', files: ship(['anchor', '1', charts]), steps: [addCharts, { write: { '../.config/helm/repositories.yaml': `apiVersion: ""\ngenerated: "0001-01-01T00:00:00Z"\nrepositories:\n- name: charts\n  url: ${charts}\n- name: down\n  url: http://down.example.com\n` } }, call('dependency update ship', { deviates: 'only the repositories that are needed must answer' })], otherFiles: /^work\/ship\/(?:charts|Chart\.lock)/ },
  { name: 'folders', files: { ...ship(['keel', '^1', 'file://../keel'], ['rudder', '2.0.0', 'file:///nope/{nothing}']), ...unpacked('keel', 'keel', '1.4.0') }, steps: [update, rewritten(['keel', '^1', 'file://../keel']), update, list, build, { write: unpacked('keel', 'keel', '1.5.0') }, build, update, list, rewritten(['keel', '^2', 'file://../keel']), update, rewritten(['keel', 'x.y', 'file://../keel']), update] },
  { name: 'a folder that holds no chart', files: { ...ship(['keel', '^1', 'file://../keel']), 'keel/values.yaml': 'a: 1\n' }, steps: [update] },
  { name: 'folders with --debug', files: { ...ship(['keel', '^1', 'file://../keel']), ...unpacked('keel', 'keel', '1.4.0') }, steps: [call('dependency update ship --debug')] },
  { name: 'a folder named otherwise than its chart', files: { ...ship(['keel', '^1', 'file://../other']), ...unpacked('other', 'board', '1.4.0') }, steps: [update, list] },
  {
    name: 'charts that lie there',
    files: { ...ship(['keel', '^1', '']), ...unpacked('ship/charts/keel', 'keel', '1.4.0') },
    steps: [update, list, build, rewritten(['keel', '^2', '']), update, build, rewritten(['keel', '', '']), update, rewritten(['rudder', '1', '']), update]
  },
  { name: 'an archive that lies there', files: ship(['keel', '^1', '']), steps: [{ archive: { 'ship/charts/keel-1.0.0.tgz': ['keel', '1.0.0'] } }, update, list] },
  { name: 'charts that lie there stay', files: { ...ship(['keel', '^1', ''], ['anchor', '1', charts]), ...unpacked('ship/charts/keel', 'keel', '1.4.0') }, steps: [{ archive: { 'ship/charts/keel-1.0.0.tgz': ['keel', '1.0.0'], 'ship/charts/anchor-1.0.0.tgz': ['anchor', '1.0.0'] } }, update] },
  { name: 'what is left over goes', files: { ...ship(['anchor', '1', charts]), ...unpacked('ship/charts/mast', 'mast', '1.0.0'), 'ship/charts/_notes.txt': 'keep\n', 'ship/charts/.gitkeep': '' }, steps: [{ archive: { 'ship/charts/old-1.0.0.tgz': ['old', '1.0.0'], 'ship/charts/anchor-0.1.0.tgz': ['anchor', '0.1.0'] } }, update, list, rewritten(['rope', '*', charts]), update, list] },
  { name: 'a download that fails loses nothing', files: ship(['anchor', '1', charts], ['gone', '1', charts], ['rope', '*', charts]), steps: [{ archive: { 'ship/charts/old-1.0.0.tgz': ['old', '1.0.0'] } }, update] },
  { name: 'an archive that is none', files: ship(['garbage', '1', charts]), otherFiles: /Chart\.lock|charts\/old/, steps: [{ archive: { 'ship/charts/old-1.0.0.tgz': ['old', '1.0.0'] } }, call('dependency update ship', { deviates: 'Helm passes over it, removes what was there and writes a lock' })] },
  { name: 'one chart twice', files: ship(['anchor', '1', charts, 'alias: port'], ['anchor', '1.x', charts, 'alias: starboard'], ['anchor', '2', charts, 'alias: stern']), steps: [addCharts, update, list, build] },
  { name: 'everything a dependency may have', files: ship(['anchor', '>=1.0.0 <2 || ~2', charts, 'condition: anchor.enabled,global.anchor', 'tags: [heavy, "<metal> & iron"]', 'enabled: true', 'alias: bower', 'import-values: [data, {child: a.b, parent: c}]']), steps: [update, build, list] },
  { name: 'the lock is written when it changes', files: ship(['anchor', '1', charts]), steps: [update, { write: { 'ship/Chart.lock': `dependencies:\n- name: anchor\n  repository: ${charts}\n  version: 1.1.0\ndigest: sha256:57dd0d5e0b1fac9dff5b6a4e5b1ba8b4d35b8e8e8cb9be14c1b6e8f6c0c0a4f4\ngenerated: "2020-01-01T00:00:00Z"\n` } }, update] },
  { name: 'build without a lock', files: ship(['anchor', '1', charts]), steps: [addCharts, build, build] },
  { name: 'build what the lock says', files: ship(['anchor', '^1.0.0', charts]), steps: [addCharts, update, rewritten(['anchor', '1.0.0', charts]), build, rewritten(['anchor', '^1.0.0', charts]), { remove: ['ship/charts'] }, build, list] },
  { name: 'build from an unmanaged repository', files: ship(['anchor', '1', charts], ['mast', '1', other]), steps: [update, build, addCharts, build] },
  { name: 'build a version that is gone', files: ship(['anchor', '1', charts]), steps: [addCharts, update, { write: { '../.config/helm/repositories.yaml': `apiVersion: ""\ngenerated: "0001-01-01T00:00:00Z"\nrepositories:\n- name: charts\n  url: ${charts}\n`, '../.cache/helm/repository/charts-index.yaml': 'apiVersion: v1\nentries: {}\n' } }, call('dependency build ship --skip-refresh')] },
  { name: 'build with --skip-refresh and no index', files: ship(['anchor', '1', charts]), steps: [addCharts, update, { remove: ['../.cache'] }, call('dependency build ship --skip-refresh'), call('dependency update ship --skip-refresh')] },
  { name: 'apiVersion v1', files: { 'ship/Chart.yaml': 'apiVersion: v1\nname: ship\nversion: 1.0.0\n', 'ship/requirements.yaml': `dependencies:\n${dependencies([['anchor', '^1', '@charts']])}` }, steps: [addCharts, list, update, list, build, { write: { 'ship/requirements.yaml': `dependencies:\n${dependencies([['anchor', '^2', '@charts']])}` } }, build] },
  {
    name: "a lock of Helm 2's",
    files: {
      'ship/Chart.yaml': 'apiVersion: v1\nname: ship\nversion: 1.0.0\n',
      'ship/requirements.yaml': `dependencies:\n${dependencies([['anchor', '^1', '@charts']])}`,
      'ship/requirements.lock': `dependencies:\n- name: anchor\n  repository: ${charts}\n  version: 1.0.0\ndigest: sha256:caac8a9e47fd02b6df2c3ec1a39a056d723721e4c9cc181676d80ffe9b39466f\ngenerated: "2019-01-01T00:00:00Z"\n`
    },
    steps: [addCharts, build]
  },
  { name: 'charts is a file', files: { ...ship(['anchor', '1', charts]), 'ship/charts': 'a file\n' }, steps: [update, list] },
  { name: 'a lock that is a link', files: ship(['anchor', '1', charts]), steps: [{ link: { 'ship/Chart.lock': '../elsewhere.lock' }, write: { 'elsewhere.lock': '' } }, update] },
  { name: 'charts in each other', files: { 'ship/Chart.yaml': chartYaml('ship', [['keel', '1', 'file://../keel']]), 'keel/Chart.yaml': chartYaml('keel', [['ship', '1', 'file://../ship']]) }, otherFiles: /^work\/ship\/(?:charts|Chart\.lock)/, steps: [call('dependency update ship', { deviates: ownWords })] },
  { name: 'a chart in itself', files: { 'ship/Chart.yaml': chartYaml('ship', [['ship', '1', 'file://.']]) }, otherFiles: /^work\/ship\/(?:charts|Chart\.lock)/, steps: [call('dependency update ship', { deviates: ownWords })] },
  { name: 'a path for a name', files: { ...ship(['../keel', '*', '']), ...unpacked('ship/keel', 'keel', '1.0.0') }, otherFiles: /^work\/ship\/(?:charts|Chart\.lock)/, steps: [list, call('dependency update ship', { deviates: ownWords })] },
  { name: 'SOURCE_DATE_EPOCH', files: { ...ship(['keel', '1', 'file://../keel']), ...unpacked('keel', 'keel', '1.0.0') }, steps: [call('dependency update ship', { env: { SOURCE_DATE_EPOCH: 'soon' } }), call('dependency update ship', { env: { SOURCE_DATE_EPOCH: '-1' } }), call('dependency update ship', { env: { SOURCE_DATE_EPOCH: '1700000000' } })] },
  { name: 'template --dependency-update', files: { ...ship(['anchor', '1', charts]), 'ship/templates/a.yaml': 'kind: A\n' }, steps: [call('template ship'), call('template ship --dependency-update'), call('template ship --dependency-update'), rewritten(['anchor', '9', charts]), call('template ship --dependency-update')] },
  { name: 'template --dependency-update that fails', files: ship(['anchor', '9', charts]), steps: [call('template ship --dependency-update'), { archive: { 'a.tgz': ['a', '1.0.0', { 'Chart.yaml': chartYaml('a', [['anchor', '1', charts]]) }] } }, call('template a.tgz --dependency-update'), call('install x ship --dependency-update --dry-run=client')] }
]
