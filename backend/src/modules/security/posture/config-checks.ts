import type { Config } from '#backend/config/index.ts'
import type { PostureCheck } from '#contracts/security.ts'

/** What the configuration says about safety. */
export interface ConfigFacts {
  environment: Config['application']['environment']
  appUrl: string
  security: Pick<Config['security'], 'httpsOnly' | 'corsOrigins' | 'threatMode' | 'rateLimitMax' | 'rateLimitWindowMs' | 'loginMaxFailures' | 'adminApiKey'>
  metricsToken: string | undefined
  alertWebhookUrl: string | undefined
  /** Names of secrets that this installation made for itself, for want of configured ones. */
  generatedSecrets: readonly string[]
  /** Where limits are counted. */
  limitStore: 'postgresql' | 'redis'
}

/** From the configuration alone. */
export function checkConfiguration(facts: ConfigFacts): PostureCheck[] {
  return [https(facts), secrets(facts), threats(facts), limits(facts), origins(facts), metrics(facts), adminKey(facts), alerts(facts)]
}

function https({ security, appUrl }: ConfigFacts): PostureCheck {
  const base = { id: 'https', label: 'Encrypted connections' }
  if (security.httpsOnly) return { ...base, state: 'good', detail: `People use ${appUrl}; cookies and links are for https only.` }
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(appUrl).hostname)
  if (isLocal)
    return { ...base, state: 'warning', detail: 'Reachable at this machine without https. Set HTTPS_ONLY and an https APP_URL before others use it.' }
  return {
    ...base,
    state: 'bad',
    detail: `${appUrl} is used without HTTPS_ONLY: passwords and cookies can be read on the way. Set HTTPS_ONLY=true and an https APP_URL.`,
  }
}

function secrets({ generatedSecrets, environment }: ConfigFacts): PostureCheck {
  const base = { id: 'secrets', label: 'Secrets' }
  if (generatedSecrets.length === 0) return { ...base, state: 'good', detail: 'Every secret is set by the operator.' }
  const names = generatedSecrets.join(', ')
  return {
    ...base,
    state: environment === 'production' ? 'bad' : 'warning',
    detail: `Made by this installation and kept in its data folder: ${names}. Set them, so that backups can be restored elsewhere and replicas share them.`,
  }
}

function threats({ security }: ConfigFacts): PostureCheck {
  const base = { id: 'threat-guard', label: 'Attack detection' }
  if (security.threatMode === 'block') return { ...base, state: 'good', detail: 'Requests that look like attacks are refused.' }
  if (security.threatMode === 'report') return { ...base, state: 'warning', detail: 'Attacks are reported, not refused. Set THREAT_MODE=block.' }
  return { ...base, state: 'bad', detail: 'Nobody looks for attacks. Set THREAT_MODE=block.' }
}

function limits({ security, limitStore }: ConfigFacts): PostureCheck {
  const { rateLimitMax, rateLimitWindowMs, loginMaxFailures } = security
  const perMinute = (rateLimitMax * 60_000) / rateLimitWindowMs
  const base = { id: 'rate-limits', label: 'Rate limits' }
  const detail =
    `${rateLimitMax} requests of one address in ${Math.round(rateLimitWindowMs / 1000)} seconds, ${loginMaxFailures} wrong passwords; ` +
    `counted in ${limitStore === 'redis' ? 'Redis' : 'PostgreSQL'} for all processes.`
  if (perMinute > 1000 || loginMaxFailures > 20)
    return { ...base, state: 'warning', detail: `${detail} That is generous; lower RATE_LIMIT_MAX or LOGIN_MAX_FAILURES.` }
  return { ...base, state: 'good', detail }
}

function origins({ security }: ConfigFacts): PostureCheck {
  const base = { id: 'cors', label: 'Other web sites' }
  if (security.corsOrigins.includes('*'))
    return { ...base, state: 'bad', detail: 'Every web site may call the API. List the ones that need it in CORS_ORIGINS.' }
  if (security.corsOrigins.length === 0) return { ...base, state: 'good', detail: 'No other web site may call the API.' }
  const open = security.corsOrigins.filter((origin) => origin.startsWith('http:'))
  if (open.length > 0)
    return { ...base, state: 'warning', detail: `These sites are not encrypted, so anybody on the way can speak for them: ${open.join(', ')}.` }
  return { ...base, state: 'good', detail: `These sites may call the API: ${security.corsOrigins.join(', ')}.` }
}

function metrics({ metricsToken }: ConfigFacts): PostureCheck {
  const base = { id: 'metrics', label: 'Metrics' }
  if (metricsToken !== undefined) return { ...base, state: 'good', detail: '/metrics asks for METRICS_TOKEN.' }
  return { ...base, state: 'good', detail: '/metrics answers this machine alone; set METRICS_TOKEN when it is read from elsewhere.' }
}

function adminKey({ security }: ConfigFacts): PostureCheck {
  const base = { id: 'admin-key', label: 'Admin key' }
  if (security.adminApiKey === undefined) return { ...base, state: 'good', detail: 'ADMIN_API_KEY is not set, so nobody acts as the owner by a key alone.' }
  return {
    ...base,
    state: 'warning',
    detail: 'ADMIN_API_KEY acts as the owner and never expires. Prefer API keys with scopes and an end, and unset it when nothing uses it.',
  }
}

function alerts({ alertWebhookUrl }: ConfigFacts): PostureCheck {
  const base = { id: 'alerts', label: 'Alerts' }
  if (alertWebhookUrl !== undefined) return { ...base, state: 'good', detail: 'Critical events are posted to ALERT_WEBHOOK_URL.' }
  return { ...base, state: 'warning', detail: 'Critical events are in the log and this page. Set ALERT_WEBHOOK_URL to hear of them at once.' }
}
