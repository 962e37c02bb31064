import { describe, expect, it } from 'vitest'
import type { Database } from '#backend/infra/database/database.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { createTestWorkspace } from '../../../test/harness.ts'
import { createTestOperations } from '../../../test/operations.ts'
import { agentList } from './agent-list.ts'
import { createAgentService } from './agents.service.ts'
import type { CrmHealth } from './crm-health.ts'

const logger = { info: () => undefined, error: () => undefined }
const clock = createClock('2026-11-20T15:00:00.000Z')
const worldOf = (database: Database) => ({ database, operations: createTestOperations(database).operations })

describe('agents', () => {
  it('are listed with what they offer and why some cannot', async () => {
    const { database, actor } = await createTestWorkspace()
    const agents = createAgentService({ ...worldOf(database), clock, logger }).list(actor)
    expect(agents.filter((agent) => !agent.available).map((agent) => [agent.id, agent.reason])).toEqual([
      ['creative', 'It needs a language model, and none is configured.'],
      ['technical', 'It needs a language model, and none is configured.'],
    ])
    expect(
      createAgentService({ ...worldOf(database), clock, logger, modelConfigured: true })
        .list(actor)
        .every((agent) => agent.available),
    ).toBe(true)
    for (const { id, command } of agentList) expect(command).toBe(`/${id}`)
  })

  it('tell their health', async () => {
    const { database, actor } = await createTestWorkspace()
    const service = createAgentService({ ...worldOf(database), clock, logger })
    const healthy = {
      status: 'healthy',
      reason: null,
      initialized: true,
      lastError: null,
      crm: { mode: 'builtin', reachable: true, rateLimit: { limit: null, remaining: null }, lastSync: null },
      model: { configured: false },
    }
    expect(await service.health(actor, 'crm')).toEqual(healthy)
    expect(await service.health(actor, 'creative')).toMatchObject({ status: 'degraded', reason: 'It needs a language model, and none is configured.' })
    service.recordFailure(service.require('crm'), 'It took too long.')
    expect(await service.health(actor, 'crm')).toEqual({ ...healthy, lastError: '2026-11-20T15:00:00.000Z It took too long.' })
    expect((await service.health(actor, 'sales')).lastError).toBeNull()
    await expect(service.health(actor, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are unhealthy while the database does not answer', async () => {
    const { database, actor } = await createTestWorkspace()
    const silent = { ...database, ping: () => Promise.reject(new AppError('UNAVAILABLE', 'gone')) }
    expect(await createAgentService({ ...worldOf(silent), clock, logger }).health(actor, 'crm')).toMatchObject({
      status: 'unhealthy',
      crm: { reachable: false },
    })
  })

  it('are degraded while Insightly does not answer, and say as of when they know its records', async () => {
    const { database, actor } = await createTestWorkspace()
    const known = {
      mode: 'insightly',
      reachable: true,
      rateLimit: { limit: 60_000, remaining: 59_990 },
      lastSync: '2026-11-20T14:55:00.000Z',
      lastError: null,
    } as const
    let crm: Awaited<ReturnType<CrmHealth>> = known
    const healthOf = (world: Database) => createAgentService({ ...worldOf(world), clock, logger, crmHealth: async () => crm }).health(actor, 'crm')
    const { lastError: _none, ...shown } = known
    expect(await healthOf(database)).toMatchObject({ status: 'healthy', reason: null, lastError: null, crm: shown })
    crm = { ...known, reachable: false, lastError: 'api.na1.insightly.com cannot be reached.' }
    const degraded = await healthOf(database)
    expect(degraded).toMatchObject({ status: 'degraded', lastError: 'api.na1.insightly.com cannot be reached.', crm: { reachable: false } })
    expect(degraded.reason).toContain('2026-11-20T14:55:00.000Z')
    expect(degraded.crm).not.toHaveProperty('lastError')
    crm = { ...crm, lastSync: null }
    expect((await healthOf(database)).reason).toContain('have not been copied yet')
    const silent = { ...database, ping: () => Promise.reject(new AppError('UNAVAILABLE', 'gone')) }
    crm = known
    expect(await healthOf(silent)).toMatchObject({ status: 'unhealthy', reason: 'The database does not answer.', crm: { reachable: true } })
    let isDatabaseThere = true
    const stored = async () => {
      if (isDatabaseThere) return known
      throw new AppError('UNAVAILABLE', 'The database does not answer right now.')
    }
    const service = createAgentService({ ...worldOf(silent), clock, logger, crmHealth: stored })
    await service.health(actor, 'crm')
    isDatabaseThere = false
    expect(await service.health(actor, 'crm')).toMatchObject({ status: 'unhealthy', crm: { mode: 'insightly', reachable: false, lastSync: null } })
  })

  it('that are not there are told apart by name', async () => {
    const { database } = await createTestWorkspace()
    expect(() => createAgentService({ ...worldOf(database), clock, logger }).require('sails')).toThrow('There is no agent “sails”; choose one of crm, email,')
  })
})
