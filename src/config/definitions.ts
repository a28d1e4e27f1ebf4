/** How a setting's text is read. `seconds` is a whole number of seconds, `duration` Go's syntax (`90s`, `5m`), `bytes` a whole number of bytes,
 * `count` a whole number that is not negative, `pairs` texts with an `=` in them, each of which names something on its left. */
export type SettingType = 'string' | 'bool' | 'int' | 'count' | 'port' | 'seconds' | 'bytes' | 'duration' | 'pairs'

/** A setting of the server, declared once: flag, environment variable, file key, default and help all come from here. */
export interface Definition {
  readonly type: SettingType
  readonly flag: string
  readonly short?: string
  readonly env: string
  /** The key in the configuration file, nested levels joined by dots; none for a setting that a file cannot hold. */
  readonly file?: string
  /** As a user would write it. */
  readonly default: string
  readonly help: string
  /** The only texts allowed. */
  readonly choices?: readonly string[]
  /** Why it does nothing here: it is taken so that ChartMuseum's command runs as it stands, and said when it is given. */
  readonly unused?: string
}

/**
 * Every setting of `portolan serve`. Names, variables and keys are ChartMuseum's wherever it has the setting, so that a team moves
 * by changing the command and nothing else; `database` is ours.
 */
export const definitions = {
  config: { type: 'string', flag: 'config', short: 'c', env: 'CONFIG', default: '', help: 'configuration file (YAML); flags and environment variables win over it' },
  listenHost: { type: 'string', flag: 'listen-host', env: 'LISTEN_HOST', file: 'listen.host', default: '0.0.0.0', help: 'address to listen on' },
  port: { type: 'port', flag: 'port', env: 'PORT', file: 'port', default: '8080', help: 'port to listen on; 0 takes a free one' },
  storage: { type: 'string', flag: 'storage', env: 'STORAGE', file: 'storage.backend', default: 'local', choices: ['local', 'memory'], help: 'where the bytes of charts live: local (a folder) or memory (for trying out: gone at exit)' },
  storageLocalRootdir: { type: 'string', flag: 'storage-local-rootdir', env: 'STORAGE_LOCAL_ROOTDIR', file: 'storage.local.rootdir', default: './data/charts', help: 'folder of the local storage; made when it is not there' },
  database: { type: 'string', flag: 'database', env: 'DATABASE', file: 'database', default: 'sqlite:./data/portolan.db', help: 'database of records: sqlite:FILE' },
  chartUrl: { type: 'string', flag: 'chart-url', env: 'CHART_URL', file: 'charturl', default: '', help: 'absolute base of the URLs in the index; they are relative without it' },
  contextPath: { type: 'string', flag: 'context-path', env: 'CONTEXT_PATH', file: 'contextpath', default: '', help: 'path that everything but /metrics lies below, such as /charts' },
  depth: { type: 'count', flag: 'depth', env: 'DEPTH', file: 'depth', default: '0', help: 'how many segments of a path name a repository: 1 gives /org1/index.yaml' },
  depthDynamic: { type: 'bool', flag: 'depth-dynamic', env: 'DEPTH_DYNAMIC', file: 'depthdynamic', default: 'false', help: 'repositories of any depth' },
  allowOverwrite: { type: 'bool', flag: 'allow-overwrite', env: 'ALLOW_OVERWRITE', file: 'allowoverwrite', default: 'false', help: 'a version may be uploaded again without ?force' },
  disableForceOverwrite: { type: 'bool', flag: 'disable-force-overwrite', env: 'DISABLE_FORCE_OVERWRITE', file: 'disableforceoverwrite', default: 'false', help: 'ignore ?force: a version stays as first uploaded' },
  maxStorageObjects: { type: 'count', flag: 'max-storage-objects', env: 'MAX_STORAGE_OBJECTS', file: 'maxstorageobjects', default: '0', help: 'how many archives and provenance files a repository may have; 0 sets no limit' },
  jsonIndex: { type: 'bool', flag: 'json-index', env: 'JSON_INDEX', file: 'json-index', default: 'false', help: 'index.yaml is JSON for all clients, not only for those who read it faster so' },
  cacheInterval: { type: 'duration', flag: 'cache-interval', env: 'CACHE_INTERVAL', file: 'cacheinterval', default: '5m', help: 'how often the storage is looked through for files that were put there, replaced or removed by hand; 0 looks only at start' },
  perChartLimit: { type: 'count', flag: 'per-chart-limit', env: 'PER_CHART_LIMIT', file: 'per-chart-limit', default: '0', help: 'how many versions of a chart are kept when another is published; 0 keeps all' },
  perChartOrder: { type: 'string', flag: 'per-chart-order', env: 'PER_CHART_ORDER', file: 'per-chart-order', default: 'semver', choices: ['semver', 'age'], help: 'which versions go first at the limit: the lowest (semver) or those published first (age)' },
  perChartKeep: { type: 'string', flag: 'per-chart-keep', env: 'PER_CHART_KEEP', file: 'per-chart-keep', default: '', help: 'versions that are always kept and do not count, as patterns VERSION or CHART/VERSION with commas between them, such as `*.0.0,payments/*`' },
  genIndex: { type: 'bool', flag: 'gen-index', env: 'GEN_INDEX', file: 'genindex', default: 'false', help: 'print the index of depth 0 and exit' },
  corsAllowOrigin: { type: 'string', flag: 'cors-alloworigin', env: 'CORS_ALLOW_ORIGIN', file: 'cors.alloworigin', default: '', help: 'value of Access-Control-Allow-Origin in the answers of /api' },
  artifactHubRepoId: { type: 'pairs', flag: 'artifact-hub-repo-id', env: 'ARTIFACT_HUB_REPO_ID', file: 'artifact-hub-repo-id', default: '', help: 'ID that Artifact Hub gave to the repository (`ID`, or `org1/repoa=ID` with a depth); may be given more than once' },
  webTemplatePath: { type: 'string', flag: 'web-template-path', env: 'WEB_TEMPLATE_PATH', file: 'web-template-path', default: '', help: 'folder of a page of your own, in place of the built-in one: index.html (a Go template), and static/' },
  disableApi: { type: 'bool', flag: 'disable-api', env: 'DISABLE_API', file: 'disableapi', default: 'false', help: 'serve no /api routes' },
  disableDelete: { type: 'bool', flag: 'disable-delete', env: 'DISABLE_DELETE', file: 'disabledelete', default: 'false', help: 'refuse DELETE' },
  enableMetrics: { type: 'bool', flag: 'enable-metrics', env: 'ENABLE_METRICS', file: 'enablemetrics', default: 'false', help: 'serve Prometheus metrics at /metrics' },
  basicAuthUser: { type: 'string', flag: 'basic-auth-user', env: 'BASIC_AUTH_USER', file: 'basicauth.user', default: '', help: 'name of a user who may read and write; with --basic-auth-pass' },
  basicAuthPass: { type: 'string', flag: 'basic-auth-pass', env: 'BASIC_AUTH_PASS', file: 'basicauth.pass', default: '', help: 'password of that user' },
  basicAuthHtpasswd: { type: 'string', flag: 'basic-auth-htpasswd', env: 'BASIC_AUTH_HTPASSWD', file: 'basicauth.htpasswd', default: '', help: 'file of users who may read and write, made by `htpasswd -B`; read again when it changes' },
  basicAuthHtpasswdRead: { type: 'string', flag: 'basic-auth-htpasswd-read', env: 'BASIC_AUTH_HTPASSWD_READ', file: 'basicauth.htpasswdread', default: '', help: 'file of users who may only read, made by `htpasswd -B`; read again when it changes' },
  authAnonymousGet: { type: 'bool', flag: 'auth-anonymous-get', env: 'AUTH_ANONYMOUS_GET', file: 'authanonymousget', default: 'false', help: 'reading needs no credentials' },
  bearerAuth: { type: 'bool', flag: 'bearer-auth', env: 'BEARER_AUTH', file: 'bearerauth', default: 'false', help: 'take signed tokens (JWT); needs --auth-realm, --auth-service, and keys' },
  authRealm: { type: 'string', flag: 'auth-realm', env: 'AUTH_REALM', file: 'authrealm', default: '', help: 'where clients get tokens, as the challenge says it' },
  authService: { type: 'string', flag: 'auth-service', env: 'AUTH_SERVICE', file: 'authservice', default: '', help: 'what this server is called there' },
  authCertPath: { type: 'string', flag: 'auth-cert-path', env: 'AUTH_CERT_PATH', file: 'authcertpath', default: '', help: 'PEM file of public keys or certificates that tokens are checked by; read again when it changes' },
  authJwksUrl: { type: 'string', flag: 'auth-jwks-url', env: 'AUTH_JWKS_URL', file: 'authjwksurl', default: '', help: 'address of the key set (JWKS) that tokens are checked by; got again as keys change' },
  authJwksPath: { type: 'string', flag: 'auth-jwks-path', env: 'AUTH_JWKS_PATH', file: 'authjwkspath', default: '', help: 'file of such a key set; read again when it changes' },
  authAudience: { type: 'string', flag: 'auth-audience', env: 'AUTH_AUDIENCE', file: 'authaudience', default: '', help: 'what `aud` of a token must hold; anything without it' },
  authIssuer: { type: 'string', flag: 'auth-issuer', env: 'AUTH_ISSUER', file: 'authissuer', default: '', help: 'what `iss` of a token must be; anything without it' },
  authActionsSearchPath: { type: 'string', flag: 'auth-actions-search-path', env: 'AUTH_ACTIONS_SEARCH_PATH', file: 'authactionssearchpath', default: '', help: 'JMESPath expression that finds the allowed actions among the claims, with $NAMESPACE and $ACCESS_ENTRY_TYPE in quotes' },
  tlsCert: { type: 'string', flag: 'tls-cert', env: 'TLS_CERT', file: 'tls.cert', default: '', help: 'certificate to speak TLS with (PEM); read again when it changes; with --tls-key' },
  tlsKey: { type: 'string', flag: 'tls-key', env: 'TLS_KEY', file: 'tls.key', default: '', help: 'its key (PEM)' },
  tlsCaCert: { type: 'string', flag: 'tls-ca-cert', env: 'TLS_CA_CERT', file: 'tls.cacert', default: '', help: 'authority that clients must have a certificate of (PEM); read again when it changes' },
  maxUploadSize: { type: 'bytes', flag: 'max-upload-size', env: 'MAX_UPLOAD_SIZE', file: 'maxuploadsize', default: '20971520', help: 'largest request body in bytes' },
  chartPostFormFieldName: { type: 'string', flag: 'chart-post-form-field-name', env: 'CHART_POST_FORM_FIELD_NAME', file: 'chartpostformfieldname', default: 'chart', help: 'a further form field that may carry the chart (`chart` always may)' },
  provPostFormFieldName: { type: 'string', flag: 'prov-post-form-field-name', env: 'PROV_POST_FORM_FIELD_NAME', file: 'provpostformfieldname', default: 'prov', help: 'a further form field that may carry the provenance file (`prov` always may)' },
  readTimeout: { type: 'seconds', flag: 'read-timeout', env: 'READ_TIMEOUT', file: 'readtimeout', default: '30', help: 'seconds that the headers of a request may take, and over which its body must bring 1 KiB a second; 0 sets no limit' },
  writeTimeout: { type: 'seconds', flag: 'write-timeout', env: 'WRITE_TIMEOUT', file: 'writetimeout', default: '30', help: 'seconds that a response may stand still before its connection is closed; 0 sets no limit' },
  shutdownTimeout: { type: 'duration', flag: 'shutdown-timeout', env: 'SHUTDOWN_TIMEOUT', file: 'shutdowntimeout', default: '30s', help: 'how long requests under way may take after SIGTERM' },
  debug: { type: 'bool', flag: 'debug', env: 'DEBUG', file: 'debug', default: 'false', help: 'log more' },
  logJson: { type: 'bool', flag: 'log-json', env: 'LOG_JSON', file: 'logjson', default: 'false', help: 'log JSON lines instead of text' },
  logHealth: { type: 'bool', flag: 'log-health', env: 'LOG_HEALTH', file: 'loghealth', default: 'false', help: 'log requests to /health too' },
  logLatencyInteger: { type: 'bool', flag: 'log-latency-integer', env: 'LOG_LATENCY_INTEGER', file: 'loglatencyinteger', default: 'false', help: 'log latencies as a whole number of nanoseconds' },
  disableMetrics: { type: 'bool', flag: 'disable-metrics', env: 'DISABLE_METRICS', file: 'disablemetrics', default: 'false', help: 'does nothing', unused: 'metrics are served only with --enable-metrics' },
  disableStatefiles: { type: 'bool', flag: 'disable-statefiles', env: 'DISABLE_STATEFILES', file: 'disablestatefiles', default: 'false', help: 'does nothing', unused: 'index-cache.yaml is neither read nor written' },
  cache: { type: 'string', flag: 'cache', env: 'CACHE', file: 'cache.store', default: '', choices: ['', 'redis'], help: 'does nothing', unused: 'the index is kept in memory, and compared with the database before each answer' },
  cacheRedisAddr: { type: 'string', flag: 'cache-redis-addr', env: 'CACHE_REDIS_ADDR', file: 'cache.redis.addr', default: '', help: 'does nothing', unused: 'no Redis is used' },
  cacheRedisPassword: { type: 'string', flag: 'cache-redis-password', env: 'CACHE_REDIS_PASSWORD', file: 'cache.redis.password', default: '', help: 'does nothing', unused: 'no Redis is used' },
  cacheRedisDb: { type: 'int', flag: 'cache-redis-db', env: 'CACHE_REDIS_DB', file: 'cache.redis.db', default: '0', help: 'does nothing', unused: 'no Redis is used' },
  alwaysRegenerateChartIndex: { type: 'bool', flag: 'always-regenerate-chart-index', env: 'ALWAYS_REGENERATE_CHART_INDEX', file: 'always-regenerate-chart-index', default: 'false', help: 'does nothing', unused: 'every index shows whatever was published before it was asked for' },
  indexLimit: { type: 'int', flag: 'index-limit', env: 'INDEX_LIMIT', file: 'indexlimit', default: '0', help: 'does nothing', unused: 'no more packages are read at a time than the machine can do with' },
  storageTimestampTolerance: { type: 'duration', flag: 'storage-timestamp-tolerance', env: 'STORAGE_TIMESTAMP_TOLERANCE', file: 'storage.timestamptolerance', default: '0', help: 'does nothing', unused: 'the clock of the storage is compared with none' },
  enforceSemver2: { type: 'bool', flag: 'enforce-semver2', env: 'ENFORCE_SEMVER2', file: 'enforce-semver2', default: 'false', help: 'does nothing', unused: 'versions are always checked, as Helm checks them' }
} as const satisfies Record<string, Definition>

/** The name of a setting in the program. */
export type SettingName = keyof typeof definitions

type TypeOf<T extends SettingType> = T extends 'string' ? string : T extends 'bool' ? boolean : T extends 'pairs' ? ReadonlyMap<string, string> : number

/** All settings, read: text as string, switches as boolean, numbers as number, pairs as map; seconds and durations in milliseconds. */
export type ServerSettings = { readonly [Name in SettingName]: TypeOf<(typeof definitions)[Name]['type']> }
