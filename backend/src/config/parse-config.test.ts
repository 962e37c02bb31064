import { describe, expect, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { inspectConfig, parseConfig, randomSecrets } from './parse-config.ts'
import type { Variables } from './sources.ts'

const key = (letter: string) => letter.repeat(40)

const production: Variables = {
  CHATSG_ENVIRONMENT: 'production',
  APP_URL: 'https://crm.example.com/',
  ENCRYPTION_KEY: key('e'),
  SESSION_SECRET: key('s'),
  CSRF_SECRET: key('c'),
}

function problemsOf(env: Variables): string[] {
  return inspectConfig(env).problems.map(({ variable, problem }) => `${variable} ${problem}`)
}

describe('parseConfig', () => {
  it('needs nothing for development', () => {
    const config = parseConfig({})
    expect(config.application).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      port: 3000,
      appUrl: 'http://127.0.0.1:3000',
      workers: 1,
      demoData: 'auto',
    })
    expect(config.database.url).toBeUndefined()
    expect(config.crm).toMatchObject({ maxPageSize: 50, requestTimeoutMs: 10_000, rateLimitMaxRequests: 10, rateLimitWindowMs: 1000, syncIntervalMs: 300_000 })
    expect(config.memory.timeoutMs).toBe(2000)
    expect(config.logging.level).toBe('debug')
    expect(config.security.httpsOnly).toBe(false)
    expect(config.security.encryptionKey).toHaveLength(64)
  })

  it('takes the stricter defaults in production', () => {
    const config = parseConfig(production)
    expect(config.crm).toMatchObject({ maxPageSize: 20, requestTimeoutMs: 15_000, rateLimitMaxRequests: 5, rateLimitWindowMs: 2000 })
    expect(config.memory.timeoutMs).toBe(5000)
    expect(config.logging.level).toBe('info')
    expect(config.security.httpsOnly).toBe(true)
    expect(config.application.appUrl).toBe('https://crm.example.com')
  })

  it('is frozen to the bottom', () => {
    const config = parseConfig({ TRUSTED_PROXIES: '127.0.0.1' })
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.security)).toBe(true)
    expect(Object.isFrozen(config.application.trustedProxies)).toBe(true)
  })

  it('takes empty and blank for unset', () => {
    const config = parseConfig({ PORT: '', HOST: '  ', DATABASE_URL: '' })
    expect(config.application).toMatchObject({ port: 3000, host: '127.0.0.1' })
    expect(config.database.url).toBeUndefined()
  })

  it('reads aliases, and says when the name itself is set to something else', () => {
    const env = { NEXT_PUBLIC_APP_URL: 'https://b.example.com', SUPABASE_DB_URL: 'postgresql://u:p@db.example.com/x', NEXTAUTH_SECRET: key('n') }
    const config = parseConfig(env)
    expect(config.application.appUrl).toBe('https://b.example.com')
    expect(config.database.url).toBe('postgresql://u:p@db.example.com/x')
    expect(config.security.sessionSecret).toBe(key('n'))
    const both = { ...env, SESSION_SECRET: key('s') }
    expect(parseConfig(both).security.sessionSecret).toBe(key('s'))
    expect(inspectConfig(both).warnings).toEqual([
      { variable: 'NEXTAUTH_SECRET', problem: 'is ignored, because SESSION_SECRET is set as well', fix: 'Remove one of the two.' },
    ])
  })

  it('reads secrets from files, and tells one that cannot be read', () => {
    const readFile = (path: string) => {
      if (path === '/run/secrets/session') return `${key('f')}\n`
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    }
    expect(parseConfig({ SESSION_SECRET_FILE: '/run/secrets/session' }, { readFile }).security.sessionSecret).toBe(key('f'))
    const { problems } = inspectConfig({ SESSION_SECRET_FILE: '/missing' }, { readFile })
    expect(problems).toEqual([
      { variable: 'SESSION_SECRET_FILE', problem: 'names a file that cannot be read (ENOENT)', fix: 'Check the path and its permissions.' },
    ])
  })

  it('reports every problem at once, with its fix and without its value', () => {
    const env = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      SAFE_MODE: 'perhaps',
      APP_URL: 'chat',
      ALERT_ERROR_RATE: '5',
      CHATSG_NOW: 'today',
      TRUSTED_PROXIES: '300.0.0.1',
      WORKERS: 'many',
    }
    expect(problemsOf(env).sort()).toEqual([
      'ALERT_ERROR_RATE is not a number from 0 to 1',
      'APP_URL is not a web address',
      'CHATSG_NOW is not an ISO 8601 instant with its zone',
      'LOG_LEVEL is not one of its choices',
      'PORT is not a whole number from 0 to 65535',
      'SAFE_MODE is neither true nor false',
      'TRUSTED_PROXIES holds something that is not an IP address or network',
      'WORKERS is not a whole number from 1 to 256',
    ])
    expect(() => parseConfig(env)).toThrow(ConfigError)
    expect(inspectConfig(env).problems.every(({ fix }) => fix.endsWith('.'))).toBe(true)
    expect(() => parseConfig({ DATABASE_URL: 'mysql://root:hunter2@db' })).toThrow(/^(?!.*hunter2).*DATABASE_URL is not a postgres address/s)
  })

  it('refuses an unknown environment', () => {
    expect(problemsOf({ CHATSG_ENVIRONMENT: 'prod' })).toEqual(['CHATSG_ENVIRONMENT is not one of its choices'])
  })

  it.each([
    ['a missing secret', { CSRF_SECRET: undefined }, ['CSRF_SECRET is missing']],
    ['a short secret', { SESSION_SECRET: 'x'.repeat(31) }, ['SESSION_SECRET is shorter than 32 characters']],
    ['a placeholder', { ENCRYPTION_KEY: `your_encryption_key_${'x'.repeat(30)}` }, ['ENCRYPTION_KEY is a placeholder']],
    ['a placeholder of somebody else', { OPENAI_API_KEY: 'your_production_openai_key' }, ['OPENAI_API_KEY is a placeholder']],
    ['a reused secret', { CSRF_SECRET: key('s') }, ['CSRF_SECRET is the same as SESSION_SECRET']],
    ['an admin key that is a secret too', { ADMIN_API_KEY: key('e') }, ['ADMIN_API_KEY is the same as ENCRYPTION_KEY']],
    ['a short admin key', { ADMIN_API_KEY: 'short' }, ['ADMIN_API_KEY is shorter than 32 characters']],
    [
      'half of Azure AD',
      { AZURE_AD_CLIENT_ID: 'a' },
      ['AZURE_AD_CLIENT_SECRET is missing, while other Azure AD variables are set', 'AZURE_AD_TENANT_ID is missing, while other Azure AD variables are set'],
    ],
    ['half of OIDC', { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'a' }, ['OIDC_CLIENT_SECRET is missing, while other OIDC variables are set']],
    ['plain http', { APP_URL: 'http://crm.example.com' }, ['APP_URL is not https while HTTPS_ONLY is on']],
    ['no address', { APP_URL: undefined }, ['APP_URL is missing while HTTPS_ONLY is on']],
    ['every origin', { CORS_ORIGINS: 'https://a.example.com,*' }, ['CORS_ORIGINS allows every origin']],
    ['a frozen clock', { CHATSG_NOW: '2026-03-01T00:00:00Z' }, ['CHATSG_NOW freezes the clock']],
  ])('refuses %s in production', (_, change, expected) => {
    expect(problemsOf({ ...production, ...change })).toEqual(expected)
  })

  it('reports what cannot be read and what is unsafe together', () => {
    expect(problemsOf({ ...production, PORT: 'x', CSRF_SECRET: undefined, CORS_ORIGINS: 'nonsense' })).toEqual([
      'PORT is not a whole number from 0 to 65535',
      'CORS_ORIGINS holds something that is not a web origin',
      'CSRF_SECRET is missing',
    ])
  })

  it('allows plain http in production when HTTPS_ONLY is off', () => {
    expect(problemsOf({ ...production, APP_URL: 'http://crm.internal', HTTPS_ONLY: 'false' })).toEqual([])
  })

  it('leaves placeholders out in development, and warns', () => {
    const env = { OPENAI_API_KEY: 'your_openai_key', SESSION_SECRET: 'your_session_secret_key' }
    const config = parseConfig(env)
    expect(config.models.openaiApiKey).toBeUndefined()
    expect(config.security.sessionSecret).toMatch(/^[0-9a-f]{64}$/)
    expect(inspectConfig(env).warnings.map(({ variable }) => variable)).toEqual(['OPENAI_API_KEY', 'SESSION_SECRET'])
  })

  it('takes missing secrets from the data folder, except in production', () => {
    const stored = randomSecrets()
    const asked: string[] = []
    const secrets = (dataDir: string) => {
      asked.push(dataDir)
      return stored
    }
    const config = parseConfig({ DATA_DIR: '/srv/chatsg', SESSION_SECRET: key('s') }, { secrets })
    expect(config.security).toMatchObject({ encryptionKey: stored.encryptionKey, sessionSecret: key('s') })
    expect(config.database).toMatchObject({ ownerPassword: stored.ownerPassword, applicationPassword: stored.applicationPassword })
    expect(asked).toEqual(['/srv/chatsg'])
    expect(() => parseConfig({ ...production, CSRF_SECRET: '' }, { secrets })).toThrow(/CSRF_SECRET is missing/)
    expect(asked).toHaveLength(1)
  })

  it('gives replicas of one database the same login password', () => {
    const shared = { ...production, DATABASE_URL: 'postgres://u:p@db.example.com/x' }
    expect(parseConfig(shared).database.applicationPassword).toBe(parseConfig(shared).database.applicationPassword)
    expect(parseConfig(production).database.applicationPassword).not.toBe(parseConfig(production).database.applicationPassword)
  })

  it('makes an address that a browser can open', () => {
    expect(parseConfig({ HOST: '0.0.0.0', PORT: '8080' }).application.appUrl).toBe('http://127.0.0.1:8080')
    expect(parseConfig({ HOST: '::1' }).application.appUrl).toBe('http://[::1]:3000')
  })

  it('reads lists and flags', () => {
    const config = parseConfig({
      TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1',
      CORS_ORIGINS: 'https://a.example.com, http://localhost:5173/',
      FEATURE_FLAGS: 'inbox, forecast=false',
    })
    expect(config.application.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
    expect(config.security.corsOrigins).toEqual(['https://a.example.com', 'http://localhost:5173'])
    expect(config.deployment.featureFlags).toEqual({ inbox: true, forecast: false })
  })
})
