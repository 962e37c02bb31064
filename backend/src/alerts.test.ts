import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AlertList } from '#contracts/alerts.ts'
import { createTestApp, type TestApp } from '../test/app.ts'

let app: TestApp

beforeAll(async () => {
  // More processor time and memory than nothing is used by any process, so two readings raise both.
  app = await createTestApp({ env: { HEALTH_CHECK_INTERVAL: '200', ALERT_MEMORY_USAGE: '0.0001', ALERT_CPU_USAGE: '0.0001' } })
})
afterAll(() => app.close())

it('looks at this process, raises what is above its limits, and shows it over HTTP and in the metrics', { timeout: 30_000 }, async () => {
  const active = async () => ((await app.request('GET', '/api/alerts?status=active')).body as AlertList).items
  await expect.poll(async () => (await active()).map(({ name }) => name).toSorted(), { timeout: 20_000 }).toEqual(['cpu', 'memory'])
  const [first] = await active()
  const acknowledged = await app.request('POST', `/api/alerts/${first?.id}/acknowledge`)
  expect(acknowledged).toMatchObject({ status: 200, body: { id: first?.id, acknowledgedBy: app.actor.name } })
  const page = (await app.request('GET', '/metrics')).body as string
  expect(page).toContain('alert_active{alert="memory"} 1')
  expect(page).toContain('alert_active{alert="database"} 0')
  expect((await app.server.inject('/api/alerts')).statusCode).toBe(401)
})
