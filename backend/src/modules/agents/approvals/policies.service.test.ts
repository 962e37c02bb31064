import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../../test/approvals.ts'

let space: ApprovalsWorkspace
let rep: Actor
let manager: Actor

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  rep = await space.member('rep')
  manager = await space.member('manager')
})

const task = (title = 'T') => ({ tool: 'records.create', input: { entity: 'tasks', values: { title } } })
const deal = (value: string, currency = 'USD') => ({ tool: 'records.create', input: { entity: 'opportunities', values: { name: 'D', value, currency } } })
const mail = { tool: 'emails.send', input: { to: ['x@example.org'], subject: 'S', body: 'B' } }
const ask = async (call: { tool: string; input: Record<string, unknown> }, { actor = rep, untrusted = false } = {}) =>
  (await space.proposals.propose(actor, { calls: [call], source: { kind: 'api' }, untrusted })).proposals[0]
const policy = (tool: string, mode: 'ask' | 'askAbove' | 'auto', role: 'rep' | null = null, limit: string | null = null) =>
  space.policies.create(space.actor, { tool, role, mode, limit, currency: limit === null ? null : 'USD' })
const clear = async () => {
  for (const { id } of await space.policies.list(space.actor, false)) await space.policies.revoke(space.actor, id)
}

describe('a policy', () => {
  it('approves without asking, says so, and not for words of others', async () => {
    await clear()
    expect((await ask(task()))?.status).toBe('pending')
    const made = await policy('records.create', 'auto')
    const proposal = await ask(task('Automatic'))
    expect(proposal).toMatchObject({ status: 'approved', decidedBy: { name: 'Olivia Owner', policyId: made.id } })
    expect(await space.gold("select count(*)::int as n from tasks where workspace_id = $1 and title = 'Automatic'")).toEqual([{ n: 1 }])
    const events = space.events.length
    expect((await ask(task(), { untrusted: true }))?.status).toBe('pending')
    expect(space.events.slice(events)).toMatchObject([{ type: 'threat', severity: 'high', details: { what: 'untrusted_write', tool: 'records.create' } }])
    expect(await space.proposals.undo(rep, proposal?.id ?? '')).toMatchObject({ status: 'undone' })
  })

  it('counts by tool before role, and the more exact one wins', async () => {
    await clear()
    await policy('*', 'auto')
    expect((await ask(task()))?.status).toBe('approved')
    await policy('*', 'ask', 'rep')
    expect((await ask(task()))?.status).toBe('pending')
    expect((await ask(task(), { actor: manager }))?.status).toBe('approved')
    await policy('records.create', 'auto')
    expect((await ask(task()))?.status).toBe('approved')
    await policy('records.create', 'ask', 'rep')
    expect((await ask(task()))?.status).toBe('pending')
  })

  it('asks above an amount, in another currency and where there is no amount', async () => {
    await clear()
    await policy('records.create', 'askAbove', null, '5000')
    expect((await ask(deal('5000')))?.status).toBe('approved')
    expect((await ask(deal('5000.01')))?.status).toBe('pending')
    expect((await ask(deal('10', 'EUR')))?.status).toBe('pending')
    expect((await ask(task()))?.status).toBe('pending')
  })

  it('lets no mail go unless it names mails', async () => {
    await clear()
    await policy('*', 'auto')
    expect((await ask(mail))?.status).toBe('pending')
    await policy('emails.send', 'auto')
    expect((await ask(mail))?.status).toBe('approved')
  })

  it('is kept as history when another takes its place or it is revoked', async () => {
    await clear()
    const first = await policy('records.update', 'auto')
    const second = await policy('records.update', 'ask')
    expect((await space.policies.list(space.actor, false)).map(({ id }) => id)).toEqual([second.id])
    expect((await space.policies.list(space.actor, true)).find(({ id }) => id === first.id)?.revokedAt).not.toBeNull()
    await space.policies.revoke(space.actor, second.id)
    await expect(space.policies.revoke(space.actor, second.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is made by managers and up, for nobody above them and for no more than their own rights', async () => {
    const input = { tool: 'records.create', role: 'rep', mode: 'auto', limit: null, currency: null } as const
    await expect(space.policies.create(rep, input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(space.policies.create(await space.member('viewer'), input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(space.policies.create(manager, { ...input, role: null })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(space.policies.create(manager, { ...input, role: 'admin' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(space.policies.create(manager, { ...input, tool: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
    const { id } = await space.policies.create(manager, input)
    await expect(space.policies.revoke(rep, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const withKey = { ...manager, key: { id: 'k', scopes: ['crm:read', 'crm:write'] } } as Actor
    await expect(space.policies.create(withKey, { ...input, tool: 'imports.run' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
