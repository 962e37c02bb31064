import { hkdfSync } from 'node:crypto'
import type pg from 'pg'
import type { Config } from '#backend/config/index.ts'

/** What servers of one database have to agree on, as numbers that give nothing of it away. */
export interface SharedSecrets {
  encryption: number
  /** While the key is being changed, servers with the one before may still run. */
  previousEncryption: number | undefined
  sessions: number
  /** Variables that nobody set, so that the data folder's own values are used. */
  generated: readonly string[]
}

/** Spaces of advisory locks that say with which secrets running servers work. */
const encryptionSpace = 1_667_785_065
const sessionsSpace = 1_667_785_066

/** The secrets of a server that shares its database with others; undefined where the database is its own. */
export function sharedSecretsOf({ database, security }: Config): SharedSecrets | undefined {
  if (database.url === undefined) return undefined
  const { encryptionKey, encryptionKeyPrevious, sessionSecret, csrfSecret, generatedSecrets } = security
  return {
    encryption: fingerprint(encryptionKey),
    previousEncryption: encryptionKeyPrevious === undefined ? undefined : fingerprint(encryptionKeyPrevious),
    sessions: fingerprint(`${sessionSecret}\n${csrfSecret}`),
    generated: generatedSecrets,
  }
}

/** Says to later ones, for as long as the connection lives, with which secrets this server works. */
export async function announceSecrets(client: pg.Client, { encryption, sessions }: SharedSecrets): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, $2), pg_advisory_lock_shared($3, $4)', [encryptionSpace, encryption, sessionsSpace, sessions])
}

/**
 * Keeps out whoever would lock the others out of the database by another key: its login's password comes from it.
 * @throws Error with one sentence for people
 */
export async function refuseOtherKey(client: pg.Client, secrets: SharedSecrets): Promise<void> {
  const mine = [secrets.encryption, secrets.previousEncryption]
  if ((await announced(client, encryptionSpace)).some((other) => !mine.includes(other))) throw refusal('ENCRYPTION_KEY', secrets)
}

/**
 * Keeps out a server that would not know the sessions of the others.
 * @throws Error with one sentence for people
 */
export async function refuseOtherSessions(client: pg.Client, secrets: SharedSecrets): Promise<void> {
  if ((await announced(client, sessionsSpace)).some((other) => other !== secrets.sessions)) throw refusal('SESSION_SECRET or CSRF_SECRET', secrets)
}

async function announced(client: pg.Client, space: number): Promise<number[]> {
  const { rows } = await client.query<{ fingerprint: number }>(
    `select distinct objid::bigint::int as fingerprint from pg_locks where locktype = 'advisory' and granted and objsubid = 2
     and database = (select oid from pg_database where datname = current_database()) and classid::bigint = $1`,
    [space],
  )
  return rows.map(({ fingerprint: other }) => other)
}

function refusal(what: string, { generated }: SharedSecrets): Error {
  const own = generated.length === 0 ? '' : ` (${generated.join(', ')} ${generated.length === 1 ? 'was' : 'were'} generated in its DATA_DIR)`
  return new Error(
    `Another ChatSG server works on this database with another ${what}${own}. Set ENCRYPTION_KEY, SESSION_SECRET and CSRF_SECRET to the same values on every server, or stop the others first to change them.`,
  )
}

/** 31 bits, so that it is the same number in PostgreSQL. */
function fingerprint(secret: string): number {
  return Buffer.from(hkdfSync('sha256', secret, 'chatsg', 'shared secrets', 4)).readUInt32BE(0) >>> 1
}
