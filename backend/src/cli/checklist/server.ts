import { type Finding, ok, problem, warning } from '#backend/cli/doctor/finding.ts'
import type { Config } from '#backend/config/index.ts'

const timeoutMs = 10_000

interface Answer {
  status: number
  body: Record<string, unknown>
  text: string
}

/** What a running server says of itself, asked as a person with ADMIN_API_KEY would where it is set. */
export async function checkServer({ application, security, monitoring }: Config, version: string): Promise<Finding[]> {
  const host = ['0.0.0.0', '::'].includes(application.host) ? '127.0.0.1' : application.host
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${application.port}`
  const key = security.adminApiKey

  async function ask(path: string, token: string | undefined): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} }
  }

  try {
    const ready = await ask('/api/health?check=readiness', undefined)
    const basic = await ask('/api/health', key)
    const detailed = await ask('/api/health?check=detailed', key)
    const configured = await ask('/api/health?check=config', undefined)
    const metrics = await ask('/metrics', monitoring.metricsToken)
    // A stranger's share of requests may be used up; that says nothing about the page.
    const page = await ask('/', key)
    return [
      ready.status === 200
        ? ok('readiness', `${url} is ready`)
        : problem('readiness', `${url} answers ${ready.status}`, 'curl /api/health/database; journalctl -u chatsg says more.'),
      describeVersion(basic, key, version),
      describeServices(detailed),
      configured.status === 200
        ? ok('configuration', 'the server finds it valid')
        : problem('configuration', `wrong: ${String(configured.body.errors)}`, 'Run "npm run config:validate".'),
      metrics.text.includes('crm_requests_total')
        ? ok('metrics', 'can be scraped')
        : problem('metrics', `/metrics answers ${metrics.status}`, 'Set METRICS_TOKEN, and give it to Prometheus.'),
      page.status === 200 ? ok('web app', 'is served') : problem('web app', `/ answers ${page.status}`, 'Run "npm run build".'),
    ]
  } catch (error) {
    const reason = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message
    return [problem('server', `${url} does not answer (${reason})`, 'systemctl status chatsg; journalctl -u chatsg says why.')]
  }
}

function describeVersion({ status, body }: Answer, key: string | undefined, wanted: string): Finding {
  if (key === undefined) return warning('version', 'not told to strangers', 'Set ADMIN_API_KEY to compare it.')
  if (status !== 200) return problem('version', `not told (${status})`, 'ADMIN_API_KEY of this configuration is not the one of the server.')
  if (body.version === wanted) return ok('version', `${wanted} serves`)
  return problem('version', `${String(body.version)} serves, and ${wanted} is here`, 'systemctl reload chatsg.')
}

function describeServices({ body }: Answer): Finding {
  const services = (body.services ?? []) as { name: string; status: string }[]
  const unwell = services.filter(({ status }) => status !== 'healthy' && status !== 'not_configured').map(({ name, status }) => `${name} is ${status}`)
  if (unwell.length === 0 && services.length > 0) return ok('services', services.map(({ name }) => name).join(', '))
  const found = unwell.length === 0 ? 'not told' : unwell.join(', ')
  return (body.status === 'degraded' ? warning : problem)('services', found, 'See "Troubleshooting" in docs/OPERATIONS.md.')
}
