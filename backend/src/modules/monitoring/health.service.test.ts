import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { createTestWorkspace } from '../../../test/harness.ts'
import { createHealthService, crmCheck } from './health.service.ts'

type Crm = { mode: 'builtin' | 'insightly'; reachable: boolean }

async function open(crm: Crm | Error) {
  const { database } = await createTestWorkspace()
  const known = () => (crm instanceof Error ? Promise.reject(crm) : Promise.resolve(crm))
  const options = { database, dataDir: tmpdir(), checks: [crmCheck(known)], minFreeBytes: 0 }
  return { options, health: createHealthService(options) }
}

const statuses = async (health: ReturnType<typeof createHealthService>) => {
  const { status, services } = await health.checkAll()
  return { status, ...Object.fromEntries(services.map(({ name, status }) => [name, status])) }
}

describe('health', () => {
  it('knows database, CRM and disk', async () => {
    const { health } = await open({ mode: 'builtin', reachable: true })
    expect(await statuses(health)).toEqual({ status: 'healthy', database: 'healthy', crm: 'healthy', disk: 'healthy' })
    expect(await statuses((await open({ mode: 'insightly', reachable: true })).health)).toMatchObject({ crm: 'healthy' })
  })

  it('is degraded while Insightly does not answer, and stays ready', async () => {
    const { health } = await open({ mode: 'insightly', reachable: false })
    expect(await statuses(health)).toEqual({ status: 'degraded', database: 'healthy', crm: 'degraded', disk: 'healthy' })
    expect(await health.isReady()).toBe(true)
  })

  it('is unhealthy without its database', async () => {
    const { options } = await open({ mode: 'builtin', reachable: false })
    const database = { ...options.database, ping: () => Promise.reject(new AppError('UNAVAILABLE', 'gone')) }
    expect(await statuses(createHealthService({ ...options, database }))).toMatchObject({ status: 'unhealthy', database: 'unhealthy', crm: 'unhealthy' })
  })

  it('does not take a CRM for healthy of which nothing can be told', async () => {
    const { health } = await open(new Error('no answer'))
    expect(await statuses(health)).toMatchObject({ status: 'degraded', crm: 'unhealthy' })
  })
})
