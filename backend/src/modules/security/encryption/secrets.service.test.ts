import { beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createKeyRing } from './key-ring.ts'
import { createRotation, workspacesHolder } from './rotation.ts'
import { createSecretsService } from './secrets.service.ts'

const oldKey = 'old-key-old-key-old-key-old-key-old'
const newKey = 'new-key-new-key-new-key-new-key-new'
const clock: Clock = { now: () => new Date('2026-03-01T09:00:00Z') }

let workspace: TestWorkspace
const service = (current: string, previous?: string) =>
  createSecretsService({ database: workspace.database, keyRing: createKeyRing({ current, previous }), clock })
const stored = () =>
  workspace.gold<{ name: string; value: string; rotated_at: Date | null }>('select name, value, rotated_at from secrets where workspace_id = $1 order by name')

beforeAll(async () => {
  workspace = await createTestWorkspace()
})

describe('secrets', () => {
  it('keeps a secret encrypted, gives it back, replaces and removes it', async () => {
    const { actor } = workspace
    const secrets = service(newKey)
    await secrets.put(actor, { purpose: 'mail-password', name: 'anna', value: 'hunter2' })
    expect(await secrets.get(actor, { purpose: 'mail-password', name: 'anna' })).toBe('hunter2')
    const [row] = await stored()
    expect(row?.value).toMatch(/^v1\./)
    expect(JSON.stringify(row)).not.toContain('hunter2')
    await secrets.put(actor, { purpose: 'mail-password', name: 'anna', value: 'hunter3' })
    expect(await secrets.get(actor, { purpose: 'mail-password', name: 'anna' })).toBe('hunter3')
    expect(await stored()).toHaveLength(1)
    expect(await secrets.remove(actor, { purpose: 'mail-password', name: 'anna' })).toBe(true)
    expect(await secrets.remove(actor, { purpose: 'mail-password', name: 'anna' })).toBe(false)
    expect(await secrets.find(actor, { purpose: 'mail-password', name: 'anna' })).toBeUndefined()
    await expect(secrets.get(actor, { purpose: 'mail-password', name: 'anna' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('lists names and times, never a value', async () => {
    const other = await createTestWorkspace()
    const secrets = createSecretsService({ database: other.database, keyRing: createKeyRing({ current: newKey }), clock })
    await secrets.put(other.actor, { purpose: 'crm-key', name: 'insightly', value: 'top secret' })
    expect(await secrets.list(other.actor)).toEqual([
      {
        id: expect.any(String),
        purpose: 'crm-key',
        name: 'insightly',
        createdAt: '2026-03-01T09:00:00.000Z',
        updatedAt: '2026-03-01T09:00:00.000Z',
        rotatedAt: null,
        isCurrent: true,
      },
    ])
  })

  it('asks an actor for workspace:admin, and trusts the transaction of a service that has asked', async () => {
    const rep = await workspace.member('rep')
    const secrets = service(newKey)
    const name = { purpose: 'mail-password', name: rep.userId }
    for (const work of [
      () => secrets.put(rep, { ...name, value: 'mine' }),
      () => secrets.get(rep, name),
      () => secrets.remove(rep, name),
      () => secrets.list(rep),
    ]) {
      await expect((async () => work())()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    await workspace.database.transaction(rep, (tx) => secrets.put(tx, { ...name, value: 'mine' }))
    expect(await workspace.database.transaction(rep, (tx) => secrets.get(tx, name))).toBe('mine')
    await secrets.remove(workspace.actor, name)
  })

  it('rolls back with the transaction it was given', async () => {
    const secrets = service(newKey)
    const name = { purpose: 'mail-password', name: 'rolled-back' }
    const work = workspace.database.transaction(workspace.actor, async (tx) => {
      await secrets.put(tx, { ...name, value: 'x' })
      throw new Error('the rest failed')
    })
    await expect(work).rejects.toThrow('the rest failed')
    expect(await secrets.find(workspace.actor, name)).toBeUndefined()
  })

  it('shows no workspace the secrets of another, and reads no value that was moved', async () => {
    const other = await createTestWorkspace()
    const secrets = service(newKey)
    const name = { purpose: 'crm-key', name: 'moved' }
    await secrets.put(workspace.actor, { ...name, value: 'theirs' })
    expect(await secrets.find(other.actor, name)).toBeUndefined()
    await workspace.gold(
      `insert into secrets (workspace_id, id, purpose, name, value, created_at, updated_at)
       select $2, $3, purpose, name, value, now(), now() from secrets where workspace_id = $1 and name = 'moved'`,
      [workspace.workspaceId, other.workspaceId, newId()],
    )
    await expect(secrets.get(other.actor, name)).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('belongs to another record') })
    await secrets.put(workspace.actor, { purpose: 'mail-password', name: 'moved', value: 'x' })
    await workspace.gold(
      `update secrets set value = (select value from secrets where workspace_id = $1 and purpose = 'crm-key' and name = 'moved')
       where workspace_id = $1 and purpose = 'mail-password' and name = 'moved'`,
    )
    await expect(secrets.get(workspace.actor, { purpose: 'mail-password', name: 'moved' })).rejects.toMatchObject({ code: 'INTERNAL' })
    await workspace.gold('delete from secrets where workspace_id = any($1)', [[workspace.workspaceId, other.workspaceId]])
  })

  it('refuses what cannot be a secret', async () => {
    const secrets = service(newKey)
    const put = (purpose: string, name: string, value: string) => secrets.put(workspace.actor, { purpose, name, value })
    await expect(put('crm-key', 'x', '')).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(put('crm-key', '', 'x')).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(put('crm-key', 'x', 'x'.repeat(70_000))).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(put('a:b', 'x', 'x')).rejects.toThrow('not the purpose')
  })
})

describe('rotation', () => {
  const purpose = 'token'

  async function fill(count: number): Promise<TestWorkspace> {
    const made = await createTestWorkspace()
    const secrets = createSecretsService({ database: made.database, keyRing: createKeyRing({ current: oldKey }), clock })
    await made.database.transaction(made.actor, async (tx) => {
      for (let index = 0; index < count; index++) await secrets.put(tx, { purpose, name: `token ${index}`, value: `value ${index}` })
    })
    return made
  }

  it('moves every value of every workspace to the current key, in batches, and a second run finds nothing', async () => {
    const workspaces = [await fill(450), await fill(1), await createTestWorkspace()]
    const secrets = service(newKey, oldKey)
    const rotation = createRotation({
      holders: [
        workspacesHolder({ name: 'secrets', listWorkspaceIds: async () => workspaces.map(({ workspaceId }) => workspaceId), rotate: secrets.rotate }),
        { name: 'accounts', rotate: async () => ({ rotated: 2, failed: 0 }) },
      ],
    })
    expect(await rotation.rotate()).toEqual({
      rotated: 453,
      failed: 0,
      holders: [
        { name: 'secrets', rotated: 451, failed: 0 },
        { name: 'accounts', rotated: 2, failed: 0 },
      ],
    })
    const withoutOldKey = service(newKey)
    for (const made of workspaces.slice(0, 2)) {
      expect(await withoutOldKey.get(made.actor, { purpose, name: 'token 0' })).toBe('value 0')
      expect(await withoutOldKey.rotate(made.workspaceId)).toEqual({ rotated: 0, failed: 0 })
    }
    const [{ unmarked } = { unmarked: -1 }] = await workspace.gold<{ unmarked: number }>(
      'select count(*)::int as unmarked from secrets where workspace_id = $1 and rotated_at is null',
      [workspaces[0]?.workspaceId],
    )
    expect(unmarked).toBe(0)
  })

  it('counts a value that no key reads, leaves it as it is, and goes on', async () => {
    const made = await fill(3)
    await made.gold(`update secrets set value = 'v1.00000000.AAAAAAAAAAAAAAAA..AAAAAAAAAAAAAAAAAAAAAA' where workspace_id = $1 and name = 'token 1'`)
    const secrets = service(newKey, oldKey)
    expect(await secrets.rotate(made.workspaceId)).toEqual({ rotated: 2, failed: 1 })
    expect(await secrets.rotate(made.workspaceId)).toEqual({ rotated: 0, failed: 1 })
    const [row] = await made.gold<{ value: string }>(`select value from secrets where workspace_id = $1 and name = 'token 1'`)
    expect(row?.value).toContain('v1.00000000.')
    expect((await secrets.list(made.actor)).map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
      ['token 0', true],
      ['token 1', false],
      ['token 2', true],
    ])
  })

  it('loses no change that a running server makes meanwhile, and counts each value once for two runs at a time', async () => {
    const made = await fill(300)
    const secrets = service(newKey, oldKey)
    const changes = Array.from({ length: 20 }, (_, index) => secrets.put(made.actor, { purpose, name: `token ${index * 15}`, value: `changed ${index}` }))
    const runs = await Promise.all([secrets.rotate(made.workspaceId), secrets.rotate(made.workspaceId), ...changes])
    const [first, second] = runs as [{ rotated: number; failed: number }, { rotated: number; failed: number }]
    expect(first.failed + second.failed).toBe(0)
    expect(first.rotated + second.rotated).toBeLessThanOrEqual(300)
    expect(first.rotated + second.rotated).toBeGreaterThanOrEqual(280)
    const withoutOldKey = service(newKey)
    await made.database.transaction(made.actor, async (tx) => {
      for (let index = 0; index < 300; index++) {
        const expected = index % 15 === 0 ? `changed ${index / 15}` : `value ${index}`
        expect(await withoutOldKey.get(tx, { purpose, name: `token ${index}` })).toBe(expected)
      }
    })
  })
})
