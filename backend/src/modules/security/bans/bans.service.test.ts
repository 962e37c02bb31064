import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import type { NewAuditEntry } from '../audit/audit-trail.ts'
import { collectEvents, collectLogs } from '../limits/limits.testing.ts'
import { createMemoryPoints } from '../limits/memory-points.ts'
import { createPointKey } from '../limits/point-key.ts'
import { type Bans, createBans } from './bans.service.ts'

const minute = 60_000
const hour = 3_600_000
const opened: Bans[] = []
afterEach(async () => {
  for (const bans of opened.splice(0)) await bans.close()
})

/** Addresses that no other test has: bans belong to the whole installation. */
let next = 0
function address(): string {
  next += 1
  return `10.${Math.floor(next / 250)}.${next % 250}.7`
}

async function open({ threshold = 3, autoBanMs = hour } = {}) {
  const workspace = await createTestWorkspace()
  const sink = collectEvents()
  const audited: NewAuditEntry[] = []
  const { lines, logger } = collectLogs()
  const store = createMemoryPoints()
  let now = Date.now()
  let isReachable = true
  let isAudited = true
  const database: Database = {
    ...workspace.database,
    transaction: (...args) => (isReachable ? workspace.database.transaction(...args) : Promise.reject(new AppError('UNAVAILABLE', 'away'))),
  }
  const make = () => {
    const bans = createBans({
      database,
      clock: { now: () => new Date(now) },
      events: sink,
      audit: {
        async append(_tx, entry) {
          if (!isAudited) throw new Error('the audit trail is full')
          audited.push(entry)
        },
        note: () => undefined,
      },
      store,
      keyOf: createPointKey('secret'),
      logger,
      homeWorkspaceId: workspace.workspaceId,
      threshold,
      autoBanMs,
      reloadMs: 20,
    })
    opened.push(bans)
    return bans
  }
  return {
    ...workspace,
    bans: make(),
    /** Another process of the installation. */
    other: make,
    events: sink.events,
    audited,
    lines,
    pass: (ms: number) => {
      now += ms
    },
    reach: (reachable: boolean) => {
      isReachable = reachable
    },
    refuseAudit: () => {
      isAudited = false
    },
    now: () => now,
  }
}

async function attack(bans: Bans, ip: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) bans.threatFrom(ip)
  await bans.close()
}

describe('bans by hand', () => {
  it('hold at once here and soon in other processes, are listed, lifted, audited and told', async () => {
    const { bans, other, actor, events, audited } = await open()
    const elsewhere = other()
    await elsewhere.start()
    const ip = address()
    const ban = await bans.block(actor, { ip, reason: 'Scraping' })
    expect(ban).toMatchObject({ ip, reason: 'Scraping', automatic: false, createdBy: 'Olivia Owner' })
    expect(Date.parse(ban.expiresAt) - Date.parse(ban.createdAt)).toBe(60 * minute)
    expect(bans.isBanned(ip)).toEqual(ban)
    expect(bans.isBanned(`::ffff:${ip}`)).toEqual(ban)
    await vi.waitFor(() => expect(elsewhere.isBanned(ip)).toEqual(ban), { timeout: 10_000 })
    expect((await bans.list(actor)).filter((one) => one.ip === ip)).toEqual([ban])

    await bans.unblock(actor, { ip })
    expect(bans.isBanned(ip)).toBeUndefined()
    await vi.waitFor(() => expect(elsewhere.isBanned(ip)).toBeUndefined(), { timeout: 10_000 })
    expect((await bans.list(actor)).filter((one) => one.ip === ip)).toEqual([])
    expect(events.map(({ type, details }) => [type, details.what, details.ip])).toEqual([
      ['configuration', 'address_block', ip],
      ['configuration', 'address_unblock', ip],
    ])
    expect(audited.map(({ operation }) => operation)).toEqual(['address.block', 'address.unblock'])
  })

  it('end by themselves', async () => {
    const { bans, actor, pass } = await open()
    const ip = address()
    await bans.block(actor, { ip, minutes: 5, reason: 'Short' })
    pass(5 * minute - 1)
    expect(bans.isBanned(ip)).toBeDefined()
    pass(1)
    expect(bans.isBanned(ip)).toBeUndefined()
    expect((await bans.list(actor)).some((ban) => ban.ip === ip)).toBe(false)
  })

  it('take networks, of which a single address cannot be lifted, and replace one another', async () => {
    const { bans, actor, pass } = await open()
    const network = `${address().replace(/\.7$/, '.0')}/24`
    await bans.block(actor, { ip: network, minutes: 5, reason: 'First' })
    pass(1000)
    await bans.block(actor, { ip: network, minutes: 50, reason: 'Second' })
    const inside = network.replace('0/24', '200')
    expect(bans.isBanned(inside)).toMatchObject({ ip: network, reason: 'Second' })
    expect((await bans.list(actor)).filter((ban) => ban.ip === network)).toHaveLength(1)
    await expect(bans.unblock(actor, { ip: inside })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining(network) })
    await bans.unblock(actor, { ip: network })
    expect(bans.isBanned(inside)).toBeUndefined()
  })

  it('refuse nonsense, and whoever may not decide', async () => {
    const { bans, actor, member } = await open()
    for (const ip of ['', 'localhost', '1.2.3', '1.2.3.4.5', '1.2.3.4/33', '0.0.0.0/0', '::/0', '010.1.1.1/8x', "1.2.3.4'; drop"])
      await expect(bans.block(actor, { ip, reason: 'x' }), ip).rejects.toMatchObject({ code: 'VALIDATION' })
    for (const minutes of [0, -5, 1.5, 43_201, Number.NaN])
      await expect(bans.block(actor, { ip: '192.0.2.1', minutes, reason: 'x' })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(bans.unblock(actor, { ip: '192.0.2.254' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const manager = await member('manager')
    const stranger = (await createTestWorkspace()).actor
    for (const nobody of [manager, stranger]) {
      await expect(bans.block(nobody, { ip: '192.0.2.1', reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(bans.unblock(nobody, { ip: '192.0.2.1' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(bans.list(nobody)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(bans.allow(nobody, { network: '192.0.2.1' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    expect(bans.isBanned('192.0.2.1')).toBeUndefined()
  })
})

describe('automatic bans', () => {
  it('come with the threshold, counted over all processes, once', async () => {
    const { bans, other, actor, events } = await open()
    const elsewhere = other()
    const ip = address()
    await attack(bans, ip, 1)
    await attack(elsewhere, ip, 1)
    expect(bans.isBanned(ip)).toBeUndefined()
    await attack(bans, ip, 1)
    expect(bans.isBanned(ip)).toMatchObject({ ip, automatic: true, times: 1, createdBy: null })
    expect((await bans.list(actor)).filter((ban) => ban.ip === ip)).toHaveLength(1)
    expect(events).toMatchObject([{ type: 'threat', severity: 'critical', details: { what: 'address_banned', ip } }])
  })

  it('last twice as long each time within 30 days, and never more than a day', async () => {
    const { bans, pass, now } = await open()
    const ip = address()
    const hours: number[] = []
    for (let round = 0; round < 7; round += 1) {
      await attack(bans, ip, 3)
      const ban = bans.isBanned(ip)
      hours.push((Date.parse(ban?.expiresAt ?? '') - now()) / hour)
      pass(24 * hour)
    }
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24])
    pass(31 * 24 * hour)
    await attack(bans, ip, 3)
    expect(bans.isBanned(ip)?.times).toBe(1)
  })

  it('take the whole network of an IPv6 client, and can be lifted by its address', async () => {
    const { bans, actor } = await open()
    await attack(bans, '2001:db8:aa:1::5', 3)
    expect(bans.isBanned('2001:db8:aa:1:ffff::1')).toMatchObject({ ip: '2001:db8:aa:1::/64' })
    expect(bans.isBanned('2001:db8:aa:2::1')).toBeUndefined()
    await bans.unblock(actor, { ip: '2001:db8:aa:1::77' })
    expect(bans.isBanned('2001:db8:aa:1::5')).toBeUndefined()
  })

  it('spare the allow-list, also in other processes, until it is taken off', async () => {
    const { bans, other, actor, audited } = await open()
    const ip = address()
    const network = `${ip.slice(0, ip.lastIndexOf('.'))}.0/28`
    expect(await bans.allow(actor, { network, note: 'Office' })).toContainEqual(expect.objectContaining({ network, note: 'Office' }))
    const elsewhere = other()
    await elsewhere.start()
    for (const process of [bans, elsewhere]) await attack(process, ip, 30)
    expect(bans.isBanned(ip)).toBeUndefined()
    await bans.disallow(actor, { network })
    await attack(bans, ip, 3)
    expect(bans.isBanned(ip)).toBeDefined()
    await expect(bans.disallow(actor, { network })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(audited.map(({ operation }) => operation)).toEqual(['allow_list.add', 'allow_list.remove', 'address.block'])
  })

  it('hold without the database, and are stored when it is back', async () => {
    const { bans, other, actor, reach, lines, gold } = await open()
    const ip = address()
    await bans.start()
    reach(false)
    for (let index = 0; index < 3; index += 1) bans.threatFrom(ip)
    await vi.waitFor(() => expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1), { timeout: 10_000 })
    await vi.waitFor(() => expect(lines.filter(({ message }) => message.includes('could not be read'))).toHaveLength(1), { timeout: 10_000 })
    expect(bans.isBanned(ip)).toMatchObject({ automatic: true })
    reach(true)
    await vi.waitFor(async () => expect(await gold('select reason from bans where network = $1::inet::cidr', [ip])).toHaveLength(1), { timeout: 10_000 })
    const elsewhere = other()
    await elsewhere.start()
    expect(elsewhere.isBanned(ip)).toMatchObject({ automatic: true })
    expect((await bans.list(actor)).filter((ban) => ban.ip === ip)).toHaveLength(1)
  })

  it('hold although they cannot be stored, while other changes are still read', async () => {
    const { bans, other, actor, refuseAudit } = await open()
    const [attacker, scraper] = [address(), address()]
    const elsewhere = other()
    await bans.block(actor, { ip: scraper, reason: 'Scraping' })
    refuseAudit()
    await attack(elsewhere, attacker, 3)
    await elsewhere.start()
    await vi.waitFor(() => expect(elsewhere.isBanned(scraper)).toBeDefined(), { timeout: 10_000 })
    expect(elsewhere.isBanned(attacker)).toMatchObject({ automatic: true })
    expect(bans.isBanned(attacker)).toBeUndefined()
  })
})
