import { randomBytes } from 'node:crypto'
import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, hasScope, requireScope, type Scope, seesEverything } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { ApiKey } from '#contracts/security.ts'
import { tokenHash } from '../accounts/hashes.ts'
import { createMemory } from '../accounts/memory.ts'
import { actorOf, doorkeeper, findPerson, type UserActor } from '../accounts/workspace-people.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import * as keys from './api-keys.repository.ts'

export interface ApiKeysOptions {
  database: Database
  audit: AuditTrail
  events: SecurityEventSink
}

export interface NewApiKey {
  name: string
  scopes: readonly Scope[]
  expiresAt: Date | null
  /** Whose key it is; the caller's own without it. */
  userId?: string
}

export type ApiKeysService = ReturnType<typeof createApiKeysService>

const form = /^csg_[A-Za-z0-9_-]{43}$/
/** How long a key found in the database is believed: a revoked one works at most this long in another process. */
const rememberMs = 2000
const seenEveryMs = 60_000

/** Keys for programs: each acts as its person, with at most that person's rights, and dies with their membership. */
export function createApiKeysService({ database, audit, events }: ApiKeysOptions) {
  const remembered = createMemory<UserActor>({ forMs: rememberMs, atMost: 10_000 })
  const seen = createMemory<true>({ forMs: seenEveryMs, atMost: 10_000 })

  async function load(hash: string): Promise<UserActor | undefined> {
    const key = await database.withToken(hash, (query) => keys.findHolder(query, hash), { readOnly: true })
    if (key === undefined) return undefined
    const refused = refusalOf(key)
    if (refused !== undefined) {
      const details = { what: 'api_key_refused', keyId: key.id, reason: refused }
      events.record({ type: 'authentication', severity: 'medium', workspaceId: key.workspaceId, userId: key.userId, details })
      return undefined
    }
    if (seen.get(key.id) === undefined) {
      seen.set(key.id, true)
      await database.transaction(doorkeeper(key.workspaceId), (tx) => keys.touchKey(tx, key.id))
    }
    return { ...actorOf(key.workspaceId, { ...key, id: key.userId }, 'apiKey'), key: { id: key.id, scopes: key.scopes } }
  }

  /** Names of the keys that still work and of which the test is true. */
  async function namesOfLiving(actor: Actor, test: (key: ApiKey) => boolean): Promise<string[]> {
    const rows = await database.transaction(actor, (tx) => keys.listKeys(tx, undefined), { readOnly: true })
    const isLiving = ({ revokedAt, expiresAt }: ApiKey) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now())
    return rows.filter((key) => isLiving(key) && test(key)).map(({ name, user }) => `${name} (${user.name})`)
  }

  return {
    namesWithoutExpiry: (actor: Actor) => namesOfLiving(actor, ({ expiresAt }) => expiresAt === null),
    namesUnusedSince: (actor: Actor, instant: Date) =>
      namesOfLiving(actor, ({ lastUsedAt, createdAt }) => Date.parse(lastUsedAt ?? createdAt) < instant.getTime()),

    /** The actor behind a key; undefined when it is unknown, revoked, expired or its person is no longer active. */
    async authenticate(token: string): Promise<UserActor | undefined> {
      if (!form.test(token)) return undefined
      const hash = tokenHash(token)
      const known = remembered.get(hash)
      if (known !== undefined) return known
      const actor = await load(hash)
      if (actor === undefined) remembered.delete(hash)
      else remembered.set(hash, actor)
      return actor
    },

    /** The caller's keys; those of everybody for whoever looks after the workspace. */
    async list(actor: Actor): Promise<ApiKey[]> {
      requireScope(actor, 'account')
      return database.transaction(actor, (tx) => keys.listKeys(tx, seesAll(actor) ? undefined : ownId(actor)), { readOnly: true })
    },

    /** @returns the key with its text, which is shown this once */
    async create(actor: Actor, { name, scopes, expiresAt, userId = ownId(actor) }: NewApiKey): Promise<ApiKey & { key: string }> {
      requireScope(actor, 'account')
      if (userId !== ownId(actor)) requireScope(actor, 'workspace:admin')
      if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw new AppError('VALIDATION', 'The key would have expired already.')
      return database.transaction(actor, async (tx) => {
        const person = await findPerson(tx, userId)
        if (person === undefined || !person.active) throw notFound('This person')
        if (actor.type === 'user' && person.role === 'owner' && actor.role !== 'owner')
          throw new AppError('FORBIDDEN', 'Only an owner makes keys that act as an owner.')
        refuseTooMuch(actor, actorOf(tx.workspaceId, person, 'session'), scopes)
        const key = `csg_${randomBytes(32).toString('base64url')}`
        const row = {
          id: newId(),
          userId,
          name,
          scopes: [...new Set(scopes)],
          expiresAt: expiresAt?.toISOString() ?? null,
          createdAt: new Date().toISOString(),
        }
        await keys.insertKey(tx, { ...row, tokenHash: tokenHash(key), prefix: key.slice(0, 10) })
        await audit.append(tx, {
          event: 'KEY_CHANGE',
          operation: 'apiKeys.create',
          outcome: 'ok',
          query: { id: row.id, userId, name, scopes, expiresAt: row.expiresAt },
        })
        events.record({
          type: 'configuration',
          severity: 'low',
          workspaceId: tx.workspaceId,
          userId,
          details: { what: 'api_key_created', keyId: row.id, scopes: row.scopes },
        })
        const { userId: _, ...shown } = row
        return { ...shown, user: { id: person.id, name: person.name }, prefix: key.slice(0, 10), lastUsedAt: null, revokedAt: null, key }
      })
    },

    /** @throws AppError NOT_FOUND when it is not there, or somebody else's */
    async revoke(actor: Actor, id: string): Promise<void> {
      requireScope(actor, 'account')
      await database.transaction(actor, async (tx) => {
        const key = await keys.revokeKey(tx, { id, userId: seesAll(actor) ? undefined : ownId(actor) })
        if (key === undefined) throw notFound('This API key')
        await audit.append(tx, { event: 'KEY_CHANGE', operation: 'apiKeys.revoke', outcome: 'ok', query: { id, userId: key.userId } })
      })
      remembered.forget(({ key }) => key?.id === id)
    },

    /** Nothing remembered of a person is believed any more. */
    forgetPerson({ workspaceId, userId }: { workspaceId: string; userId: string }): void {
      remembered.forget((actor) => actor.workspaceId === workspaceId && actor.userId === userId)
    },
  }
}

function refusalOf({ revokedAt, expiresAt, active }: keys.KeyHolder): 'revoked' | 'expired' | 'person_inactive' | undefined {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) return 'expired'
  return active ? undefined : 'person_inactive'
}

function seesAll(actor: Actor): boolean {
  return seesEverything(actor) && hasScope(actor, 'workspace:admin')
}

function ownId(actor: Actor): string {
  if (actor.type !== 'user') throw new AppError('FORBIDDEN', 'Only a person has API keys.')
  return actor.userId
}

/** A key can do no more than its maker and than the person it acts as. */
function refuseTooMuch(maker: Actor, holder: Actor, scopes: readonly Scope[]): void {
  const beyond = scopes.filter((scope) => !hasScope(maker, scope) || !hasScope(holder, scope))
  if (beyond.length === 0) return
  const whose = maker.type === 'user' && maker.key !== undefined ? 'the key that makes it' : 'this role'
  throw new AppError('FORBIDDEN', `A key may do no more than ${whose}, which lacks: ${beyond.join(', ')}.`)
}
