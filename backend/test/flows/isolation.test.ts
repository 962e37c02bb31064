import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Performed, perform } from '../isolation/operations.ts'
import { createTenant, fingerprint, type Tenant } from '../isolation/tenant.ts'

const total = 10_000
const seed = 20_260_310
const lanes = 4

let tenants: Tenant[]

beforeAll(async () => {
  // Words that no language and no other marker is near to.
  tenants = await Promise.all(['qaxvarkmond', 'bizwulptern', 'dojkhenspry'].map(createTenant))
}, 120_000)
afterAll(() => Promise.all(tenants.map(({ test }) => test.close())))

/** What is wrong with an answer to somebody of `own`; nothing, as a rule. */
function breachIn({ way, answer, foreign }: Performed, own: Tenant): string | undefined {
  const text = JSON.stringify(answer)?.toLowerCase() ?? ''
  const leaked = tenants.find((tenant) => tenant !== own && text.includes(tenant.marker))
  if (leaked !== undefined) return `${way} told ${own.marker} of ${leaked.marker}: ${text.slice(0, 500)}`
  const named = tenants.find((tenant) => tenant !== own && way === 'sql' && !text.includes('"refused"') && text.includes(tenant.test.workspaceId))
  if (named !== undefined) return `${way} gave ${own.marker} a row of ${named.marker}: ${text.slice(0, 500)}`
  if (foreign === 'answered') return `${way} answered ${own.marker} about another workspace: ${text.slice(0, 500)}`
  return undefined
}

describe('three workspaces in one database', () => {
  it(`never see or change each other's rows in ${total} random operations`, async () => {
    const ways = new Map<string, number>()
    const breaches: string[] = []
    let performed = 0
    for (const [phase, quiet] of tenants.entries()) {
      const actors = tenants.filter((tenant) => tenant !== quiet)
      const before = await fingerprint(quiet)
      const end = Math.round((total * (phase + 1)) / tenants.length)
      let next = Math.round((total * phase) / tenants.length)
      const lane = async () => {
        while (next < end) {
          const { own, performed: done } = await perform(actors, tenants, seed, next++)
          performed++
          const kind = done.way.split(' ')[0] as string
          ways.set(kind, (ways.get(kind) ?? 0) + 1)
          const breach = breachIn(done, own)
          if (breach !== undefined) breaches.push(breach)
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      const after = await fingerprint(quiet)
      const changed = Object.keys(after).filter((table) => after[table] !== before[table])
      expect(changed, `tables of ${quiet.marker} that changed while the others worked`).toEqual([])
    }
    expect(breaches.slice(0, 5)).toEqual([])
    expect(performed).toBe(total)
    for (const way of [
      'sql',
      'get',
      'list',
      'update',
      'delete',
      'create',
      'refer',
      'query',
      'search',
      'timeline',
      'history',
      'links',
      'export',
      'import',
      'chat',
      'GET',
      'POST',
      'PATCH',
      'DELETE',
    ])
      expect(ways.get(way) ?? 0, way).toBeGreaterThan(10)
  }, 240_000)

  it('would notice a breach', async () => {
    const [a, b] = tenants as [Tenant, Tenant]
    expect(breachIn({ way: 'get', answer: { name: `X ${b.marker.toUpperCase()}` } }, a)).toMatch(/told/)
    expect(breachIn({ way: 'sql', answer: [{ workspace_id: b.test.workspaceId }] }, a)).toMatch(/a row of/)
    expect(breachIn({ way: 'get', answer: {}, foreign: 'answered' }, a)).toMatch(/answered/)
    expect(breachIn({ way: 'get', answer: { name: a.marker } }, a)).toBeUndefined()
    const before = await fingerprint(b)
    await b.test.gold(`update contacts set title = 'changed' where workspace_id = $1`)
    expect(await fingerprint(b)).not.toEqual(before)
  })
})
