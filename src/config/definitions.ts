/** How a setting's text is read. `seconds` is a whole number of seconds, `duration` Go's syntax (`90s`, `5m`), `bytes` a whole number of bytes,
 * `count` a whole number that is not negative. */
export type SettingType = 'string' | 'bool' | 'int' | 'count' | 'port' | 'seconds' | 'bytes' | 'duration'

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
  disableApi: { type: 'bool', flag: 'disable-api', env: 'DISABLE_API', file: 'disableapi', default: 'false', help: 'serve no /api routes' },
  disableDelete: { type: 'bool', flag: 'disable-delete', env: 'DISABLE_DELETE', file: 'disabledelete', default: 'false', help: 'refuse DELETE' },
  enableMetrics: { type: 'bool', flag: 'enable-metrics', env: 'ENABLE_METRICS', file: 'enablemetrics', default: 'false', help: 'serve Prometheus metrics at /metrics' },
  maxUploadSize: { type: 'bytes', flag: 'max-upload-size', env: 'MAX_UPLOAD_SIZE', file: 'maxuploadsize', default: '20971520', help: 'largest request body in bytes' },
  chartPostFormFieldName: { type: 'string', flag: 'chart-post-form-field-name', env: 'CHART_POST_FORM_FIELD_NAME', file: 'chartpostformfieldname', default: 'chart', help: 'a further form field that may carry the chart (`chart` always may)' },
  provPostFormFieldName: { type: 'string', flag: 'prov-post-form-field-name', env: 'PROV_POST_FORM_FIELD_NAME', file: 'provpostformfieldname', default: 'prov', help: 'a further form field that may carry the provenance file (`prov` always may)' },
  readTimeout: { type: 'seconds', flag: 'read-timeout', env: 'READ_TIMEOUT', file: 'readtimeout', default: '30', help: 'seconds that a whole request may take to arrive; 0 sets no limit' },
  writeTimeout: { type: 'seconds', flag: 'write-timeout', env: 'WRITE_TIMEOUT', file: 'writetimeout', default: '30', help: 'seconds that a response may stand still before its connection is closed; 0 sets no limit' },
  shutdownTimeout: { type: 'duration', flag: 'shutdown-timeout', env: 'SHUTDOWN_TIMEOUT', file: 'shutdowntimeout', default: '30s', help: 'how long requests under way may take after SIGTERM' },
  debug: { type: 'bool', flag: 'debug', env: 'DEBUG', file: 'debug', default: 'false', help: 'log more' },
  logJson: { type: 'bool', flag: 'log-json', env: 'LOG_JSON', file: 'logjson', default: 'false', help: 'log JSON lines instead of text' },
  logHealth: { type: 'bool', flag: 'log-health', env: 'LOG_HEALTH', file: 'loghealth', default: 'false', help: 'log requests to /health too' }
} as const satisfies Record<string, Definition>

/** The name of a setting in the program. */
export type SettingName = keyof typeof definitions

type TypeOf<T extends SettingType> = T extends 'string' ? string : T extends 'bool' ? boolean : number

/** All settings, read: text as string, switches as boolean, numbers as number; seconds and durations in milliseconds. */
export type ServerSettings = { readonly [Name in SettingName]: TypeOf<(typeof definitions)[Name]['type']> }
