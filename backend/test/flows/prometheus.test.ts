import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { requireProgram } from '../requirements.ts'
import { removeFolder, repositoryRoot, scratchFolder } from '../server-process.ts'

const folder = join(repositoryRoot, 'deploy/prometheus')

interface Rule {
  alert: string
  expr: string
  for?: string
  annotations: { summary: string; description: string }
}

const rules = (parse(readFileSync(join(folder, 'alerts.yml'), 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)

/** Names in an expression that stand before a selector, a range or an operator; what Prometheus itself and node_exporter tell is left out. */
function metricsIn(expression: string): string[] {
  const bare = expression.replaceAll(/"[^"]*"/g, '').replaceAll(/\b(by|on|unless|without)\s*\([^)]*\)/g, '')
  const names = [...bare.matchAll(/\b([a-z][a-z0-9]*_[a-z0-9_]+)\b(?!\s*[=(])/g)].map(([, name = '']) => name)
  return names.filter((name) => !name.startsWith('node_') && !['histogram_quantile', 'rate_interval'].includes(name))
}

/** The page's names are those of the registry: a test beside the metrics compares them. */
const page = readFileSync(join(repositoryRoot, 'docs/monitoring.md'), 'utf8')
const known = new Map([...page.matchAll(/^\| `(\w+)` \| (counter|gauge|histogram) \|/gm)].map(([, name = '', kind = '']) => [name, kind]))

function isKnown(name: string): boolean {
  const base = name.replace(/_(bucket|count|sum)$/, '')
  return known.has(name) ? known.get(name) !== 'histogram' : base !== name && known.get(base) === 'histogram'
}

describe('alerts', () => {
  it('ask for metrics that exist', () => {
    const asked = rules.flatMap(({ alert, expr }) => metricsIn(expr).map((name) => ({ alert, name })))
    expect(asked.length).toBeGreaterThan(rules.length)
    expect(asked.filter(({ name }) => !isKnown(name))).toEqual([])
    expect(metricsIn('sum(rate(no_such_thing_total[5m]))').filter((name) => !isKnown(name))).toEqual(['no_such_thing_total'])
  })

  it('keep what operators were promised', () => {
    const promised = new Map(rules.map((rule) => [rule.alert, rule]))
    expect(promised.get('CRMHighErrorRate')).toMatchObject({
      expr: 'sum(rate(crm_requests_total{status="error"}[5m])) / sum(rate(crm_requests_total[5m])) > 0.1',
      for: '2m',
    })
    expect(promised.get('CRMSlowResponse')).toMatchObject({
      expr: 'histogram_quantile(0.95, sum by (le) (rate(crm_request_duration_seconds_bucket[5m]))) > 10',
      for: '5m',
    })
  })

  it('each have a case in which they fire, and one in which they do not', () => {
    const { tests } = parse(readFileSync(join(folder, 'alerts.test.yml'), 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[]
    }
    const cases = tests.flatMap((test) => test.alert_rule_test)
    const named = (fires: boolean) => new Set(cases.filter(({ exp_alerts: alerts = [] }) => alerts.length > 0 === fires).map(({ alertname }) => alertname))
    const names = rules.map(({ alert }) => alert)
    expect(names.filter((name) => !named(true).has(name))).toEqual([])
    expect(names.filter((name) => !named(false).has(name))).toEqual([])
  })
})

const promtool = requireProgram('promtool', 'Alert rules')

describe.skipIf(promtool === undefined)('promtool', () => {
  let scratch: string
  beforeAll(async () => {
    scratch = await scratchFolder()
  })
  afterAll(() => removeFolder(scratch))

  const run = (...args: string[]) => execFileSync(promtool as string, args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

  it('finds rules and configuration valid, and every case as written', () => {
    expect(run('check', 'rules', 'alerts.yml')).toContain(`${rules.length} rules found`)
    run('check', 'config', '--syntax-only', 'prometheus.yml')
    expect(run('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS')
  })

  it('notices a rule that fires too late', () => {
    for (const name of ['alerts.yml', 'alerts.test.yml']) {
      const text = readFileSync(join(folder, name), 'utf8')
      writeFileSync(join(scratch, name), name === 'alerts.yml' ? text.replace('> 0.1', '> 0.5') : text)
    }
    expect(() => run('test', 'rules', join(scratch, 'alerts.test.yml'))).toThrow(/CRMHighErrorRate/)
  })
})

describe('the dashboard', () => {
  interface Panel {
    type: string
    title: string
    targets?: { expr: string }[]
  }
  const { panels } = JSON.parse(readFileSync(join(repositoryRoot, 'deploy/grafana/chatsg.json'), 'utf8')) as { panels: Panel[] }
  const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })))

  it('asks for metrics that exist, and shows the important ones', () => {
    const asked = queries.flatMap(({ title, expr }) => metricsIn(expr).map((name) => ({ title, name })))
    expect(asked.filter(({ name }) => !isKnown(name))).toEqual([])
    expect(panels.filter(({ type, targets }) => type !== 'row' && (targets ?? []).length === 0)).toEqual([])
    expect(new Set(asked.map(({ name }) => name)).size).toBeGreaterThan(15)
  })

  it.skipIf(promtool === undefined)('asks in words that Prometheus reads', async () => {
    const scratch = await scratchFolder()
    const file = join(scratch, 'queries.yml')
    const rows = queries.map(({ expr }, index) => ({ record: `query:${index}`, expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'chatsg') }))
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules: rows }] }))
    expect(execFileSync(promtool as string, ['check', 'rules', file], { encoding: 'utf8' })).toContain(`${rows.length} rules found`)
    await removeFolder(scratch)
  })
})
