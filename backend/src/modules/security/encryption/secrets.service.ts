import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { KeyRing } from './key-ring.ts'
import type { RotationResult } from './rotation.ts'

/** Whose secret it is inside a workspace. */
export interface SecretName {
  /** What it is for: lower-case words with hyphens, such as `mail-password`. */
  purpose: string
  /** Which one, such as the id of the mail account. */
  name: string
}

export interface SecretEntry extends SecretName {
  id: string
  createdAt: string
  updatedAt: string
  rotatedAt: string | null
  /** Encrypted under the current key. */
  isCurrent: boolean
}

/**
 * A transaction of a service that has required its own scope, or an actor: then a person needs `workspace:admin`.
 * The door for people is the service that the secret belongs to.
 */
export type SecretCaller = Actor | Transaction

export type SecretsService = ReturnType<typeof createSecretsService>

const longestValue = 65_536
const longestList = 1000
const batchSize = 200

/** Passwords, keys and tokens of other systems: encrypted at rest, bound to workspace, purpose and name. */
export function createSecretsService({ database, keyRing, clock }: { database: Database; keyRing: KeyRing; clock: Clock }) {
  const within = <T>(caller: SecretCaller, work: (tx: Transaction) => Promise<T>, options: { readOnly?: boolean } = {}): Promise<T> => {
    if ('query' in caller) return work(caller)
    requireScope(caller, 'workspace:admin')
    return database.transaction(caller, work, options)
  }

  const find = (caller: SecretCaller, { purpose, name }: SecretName): Promise<string | undefined> =>
    within(
      caller,
      async (tx) => {
        const [row] = await tx.query<{ value: string }>(
          sql`select value from secrets where workspace_id = ${tx.workspaceId} and purpose = ${purpose} and name = ${name}`,
        )
        return row === undefined ? undefined : keyRing.decrypt(row.value, identity(tx, { purpose, name }))
      },
      { readOnly: true },
    )

  return {
    /** Stores a secret, or replaces the one of that purpose and name. */
    async put(caller: SecretCaller, { purpose, name, value }: SecretName & { value: string }): Promise<void> {
      requireStorable({ purpose, name, value })
      await within(caller, (tx) => {
        const now = clock.now().toISOString()
        const encrypted = keyRing.encrypt(value, identity(tx, { purpose, name }))
        return tx.query(sql`
          insert into secrets (workspace_id, id, purpose, name, value, created_at, updated_at)
          values (${tx.workspaceId}, ${newId()}, ${purpose}, ${name}, ${encrypted}, ${now}, ${now})
          on conflict (workspace_id, purpose, name) do update set value = excluded.value, updated_at = excluded.updated_at, rotated_at = null`)
      })
    },

    /** The secret itself, or undefined. @throws AppError INTERNAL when it is there and cannot be read */
    find,

    /** @throws AppError NOT_FOUND, or INTERNAL when it is there and cannot be read */
    async get(caller: SecretCaller, name: SecretName): Promise<string> {
      const value = await find(caller, name)
      if (value === undefined) throw notFound('This secret')
      return value
    },

    /** Whether there was one to remove. */
    async remove(caller: SecretCaller, { purpose, name }: SecretName): Promise<boolean> {
      const rows = await within(caller, (tx) =>
        tx.query(sql`delete from secrets where workspace_id = ${tx.workspaceId} and purpose = ${purpose} and name = ${name} returning id`),
      )
      return rows.length > 0
    },

    /** Names and times, never values; the first thousand. */
    async list(caller: SecretCaller): Promise<SecretEntry[]> {
      const rows = await within(
        caller,
        (tx) =>
          tx.query<Omit<SecretEntry, 'isCurrent'> & { value: string }>(sql`
            select id, purpose, name, value, created_at as "createdAt", updated_at as "updatedAt", rotated_at as "rotatedAt"
            from secrets where workspace_id = ${tx.workspaceId} order by purpose, name limit ${longestList}`),
        { readOnly: true },
      )
      return rows.map(({ value, ...entry }) => ({ ...entry, isCurrent: !keyRing.needsRotation(value) }))
    },

    /** Encrypts a workspace's values anew under the current key, a batch a transaction; a value that cannot be read is counted and left. */
    async rotate(workspaceId: string): Promise<RotationResult> {
      const result = { rotated: 0, failed: 0 }
      const actor: Actor = { type: 'system', workspaceId, job: 'keys rotate' }
      let last = '00000000-0000-0000-0000-000000000000'
      for (;;) {
        const count = await database.transaction(actor, async (tx) => {
          const rows = await tx.query<SecretName & { id: string; value: string }>(sql`
            select id, purpose, name, value from secrets where workspace_id = ${workspaceId} and id > ${last} order by id limit ${batchSize}`)
          for (const row of rows) {
            last = row.id
            if (!keyRing.needsRotation(row.value)) continue
            const value = reencrypt(keyRing, row.value, identity(tx, row))
            if (value === undefined) result.failed++
            // A value that was replaced since it was read is a newer one, and stays.
            else if (await replace(tx, row, value, clock)) result.rotated++
          }
          return rows.length
        })
        if (count < batchSize) return result
      }
    },
  }
}

async function replace(tx: Transaction, { id, value }: { id: string; value: string }, newValue: string, clock: Clock): Promise<boolean> {
  const rows = await tx.query(sql`
    update secrets set value = ${newValue}, rotated_at = ${clock.now().toISOString()}
    where workspace_id = ${tx.workspaceId} and id = ${id} and value = ${value} returning id`)
  return rows.length > 0
}

/** Undefined when the value cannot be read: it is counted, and the operator is told. */
function reencrypt(keyRing: KeyRing, value: string, purpose: string): string | undefined {
  try {
    return keyRing.encrypt(keyRing.decrypt(value, purpose), purpose)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

/** The purpose has no colon in it, so no two secrets share an identity. */
function identity(tx: Transaction, { purpose, name }: SecretName): string {
  return `secret:${tx.workspaceId}:${purpose}:${name}`
}

function requireStorable({ purpose, name, value }: SecretName & { value: string }): void {
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(purpose)) throw new Error(`"${purpose}" is not the purpose of a secret.`)
  if (name === '' || name.length > 200) throw new AppError('VALIDATION', 'The name of a secret has 1 to 200 characters.')
  if (value === '' || value.length > longestValue) throw new AppError('VALIDATION', `A secret has 1 to ${longestValue} characters.`)
}
