import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { type WorkFigures, workQueues } from './work-metrics.ts'

interface Described {
  kind: string
  labels: string[]
}

const page = readFileSync(fileURLToPath(new URL('../../../../docs/monitoring.md', import.meta.url)), 'utf8')
const logger = { info: () => undefined, warn: () => undefined } as never

/** What the page's tables say of each metric. */
function describedMetrics(): Map<string, Described> {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (counter|gauge|histogram) \|([^|]*)\| ([^|]+) \|$/gm)]
  return new Map(rows.map(([, name = '', kind = '', labels = '']) => [name, { kind, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label) }]))
}

/** The metrics there are, each with a sample. */
async function registeredMetrics(): Promise<Map<string, Described>> {
  const metrics = createMetrics({ logger })
  metrics.readFigures({ insightlyCallsLeft: async () => 1, syncLagSeconds: async () => 1 })
  metrics.readReplicaLag(async () => 1)
  metrics.readWork(async () => ({
    queues: Object.fromEntries(workQueues.map((queue) => [queue, { waiting: 1, oldestSeconds: 1 }])) as WorkFigures['queues'],
    approvalsWaiting: 1,
    peopleActive: { 1: 1, 7: 1, 30: 1 },
    approvedValue: { EUR: 1 },
  }))
  metrics.observeRequest({ method: 'GET', route: '/', status: 200, seconds: 0.01 })
  metrics.observeOperation({ operation: 'contacts.list', status: 'ok', seconds: 0.01 })
  metrics.observeAnswer({ agent: 'crm', answeredBy: 'planner', outcome: 'done' })
  metrics.countSecurityEvent({ type: 'threat', severity: 'low' })
  metrics.insightly.countCall({ operation: 'list', object: 'Contacts', outcome: 'ok', durationMs: 1 })
  metrics.countJob('insightly_sync', 'done')
  metrics.countApprovals('proposed', 1)
  metrics.observeAlert('database', true)
  metrics.observeModelCall({
    provider: 'openai',
    model: 'gpt-4o',
    outcome: 'done',
    tokens: { input: 1, cached: 0, output: 1 },
    costUsd: '0.01',
    firstTokenMs: 1,
  })
  const text = await metrics.text()
  const labelsOf = (name: string) => {
    const sample = new RegExp(`^${name}(?:_bucket)?(?:\\{([^}]*)\\})? `, 'm').exec(text)
    expect(sample, `a sample of ${name}`).not.toBeNull()
    return [...(sample?.[1] ?? '').matchAll(/(\w+)="/g)].flatMap(([, label = '']) => (label === 'le' ? [] : [label]))
  }
  return new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, { kind, labels: labelsOf(name) }]))
}

it('the page on monitoring names every metric there is, with its kind and labels, and no other', async () => {
  const registered = await registeredMetrics()
  expect(registered.size).toBeGreaterThan(20)
  const expected = new Map([...describedMetrics()].filter(([name]) => process.platform === 'linux' || !['process_open_fds', 'process_max_fds'].includes(name)))
  expect(Object.fromEntries(expected)).toEqual(Object.fromEntries(registered))
})
