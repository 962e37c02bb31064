import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type AutomaticBansOptions, createAutomaticBans } from './automatic-bans.ts'
import { type AllowedNetwork, type Ban, toAllowed, toBan } from './ban.ts'
import { createBanMemory } from './ban-memory.ts'
import { allow, disallow, liftBan, listAllowed, listBans, replaceBan } from './bans.repository.ts'
import { clientNetwork, type Network, parseNetwork, toCidr, toText } from './network.ts'

/** Addresses whose requests are refused; they belong to the installation, and its home workspace's owners and admins decide. */
export interface Bans {
  /** From memory, which is read anew every few seconds and at once after a change in this process. */
  isBanned(ip: string): Ban | undefined
  /** Counts an attack; with AUTO_BAN_THRESHOLD of them within an hour the address (of IPv6: its network of 64 bits) is banned. */
  threatFrom(ip: string): void
  list(actor: Actor): Promise<Ban[]>
  /** @throws AppError VALIDATION, or FORBIDDEN for another workspace's people */
  block(actor: Actor, input: { ip: string; minutes?: number | undefined; reason: string }): Promise<Ban>
  /** @throws AppError NOT_FOUND when nothing of this name is blocked */
  unblock(actor: Actor, input: { ip: string }): Promise<void>
  listAllowed(actor: Actor): Promise<AllowedNetwork[]>
  allow(actor: Actor, input: { network: string; note?: string | undefined }): Promise<AllowedNetwork[]>
  disallow(actor: Actor, input: { network: string }): Promise<void>
  /** Reads the bans, and again every few seconds until it is closed. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface BansOptions extends AutomaticBansOptions {
  reloadMs?: number
}

const defaultMinutes = 60
const mostMinutes = 30 * 24 * 60
/** Wider networks are whole countries. */
const fewestBits = { ipv4: 8, ipv6: 16 } as const

/** Bans by hand and by themselves, in force at once here and within seconds in every other process. */
export function createBans(options: BansOptions): Bans {
  const { database, clock, events, audit, logger, homeWorkspaceId, reloadMs = 3000 } = options
  const system: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'bans' }
  const memory = createBanMemory(clock)
  const automatic = createAutomaticBans(options, { system, memory })
  let timer: NodeJS.Timeout | undefined
  let isStale = false
  let reading: Promise<unknown> = Promise.resolve()

  /** One after the other, so that an older reading never replaces a newer one. */
  function reload(): Promise<void> {
    const next = reading.then(read)
    reading = next.catch(() => undefined)
    return next
  }

  async function read(): Promise<void> {
    const now = clock.now().toISOString()
    const [bans, allowed] = await database.transaction(system, async (tx) => [await listBans(tx, now), await listAllowed(tx)] as const, { readOnly: true })
    memory.replace([...automatic.unsaved(), ...bans.map(toBan)], allowed)
  }

  /** Keeps what is known while the database is away; what cannot be stored does not keep the others from being read. */
  async function tryReload(): Promise<void> {
    let failure: unknown
    const note = (error: unknown) => {
      failure = error
    }
    await automatic.saveUnsaved().catch(note)
    await reload().catch(note)
    if (failure !== undefined && !isStale) logger.warn({ err: failure }, 'Blocked addresses could not be read or stored; those known stay blocked')
    if (failure === undefined && isStale) logger.info('Blocked addresses can be read and stored again')
    isStale = failure !== undefined
  }

  function requireHome(actor: Actor): void {
    requireScope(actor, 'workspace:admin')
    if (actor.workspaceId !== homeWorkspaceId)
      throw new AppError(
        'FORBIDDEN',
        'Blocked addresses belong to the whole installation; only owners and admins of its first workspace may see and change them.',
      )
  }

  async function change<T>(actor: Actor, operation: string, query: object, work: (tx: Transaction, now: string) => Promise<T>): Promise<T> {
    const now = clock.now().toISOString()
    const result = await database.transaction(actor, async (tx) => {
      const done = await work(tx, now)
      await audit.append(tx, { event: 'SETTING_CHANGE', operation, outcome: 'ok', query })
      return done
    })
    events.record({ type: 'configuration', severity: 'medium', workspaceId: homeWorkspaceId, details: { what: operation.replace('.', '_'), ...query } })
    await reload()
    return result
  }

  return {
    isBanned: memory.find,
    threatFrom: automatic.threatFrom,

    async list(actor) {
      requireHome(actor)
      const now = clock.now().toISOString()
      return (await database.transaction(actor, (tx) => listBans(tx, now), { readOnly: true })).map(toBan)
    },

    async block(actor, { ip, minutes = defaultMinutes, reason }) {
      requireHome(actor)
      const network = readNetwork(ip)
      if (!Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes)
        throw new AppError('VALIDATION', `minutes is a whole number from 1 to ${mostMinutes} (30 days).`, {
          details: [{ field: 'minutes', message: 'out of range' }],
        })
      const userId = actor.type === 'user' ? actor.userId : null
      const expiresAt = new Date(clock.now().getTime() + minutes * 60_000).toISOString()
      await change(actor, 'address.block', { ip: toText(network), minutes, reason }, (tx, createdAt) =>
        replaceBan(tx, { id: newId(), network: toCidr(network), reason, automatic: false, times: 1, createdAt, expiresAt, userId }),
      )
      return (await this.list(actor)).find((ban) => ban.ip === toText(network)) as Ban
    },

    async unblock(actor, { ip }) {
      requireHome(actor)
      const network = readNetwork(ip)
      const userId = actor.type === 'user' ? actor.userId : null
      // An automatic ban of an IPv6 address is one of its network.
      const wider = clientNetwork(ip) ?? network
      await change(actor, 'address.unblock', { ip: toText(network) }, async (tx, now) => {
        const lifted = (await liftBan(tx, toCidr(network), now, userId)) + (await liftBan(tx, toCidr(wider), now, userId))
        if (lifted > 0) return
        const around = memory.find(toText(network))
        throw new AppError(
          'NOT_FOUND',
          around === undefined ? `${toText(network)} is not blocked.` : `${toText(network)} is blocked as part of ${around.ip}; lift that one.`,
        )
      })
    },

    async listAllowed(actor) {
      requireHome(actor)
      return (await database.transaction(actor, (tx) => listAllowed(tx), { readOnly: true })).map(toAllowed)
    },

    async allow(actor, { network: text, note = '' }) {
      requireHome(actor)
      const network = readNetwork(text)
      const userId = actor.type === 'user' ? actor.userId : null
      await change(actor, 'allow_list.add', { network: toText(network), note }, (tx, now) => allow(tx, toCidr(network), note, now, userId))
      return this.listAllowed(actor)
    },

    async disallow(actor, { network: text }) {
      requireHome(actor)
      const network = readNetwork(text)
      await change(actor, 'allow_list.remove', { network: toText(network) }, async (tx) => {
        if (!(await disallow(tx, toCidr(network)))) throw new AppError('NOT_FOUND', `${toText(network)} is not on the allow-list.`)
      })
    },

    async start() {
      await tryReload()
      timer = setTimeout(async function again() {
        await tryReload()
        timer = timer === undefined ? undefined : setTimeout(again, reloadMs).unref()
      }, reloadMs).unref()
    },

    async close() {
      clearTimeout(timer)
      timer = undefined
      await automatic.settled()
    },
  }
}

function readNetwork(text: string): Network {
  const network = parseNetwork(text)
  if (network === undefined)
    throw new AppError('VALIDATION', 'ip is not an address such as 192.0.2.7 or 2001:db8::1, or a network such as 192.0.2.0/24.', {
      details: [{ field: 'ip', message: 'not an IP address or network' }],
    })
  if (network.bits < fewestBits[network.kind])
    throw new AppError('VALIDATION', `That network is too wide; it takes at least /${fewestBits[network.kind]}.`, {
      details: [{ field: 'ip', message: 'too wide' }],
    })
  return network
}
