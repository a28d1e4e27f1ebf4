import t from 'tap'
import type { Definition } from '../../src/config/definitions.js'
import { definitions } from '../../src/config/definitions.js'

// ChartMuseum's settings: flag, variable, key of the file, default. Those of the cloud's storages come with them.

const rows: ReadonlyArray<readonly [flag: string, env: string, file: string | undefined, initial: string]> = [
  ['config', 'CONFIG', undefined, ''],
  ['gen-index', 'GEN_INDEX', 'genindex', 'false'],
  ['debug', 'DEBUG', 'debug', 'false'],
  ['log-json', 'LOG_JSON', 'logjson', 'false'],
  ['log-health', 'LOG_HEALTH', 'loghealth', 'false'],
  ['log-latency-integer', 'LOG_LATENCY_INTEGER', 'loglatencyinteger', 'false'],
  ['disable-metrics', 'DISABLE_METRICS', 'disablemetrics', 'false'],
  ['enable-metrics', 'ENABLE_METRICS', 'enablemetrics', 'false'],
  ['disable-api', 'DISABLE_API', 'disableapi', 'false'],
  ['disable-delete', 'DISABLE_DELETE', 'disabledelete', 'false'],
  ['disable-statefiles', 'DISABLE_STATEFILES', 'disablestatefiles', 'false'],
  ['json-index', 'JSON_INDEX', 'json-index', 'false'],
  ['allow-overwrite', 'ALLOW_OVERWRITE', 'allowoverwrite', 'false'],
  ['disable-force-overwrite', 'DISABLE_FORCE_OVERWRITE', 'disableforceoverwrite', 'false'],
  ['port', 'PORT', 'port', '8080'],
  ['listen-host', 'LISTEN_HOST', 'listen.host', '0.0.0.0'],
  ['read-timeout', 'READ_TIMEOUT', 'readtimeout', '30'],
  ['write-timeout', 'WRITE_TIMEOUT', 'writetimeout', '30'],
  ['chart-url', 'CHART_URL', 'charturl', ''],
  ['basic-auth-user', 'BASIC_AUTH_USER', 'basicauth.user', ''],
  ['basic-auth-pass', 'BASIC_AUTH_PASS', 'basicauth.pass', ''],
  ['auth-anonymous-get', 'AUTH_ANONYMOUS_GET', 'authanonymousget', 'false'],
  ['bearer-auth', 'BEARER_AUTH', 'bearerauth', 'false'],
  ['auth-realm', 'AUTH_REALM', 'authrealm', ''],
  ['auth-service', 'AUTH_SERVICE', 'authservice', ''],
  ['auth-cert-path', 'AUTH_CERT_PATH', 'authcertpath', ''],
  ['auth-actions-search-path', 'AUTH_ACTIONS_SEARCH_PATH', 'authactionssearchpath', ''],
  ['tls-cert', 'TLS_CERT', 'tls.cert', ''],
  ['tls-key', 'TLS_KEY', 'tls.key', ''],
  ['tls-ca-cert', 'TLS_CA_CERT', 'tls.cacert', ''],
  ['cache', 'CACHE', 'cache.store', ''],
  ['cache-redis-addr', 'CACHE_REDIS_ADDR', 'cache.redis.addr', ''],
  ['cache-redis-password', 'CACHE_REDIS_PASSWORD', 'cache.redis.password', ''],
  ['cache-redis-db', 'CACHE_REDIS_DB', 'cache.redis.db', '0'],
  ['cache-interval', 'CACHE_INTERVAL', 'cacheinterval', '5m'],
  ['always-regenerate-chart-index', 'ALWAYS_REGENERATE_CHART_INDEX', 'always-regenerate-chart-index', 'false'],
  ['index-limit', 'INDEX_LIMIT', 'indexlimit', '0'],
  ['max-storage-objects', 'MAX_STORAGE_OBJECTS', 'maxstorageobjects', '0'],
  ['max-upload-size', 'MAX_UPLOAD_SIZE', 'maxuploadsize', '20971520'],
  ['per-chart-limit', 'PER_CHART_LIMIT', 'per-chart-limit', '0'],
  ['storage-timestamp-tolerance', 'STORAGE_TIMESTAMP_TOLERANCE', 'storage.timestamptolerance', '0'],
  ['context-path', 'CONTEXT_PATH', 'contextpath', ''],
  ['depth', 'DEPTH', 'depth', '0'],
  ['depth-dynamic', 'DEPTH_DYNAMIC', 'depthdynamic', 'false'],
  ['cors-alloworigin', 'CORS_ALLOW_ORIGIN', 'cors.alloworigin', ''],
  ['enforce-semver2', 'ENFORCE_SEMVER2', 'enforce-semver2', 'false'],
  ['chart-post-form-field-name', 'CHART_POST_FORM_FIELD_NAME', 'chartpostformfieldname', 'chart'],
  ['prov-post-form-field-name', 'PROV_POST_FORM_FIELD_NAME', 'provpostformfieldname', 'prov'],
  ['web-template-path', 'WEB_TEMPLATE_PATH', 'web-template-path', ''],
  ['artifact-hub-repo-id', 'ARTIFACT_HUB_REPO_ID', 'artifact-hub-repo-id', ''],
  // ChartMuseum has no default for these two.
  ['storage', 'STORAGE', 'storage.backend', 'local'],
  ['storage-local-rootdir', 'STORAGE_LOCAL_ROOTDIR', 'storage.local.rootdir', './data/charts']
]

t.test('each has its flag, variable, key and default', async t => {
  const byFlag = new Map(Object.values<Definition>(definitions).map(definition => [definition.flag, definition]))
  for (const [flag, env, file, initial] of rows) {
    const found = byFlag.get(flag)
    t.strictSame([found?.env, found?.file, found?.default], [env, file, initial], `--${flag}`)
  }
  t.equal(byFlag.get('config')?.short, 'c')
})
