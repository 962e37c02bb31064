import {
  address,
  decimal,
  featureFlags,
  flag,
  host,
  instant,
  integer,
  modelPrices,
  modelsByAgent,
  networks,
  oneOf,
  origins,
  type Reader,
  text,
  webAddress,
  workers,
} from './readers.ts'

/** One variable of the environment. */
export interface Variable<T> {
  readonly name: string
  readonly aliases: readonly string[]
  /** One sentence for operators. */
  readonly about: string
  readonly read: Reader<T>
  /** As it would stand in the environment; `backend/config/<environment>.json` may hold another. */
  readonly default: string | undefined
  /** Accepts `<NAME>_FILE`, is never printed, and may not be a placeholder in production. */
  readonly secret: boolean
}

interface Details {
  aliases?: string[]
  secret?: true
}

function optional<T>(name: string, about: string, read: Reader<T>, details: Details = {}): Variable<T | undefined> {
  return { name, about, read, default: undefined, aliases: details.aliases ?? [], secret: details.secret ?? false }
}

function withDefault<T>(name: string, defaultValue: string, about: string, read: Reader<T>): Variable<T> {
  return { name, about, read, default: defaultValue, aliases: [], secret: false }
}

function secret(name: string, about: string, details: Pick<Details, 'aliases'> = {}): Variable<string | undefined> {
  return optional(name, about, text, { ...details, secret: true })
}

const dayMs = 86_400_000
const milliseconds = integer(1, dayMs)
const days = integer(1, 36_500)
const requests = integer(1, 10_000_000)

/** Every variable of the environment, by group; the configuration, `.env.example` and its checks are made from this table. */
export const schema = {
  application: {
    environment: withDefault(
      'CHATSG_ENVIRONMENT',
      'development',
      'development, staging or production; decides the defaults.',
      oneOf('development', 'staging', 'production'),
    ),
    nodeEnv: optional('NODE_ENV', 'Accepted for other programs; CHATSG_ENVIRONMENT decides.', text),
    host: withDefault('HOST', '127.0.0.1', 'Address to listen on; 127.0.0.1 is reachable from this machine only.', host),
    port: withDefault('PORT', '3000', 'Port to listen on.', integer(0, 65_535)),
    appUrl: optional('APP_URL', 'Address people use in their browser; http://HOST:PORT when empty.', webAddress, { aliases: ['NEXT_PUBLIC_APP_URL'] }),
    trustedProxies: withDefault(
      'TRUSTED_PROXIES',
      'none',
      'Reverse proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas.',
      networks,
    ),
    workers: withDefault('WORKERS', '1', 'Server processes; auto is one a core.', workers),
    safeMode: withDefault('SAFE_MODE', 'false', 'Starts without outbound integrations and jobs, with read-only agents.', flag),
    dataDir: withDefault('DATA_DIR', 'backend/data', 'Folder of the embedded database, sessions and generated secrets; relative to the repository.', text),
    now: optional('CHATSG_NOW', 'ISO instant that freezes the clock, for demonstrations and tests; refused in production.', instant),
    demoData: withDefault('DEMO_DATA', 'auto', 'auto fills an empty development database with the demo workspace; none does not.', oneOf('auto', 'none')),
  },
  models: {
    openaiApiKey: secret('OPENAI_API_KEY', 'Key of a language model; without any the built-in planner answers.'),
    openaiModel: withDefault('OPENAI_MODEL', 'gpt-4o', 'Model to ask.', text),
    openaiBaseUrl: optional('OPENAI_BASE_URL', 'Any server that speaks OpenAI chat completions.', webAddress),
    azureApiKey: secret('AZURE_OPENAI_API_KEY', 'Key of an Azure OpenAI resource; needs its endpoint and deployment.'),
    azureEndpoint: optional('AZURE_OPENAI_ENDPOINT', 'Address of the Azure OpenAI resource.', webAddress),
    azureDeployment: optional('AZURE_OPENAI_DEPLOYMENT', 'Deployment to ask.', text),
    azureApiVersion: optional('AZURE_OPENAI_API_VERSION', 'API version of the Azure OpenAI resource.', text),
    embeddingModel: optional('EMBEDDING_MODEL', 'Accepted, and read by nothing: search and memory find texts by their words, without vectors.', text),
    temperature: withDefault('LLM_TEMPERATURE', '0.2', 'From 0 (steady) to 2 (varied).', decimal(0, 2)),
    maxTokens: withDefault('LLM_MAX_TOKENS', '2000', 'Most tokens of one answer.', integer(1, 1_000_000)),
    timeoutMs: withDefault('LLM_TIMEOUT', '60000', 'Milliseconds one call may take.', milliseconds),
    maxConcurrency: withDefault('LLM_MAX_CONCURRENCY', '10', 'Calls at the same time.', integer(1, 10_000)),
    dailyBudgetUsd: optional('LLM_DAILY_BUDGET_USD', 'Spending a day, in US dollars, after which the built-in planner answers alone.', decimal(0, 1_000_000)),
    agentModels: withDefault('LLM_AGENT_MODELS', '', 'Models of single agents, such as crm=gpt-4o-mini,creative=gpt-4o.', modelsByAgent),
    chunkTimeoutMs: withDefault('LLM_CHUNK_TIMEOUT', '30000', 'Milliseconds until an answer begins, and between two pieces of one.', milliseconds),
    maxQueue: withDefault('LLM_MAX_QUEUE', '200', 'Calls that may wait for their turn.', integer(0, 100_000)),
    fallbackBaseUrl: optional('LLM_FALLBACK_BASE_URL', 'A second server, asked when the first does not answer.', webAddress),
    fallbackApiKey: secret('LLM_FALLBACK_API_KEY', 'Key of the second server; alone it is a key of OpenAI.'),
    fallbackModel: optional('LLM_FALLBACK_MODEL', 'Model of the second server; OPENAI_MODEL when empty.', text),
    prices: withDefault(
      'LLM_PRICES',
      '{}',
      'US dollars for a million tokens by model, over the prices that are known: {"my-model":{"input":0.5,"cachedInput":0.1,"output":1.5}}.',
      modelPrices,
    ),
    maskPeople: withDefault(
      'LLM_MASK_PII',
      'false',
      'Whether names, e-mails and phones are masked before a model sees them, unless a workspace says otherwise.',
      flag,
    ),
    audit: withDefault('LLM_AUDIT', 'false', 'Whether prompts and answers of models are kept, encrypted, for admins to read.', flag),
    auditRetentionDays: withDefault('LLM_AUDIT_RETENTION_DAYS', '30', 'Days they are kept.', days),
  },
  crm: {
    insightlyApiKey: secret('INSIGHTLY_API_KEY', 'Key of an Insightly account to mirror; without it the built-in CRM is the system of record.'),
    insightlyApiUrl: withDefault('INSIGHTLY_API_URL', 'https://api.insightly.com/v3.1', 'Address of the Insightly API.', webAddress),
    maxPageSize: withDefault('CRM_MAX_PAGE_SIZE', '50', 'Rows shown on one page of an answer.', integer(1, 500)),
    requestTimeoutMs: withDefault('CRM_REQUEST_TIMEOUT', '10000', 'Milliseconds one call to Insightly may take.', milliseconds),
    rateLimitMaxRequests: withDefault('CRM_RATE_LIMIT_MAX_REQUESTS', '10', 'Calls to Insightly in one window.', requests),
    rateLimitWindowMs: withDefault('CRM_RATE_LIMIT_WINDOW_MS', '1000', 'Milliseconds of that window.', milliseconds),
    syncIntervalMs: withDefault('CRM_SYNC_INTERVAL', '300000', 'Milliseconds between two incremental runs of the mirror.', integer(1000, dayMs)),
  },
  database: {
    url: optional('DATABASE_URL', 'PostgreSQL 15 or newer; empty starts the embedded one.', address('postgres', 'postgresql'), {
      aliases: ['SUPABASE_DB_URL'],
      secret: true,
    }),
    readUrl: optional('DATABASE_READ_URL', 'A streaming replica of DATABASE_URL for what people read.', address('postgres', 'postgresql'), { secret: true }),
    readMaxLagMs: withDefault('DATABASE_READ_MAX_LAG', '3000', 'Milliseconds behind from which on the replica is left alone.', milliseconds),
    maxConnections: withDefault('DB_MAX_CONNECTIONS', '20', 'Connections of one server process.', integer(2, 1000)),
    connectionTimeoutMs: withDefault('DB_CONNECTION_TIMEOUT', '5000', 'Milliseconds to wait for a connection.', milliseconds),
    redisUrl: optional('REDIS_URL', 'Redis for limits and caches shared by several machines; empty lets PostgreSQL serve.', address('redis', 'rediss'), {
      secret: true,
    }),
  },
  supabase: {
    url: optional('SUPABASE_URL', 'Address of a Supabase project; its PostgreSQL is used through DATABASE_URL.', webAddress, {
      aliases: ['NEXT_PUBLIC_SUPABASE_URL'],
    }),
    serviceRoleKey: secret('SUPABASE_SERVICE_ROLE_KEY', 'Accepted and checked, not needed.'),
    anonKey: optional('NEXT_PUBLIC_SUPABASE_ANON_KEY', 'Accepted and checked, not needed.', text),
  },
  memory: {
    enabled: withDefault('MEM0_ENABLED', 'true', 'Whether agents remember.', flag),
    timeoutMs: withDefault('MEM0_TIMEOUT', '2000', 'Milliseconds one look into memory may take.', milliseconds),
    apiUrl: optional('MEM0_API_URL', 'A Mem0 server; empty is the built-in memory.', webAddress),
    apiKey: secret('MEM0_API_KEY', 'Key of that server.'),
    model: withDefault(
      'MEMORY_MODEL',
      'off',
      'Whether a language model reads what no rule understands: off, calls (one by one, soon), or batch (at half the price, up to a day later; not Azure).',
      oneOf('off', 'calls', 'batch'),
    ),
  },
  automations: {
    webhookAllowPrivate: withDefault(
      'WEBHOOK_ALLOW_PRIVATE',
      'false',
      'Lets webhooks go to private and loopback addresses and by plain http; for development.',
      flag,
    ),
  },
  security: {
    encryptionKey: secret('ENCRYPTION_KEY', 'Encrypts stored secrets; 32 characters or more. Backups need the same one.'),
    encryptionKeyPrevious: secret('ENCRYPTION_KEY_PREVIOUS', 'The key before, while keys are rotated.'),
    sessionSecret: secret('SESSION_SECRET', 'Signs web sessions; 32 characters or more.', { aliases: ['NEXTAUTH_SECRET'] }),
    csrfSecret: secret('CSRF_SECRET', 'Signs form tokens; 32 characters or more.'),
    adminApiKey: secret('ADMIN_API_KEY', 'Bearer key that acts as the workspace owner, for automation and probes; 32 characters or more.'),
    httpsOnly: withDefault('HTTPS_ONLY', 'false', 'Cookies and links over https only; APP_URL must be https.', flag),
    corsOrigins: withDefault('CORS_ORIGINS', '', 'Other web origins that may call the API, separated by commas.', origins),
    rateLimitMax: withDefault('RATE_LIMIT_MAX', '100', 'Unauthenticated requests of one address in one window.', requests),
    rateLimitWindowMs: withDefault('RATE_LIMIT_WINDOW_MS', '900000', 'Milliseconds of that window.', milliseconds),
    loginMaxFailures: withDefault('LOGIN_MAX_FAILURES', '5', 'Failed sign-ins before an account is locked.', integer(1, 1000)),
    loginLockoutMs: withDefault('LOGIN_LOCKOUT_MS', '1800000', 'Milliseconds an account stays locked.', milliseconds),
    threatMode: withDefault('THREAT_MODE', 'block', 'What happens to a request that looks like an attack.', oneOf('block', 'report', 'off')),
    autoBanThreshold: withDefault('AUTO_BAN_THRESHOLD', '10', 'Threats of one address before it is banned.', integer(1, 100_000)),
    autoBanMs: withDefault('AUTO_BAN_MS', '3600000', 'Milliseconds of a ban, at most a day.', milliseconds),
    azureAdClientId: optional('AZURE_AD_CLIENT_ID', 'Sign-in with Microsoft Entra; all three or none.', text),
    azureAdClientSecret: secret('AZURE_AD_CLIENT_SECRET', 'Sign-in with Microsoft Entra; all three or none.'),
    azureAdTenantId: optional('AZURE_AD_TENANT_ID', 'Sign-in with Microsoft Entra; all three or none.', text),
    oidcIssuer: optional('OIDC_ISSUER', 'Sign-in with another OpenID provider; all three or none.', webAddress),
    oidcClientId: optional('OIDC_CLIENT_ID', 'Sign-in with another OpenID provider; all three or none.', text),
    oidcClientSecret: secret('OIDC_CLIENT_SECRET', 'Sign-in with another OpenID provider; all three or none.'),
  },
  mail: {
    smtpUrl: optional(
      'SMTP_URL',
      'Mail server for invitations, password resets and alerts: smtps://user:password@host, or smtp:// with STARTTLS.',
      address('smtp', 'smtps'),
      {
        secret: true,
      },
    ),
    from: optional('MAIL_FROM', 'Address that mail comes from; the user of SMTP_URL when empty.', text),
  },
  logging: {
    level: withDefault('LOG_LEVEL', 'info', 'The least important lines that are written.', oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal')),
    file: optional('LOG_FILE', 'File for log lines; error.log and audit.log are kept beside it. Empty is the standard output.', text),
    auditFile: optional('AUDIT_LOG_FILE', 'File for audit lines.', text),
    debug: optional('DEBUG', 'Modules that log at debug whatever LOG_LEVEL says, such as crm:*.', text),
  },
  monitoring: {
    enabled: withDefault('MONITORING_ENABLED', 'true', 'Whether health is checked in the background.', flag),
    healthCheckIntervalMs: withDefault('HEALTH_CHECK_INTERVAL', '30000', 'Milliseconds between two checks.', milliseconds),
    alertResponseTimeMs: withDefault('ALERT_RESPONSE_TIME', '5000', 'Milliseconds of a response above which an alert is raised.', milliseconds),
    alertErrorRate: withDefault('ALERT_ERROR_RATE', '0.05', 'Share of failed requests above which an alert is raised.', decimal(0, 1)),
    alertMemoryUsage: withDefault('ALERT_MEMORY_USAGE', '0.85', 'Share of memory above which an alert is raised.', decimal(0, 1)),
    alertCpuUsage: withDefault('ALERT_CPU_USAGE', '0.80', 'Share of processor time above which an alert is raised.', decimal(0, 1)),
    alertWebhookUrl: optional('ALERT_WEBHOOK_URL', 'Address that alerts are posted to.', webAddress, { secret: true }),
    metricsToken: secret('METRICS_TOKEN', 'Bearer token for /metrics; without it only this machine may read them.'),
    otlpEndpoint: optional(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OpenTelemetry collector that traces are sent to, by OTLP over HTTP: http://127.0.0.1:4318.',
      webAddress,
    ),
  },
  performance: {
    cacheEnabled: withDefault('CACHE_ENABLED', 'true', 'Whether answers are cached.', flag),
    compressionEnabled: withDefault('COMPRESSION_ENABLED', 'true', 'Whether responses are compressed.', flag),
    cdnEnabled: withDefault('CDN_ENABLED', 'false', 'Lets shared caches keep hashed assets for ever.', flag),
  },
  retention: {
    sessionDays: withDefault('SESSION_RETENTION_DAYS', '90', 'Days a chat session is kept after its last message.', days),
    undoDays: withDefault('UNDO_RETENTION_DAYS', '90', 'Days in which a carried out proposal or an import can be undone.', days),
    backupDir: optional('BACKUP_DIR', 'Folder of backups; backups in DATA_DIR when empty.', text),
    backupDays: withDefault('BACKUP_RETENTION_DAYS', '30', 'Days a backup is kept.', days),
    auditDays: withDefault('AUDIT_RETENTION_DAYS', '365', 'Days an audit entry is kept.', days),
  },
  deployment: {
    gitCommit: optional('GIT_COMMIT', 'Commit that is deployed.', text),
    buildNumber: optional('BUILD_NUMBER', 'Build that is deployed.', text),
    deployedBy: optional('DEPLOYED_BY', 'Who deployed it.', text),
    featureFlags: withDefault('FEATURE_FLAGS', '', 'Flags that are on (name) or off (name=false), separated by commas.', featureFlags),
  },
}

type Schema = typeof schema
type Read<V> = V extends Variable<infer T> ? T : never

/** The values of the table as they are read, before what is derived from them. */
export type SchemaValues = { -readonly [G in keyof Schema]: { -readonly [K in keyof Schema[G]]: Read<Schema[G][K]> } }

export type Environment = SchemaValues['application']['environment']

/** Every variable with the place of its value. */
export const variables: readonly { group: string; key: string; variable: Variable<unknown> }[] = Object.entries(schema).flatMap(([group, members]) =>
  Object.entries(members as Record<string, Variable<unknown>>).map(([key, variable]) => ({ group, key, variable })),
)
