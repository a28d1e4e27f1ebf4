/** One call of the command line, and how far ours may differ. */
export interface Step {
  /** The words after the program's name; `{base}` is where the test repository is served. */
  readonly args: readonly string[]
  readonly stdin?: string
  /** Variables of the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Why ours answers something else on purpose; the answer is recorded all the same, and the files are compared. */
  readonly deviates?: string
}

/** Calls made one after the other in a fresh home. */
export interface Session {
  readonly name: string
  readonly steps: readonly Step[]
}

const words = (line: string): string[] => line.split(' ').filter(word => word !== '')
const step = (line: string, rest: Omit<Step, 'args'> = {}): Step => ({ args: words(line), ...rest })
const add = step('repo add stable {base}')

/** Everything of repositories, search, pull and show that is compared with Helm. */
export const sessions: readonly Session[] = [
  {
    name: 'repo add',
    steps: [
      add,
      add,
      step('repo add stable {base}/'),
      step('repo add stable {base}/ --force-update'),
      step('repo add a/b {base}'),
      step('repo add private {base} --username me --password secret --pass-credentials'),
      step('repo add private {base} --username me --password-stdin --pass-credentials', { stdin: 'secret\r\n' }),
      step('repo add files {base} --ca-file ca.pem --cert-file c.pem --key-file k.pem --insecure-skip-tls-verify'),
      { args: ['repo', 'add', 'y', '{base}', '--username', '0123', '--password', 'a: "b" \\ #'] },
      step('repo add json {base}/json'),
      step('repo add'),
      step('repo add one'),
      step('repo add one two three'),
      step('repo add --nope one two'),
      step('repo list'),
      step('repo list -o json'),
      step('repo list -o yaml'),
      step('repo list --no-headers'),
      step('repo ls -o xml'),
      step('repo list more')
    ]
  },
  {
    name: 'repo add refuses',
    steps: [
      step('repo add bad {base}/nope'),
      step('repo add bad {base}/broken'),
      step('repo add bad {base}/empty'),
      step('repo add bad {base}/page'),
      step('repo add bad ftp://example.com'),
      step('repo add bad example.com'),
      step('repo add bad https://kubernetes-charts.storage.googleapis.com'),
      step('repo add bad http://127.0.0.1:1/'),
      step('repo add bad oci://127.0.0.1:1/charts', { deviates: 'registries come later' }),
      step('repo list'),
      step('repo list -o json'),
      step('repo list -o yaml'),
      step('repo update'),
      step('repo remove stable'),
      step('search repo')
    ]
  },
  {
    name: 'repo update and remove',
    steps: [
      add,
      step('repo update'),
      step('repo up stable'),
      step('repo update stable nope'),
      step('repo add other {base}/json'),
      step('repo update other'),
      step('repo remove nope'),
      step('repo remove other nope'),
      step('repo list'),
      step('repo remove'),
      step('repo rm stable'),
      step('repo list'),
      step('repo update'),
      step('repo remove stable')
    ]
  },
  {
    name: 'search repo',
    steps: [
      add,
      step('search repo'),
      step('search repo web'),
      step('search repo WEB SERVER'),
      step('search repo proxy -o json'),
      step('search repo -l'),
      step('search repo -l --devel -o yaml'),
      step('search repo --devel'),
      step('search repo web --version ^1'),
      step('search repo web --version <1 -l'),
      step('search repo web --version 1.3.0-beta.1'),
      step('search repo --version x.y'),
      step('search repo -r ^(web|db)$'),
      step('search repo -r w.b -o json'),
      step('search repo -r Server.with'),
      step('search repo -r web('),
      step('search repo -r *web'),
      step('search repo nothing'),
      step('search repo nothing -o json'),
      step('search repo nothing -o yaml'),
      step('search repo nothing --fail-on-no-result'),
      step('search repo nothing --fail-on-no-result -o json'),
      step('search repo --max-col-width 20'),
      step('search repo --max-col-width 0'),
      step('search repo -o toml'),
      step('repo add json {base}/json'),
      step('search repo web -l')
    ]
  },
  {
    name: 'pull',
    steps: [
      add,
      step('pull stable/web'),
      step('pull stable/web --version ^0.9 --prov'),
      step('pull stable/web --devel --prov'),
      step('pull stable/old -d .'),
      step('fetch {base}/charts/web-0.9.0.tgz --untardir x -d ..'),
      step('pull web --repo {base} --version 1.2'),
      step('pull web --repo {base}/ --version 7'),
      step('pull nope --repo {base}'),
      step('pull web --repo {base}/nope'),
      step('pull stable/db', { deviates: 'an archive that is not the one in the index is refused' }),
      step('pull stable/gone'),
      step('pull stable/nowhere'),
      step('pull stable/nope'),
      step('pull stable/web --version 9.9.9'),
      step('pull stable/web --version x.y'),
      step('pull stable/web --version 1.2'),
      step('pull nope/web'),
      step('pull web'),
      step('pull ./web-1.2.3.tgz'),
      step('pull {base}/charts/nope-1.0.0.tgz'),
      step('pull ftp://example.com/web-1.0.0.tgz'),
      step('pull {base}'),
      step('pull file:///web.tgz'),
      step('pull mailto:web'),
      { args: ['pull', 'stable/w%zzb'] },
      { args: ['pull', 'a b:c/web'] },
      step('pull'),
      step('pull stable/web stable/nope')
    ]
  },
  {
    name: 'pull without repositories',
    steps: [
      step('pull stable/web'),
      step('pull {base}/charts/web-1.2.3.tgz'),
      step('pull web --repo {base}'),
      step('pull web --repo example.com'),
      step('pull web --repo ftp://example.com')
    ]
  },
  {
    name: 'pull and unpack',
    steps: [
      add,
      step('pull stable/web --untar'),
      step('pull stable/web --untar'),
      step('pull stable/old --untar --untardir sub'),
      step('pull stable/old --untar --untardir sub'),
      step('pull stable/old --untar -d dest --untardir deep/er'),
      step('pull web --repo {base} --untar -d third')
    ]
  },
  {
    name: 'show',
    steps: [
      add,
      step('show chart stable/web'),
      step('show values stable/web'),
      step('show readme stable/web'),
      step('show crds stable/web'),
      step('show all stable/web'),
      step('inspect all stable/old'),
      step('show readme stable/old'),
      step('show crds stable/old'),
      step('show chart stable/web --devel'),
      step('show chart stable/web --version <1'),
      step('show chart stable/web --version 1'),
      step('show chart web --repo {base}'),
      step('show chart {base}/charts/web-0.9.0.tgz'),
      step('show chart ./nope'),
      step('show chart /nope'),
      step('show chart nope'),
      step('show chart stable/nope'),
      step('show chart'),
      step('show chart a b'),
      step('pull stable/web --untar'),
      step('show chart web'),
      step('show chart ./web'),
      step('show readme web/'),
      step('pull stable/web'),
      step('show chart web-1.2.3.tgz'),
      step('show chart web --repo {base} --version 0.9.0')
    ]
  },
  {
    name: 'show values --jsonpath',
    steps: [
      add,
      ...[
        '{.image}', '{.image.tag}', '{.image.tag}{"\\n"}{.replicas}', "{.image['tag']}", '{.million} {.ratio} {.enabled}', '{.empty}{.nothing}', '{@.image.tag}', '{$.image.tag}',
        'text only', '', 'a{"b"}c', '{.hosts[0]}', '{.hosts[-1].name}', '{.hosts[*].name}', '{.hosts[0:2].name}', '{.hosts[::2].name}', '{.hosts[1:].port}', '{.hosts[0,2].name}',
        '{.list[1]} {.list[0:3]} {.list[-2:]}', '{.hosts[?(@.name=="b")].port}', "{.hosts[?(@.name!='b')].port}", '{.hosts[?(@.tls)].name}', '{.hosts[?(@.name>"a")].name}',
        '{range .hosts[*]}{.name}={.port}{"\\n"}{end}', '{range .hosts[*]}{.name}{range .paths[*]} {@}{end};{end}', '{..name}', '{.hosts..name}', '{.dotted\\.key}', "{.image['repository','tag']}",
        '{range .hosts[*]}[{.name}]{end} after', '{true}', '{1} {2.5} {-3}', '{.hosts[0].name}{.hosts[1].name}', '{ .image.tag }', '{.list[*]}', '{.hosts[0:0]}'
      ].map(template => ({ args: ['show', 'values', 'stable/web', '--jsonpath', template] })),
      ...['{.im', '{', '{.hosts[', '{.hosts[x]}', '{.hosts[?(@.name]}', '{"open}', '{%}', '{.hosts[?(@.name=="a")', '{..…}', '{....a}', '{1.2.3}', '{.list[-]}']
        .map(template => ({ args: ['show', 'values', 'stable/web', '--jsonpath', template] })),
      ...['{.nope}', '{.list[9]}', '{.image[0]}', '{end}', '{foo}', '{.hosts[?(@.nope=="a")].name}', '{.image[?(@.a)]}', '{.list[3:1]}', '{.list[::0]}']
        .map(template => ({ args: ['show', 'values', 'stable/web', '--jsonpath', template], deviates: 'a warning says why nothing was found' })),
      { args: ['show', 'values', 'stable/web', '--jsonpath', '{.hosts[?(@.port==80)].name}'], deviates: 'numbers compare as numbers' }
    ]
  },
  {
    name: 'repo index',
    steps: [
      add,
      step('pull stable/web -d .'),
      step('pull stable/web -d . --version 0.9.0'),
      step('pull stable/old'),
      step('repo index .'),
      step('repo index . --url https://example.com/charts'),
      step('repo index . --url https://example.com/charts --json'),
      step('repo index . --merge missing.yaml'),
      step('repo index'),
      step('repo index a b')
    ]
  },
  {
    name: 'repo index merges',
    steps: [
      add,
      step('pull stable/web'),
      step('repo index .'),
      step('pull stable/old'),
      step('repo index . --merge index.yaml --url https://example.com'),
      step('repo index . --merge index.yaml --json')
    ]
  },
  {
    name: 'env and version',
    steps: [
      step('env'),
      step('env HELM_NAMESPACE'),
      step('env HELM_QPS'),
      step('env NOPE'),
      step('env a b'),
      step('env HELM_KUBEASGROUPS', { env: { HELM_KUBEASGROUPS: 'a,b' } }),
      step('env HELM_NAMESPACE --namespace mine'),
      step('env HELM_MAX_HISTORY', { env: { HELM_MAX_HISTORY: '3' } }),
      step('env HELM_CACHE_HOME', { env: { XDG_CACHE_HOME: '/xdg' } }),
      step('env HELM_REPOSITORY_CACHE', { env: { HELM_CACHE_HOME: '/cache' } }),
      step('env HELM_CONFIG_HOME', { env: { HELM_CONFIG_HOME: '' } }),
      step('env KUBECONFIG', { env: { KUBECONFIG: '/nope' } }),
      step('version more'),
      { args: ['version', '--template', '{{.GoVersion}}'], deviates: 'no Go took part' },
      { args: ['version', '--template', '{{.KubeClientVersion}}'] },
      { args: ['version', '--template', '{{.Nope}}'] },
      { args: ['version', '--template', '{{.Version'] },
      { args: ['version', '--template', '{{ printf "%s-%d" .GitCommit (len .GitTreeState) }}'] }
    ]
  }
]
