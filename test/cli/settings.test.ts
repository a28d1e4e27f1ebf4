import t from 'tap'
import { parseFlags } from '../../src/cli/flags.js'
import { globalFlags, settingsOf } from '../../src/cli/settings.js'
import type { Settings } from '../../src/cli/settings.js'
import { testContext } from '../helpers/test-context.js'

function settings (env: Record<string, string>, ...argv: string[]): Settings {
  return settingsOf(testContext({ env }).context, parseFlags(argv, globalFlags(env)).flags)
}

t.test('Helm\'s files are where Helm has them', async t => {
  t.match(settings({ HOME: '/home/sailor' }), {
    repositoryConfig: '/home/sailor/.config/helm/repositories.yaml',
    repositoryCache: '/home/sailor/.cache/helm/repository',
    contentCache: '/home/sailor/.cache/helm/content',
    registryConfig: '/home/sailor/.config/helm/registry/config.json'
  })
  t.match(settings({ HOME: '/h', XDG_CONFIG_HOME: '/xc', XDG_CACHE_HOME: '/xk' }), { repositoryConfig: '/xc/helm/repositories.yaml', repositoryCache: '/xk/helm/repository' })
  t.match(settings({ HOME: '/h', XDG_CONFIG_HOME: '/xc', HELM_CONFIG_HOME: '/hc', HELM_CACHE_HOME: '/hk' }), { repositoryConfig: '/hc/repositories.yaml', repositoryCache: '/hk/repository' })
  t.match(settings({ HOME: '/h', HELM_REPOSITORY_CONFIG: '/r.yaml', HELM_REPOSITORY_CACHE: '/rc' }), { repositoryConfig: '/r.yaml', repositoryCache: '/rc' })
  t.match(settings({ HELM_REPOSITORY_CONFIG: '/r.yaml' }, '--repository-config', '/flag.yaml'), { repositoryConfig: '/flag.yaml' })
})

t.test('the namespace is a flag\'s, a variable\'s, or the default', async t => {
  t.match(settings({}), { namespace: 'default', namespaceGiven: false })
  t.match(settings({ HELM_NAMESPACE: 'port' }), { namespace: 'port', namespaceGiven: true })
  t.match(settings({ HELM_NAMESPACE: 'port' }, '-n', 'sea'), { namespace: 'sea', namespaceGiven: true })
})

t.test('access to the cluster', async t => {
  t.strictSame(settings({}).kube, { asGroups: [], insecureSkipTlsVerify: false })
  const env = { KUBECONFIG: '/a:/b', HELM_KUBETOKEN: 'secret', HELM_KUBEASGROUPS: 'x,y', HELM_KUBEINSECURE_SKIP_TLS_VERIFY: 'true' }
  t.strictSame(settings(env, '--kube-context', 'c').kube, { kubeconfig: '/a:/b', context: 'c', token: 'secret', asGroups: ['x', 'y'], insecureSkipTlsVerify: true })
  t.strictSame(settings(env, '--kube-token', 'other', '--kube-as-group', 'z').kube, { kubeconfig: '/a:/b', token: 'other', asGroups: ['z'], insecureSkipTlsVerify: true })
})
