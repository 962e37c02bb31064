import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { fold } from '#contracts/fold.ts'
import { distinctTexts, type PendingRecord, type ResolveOptions } from './pending-record.ts'

/** Matches owners and authors to users by e-mail, its local part or name; an unknown one is kept as an inactive user. */
export async function resolveUsers(
  tx: Transaction,
  records: readonly PendingRecord[],
  field: 'owner' | 'author',
  column: 'owner_id' | 'author_id',
  options: ResolveOptions,
): Promise<void> {
  const names = distinctTexts(records, field)
  const ids = new Map<string, string>()
  if (names.length > 0) {
    const users = await tx.query<{ id: string; name: string; email: string | null }>(
      sql`select id, name, email from users where workspace_id = ${tx.workspaceId} order by active desc, created_at, id`,
    )
    const keys = new Map<string, string>()
    const addKey = (key: string, id: string) => {
      if (!keys.has(key)) keys.set(key, id)
    }
    for (const { id, email } of users) if (email !== null) addKey(fold(email), id)
    for (const { id, name } of users) addKey(fold(name), id)
    for (const { id, email } of users) if (email !== null) addKey(localPart(email), id)
    for (const name of names) {
      const id = keys.get(fold(name))
      if (id !== undefined) {
        ids.set(name, id)
        continue
      }
      const created = await createInactiveUser(tx, name, options.now)
      ids.set(name, created)
      addKey(fold(name), created)
      if (name.includes('@')) addKey(localPart(name), created)
    }
  }
  for (const { values } of records) {
    if (values[field] === null) values[column] = null
    else if (typeof values[field] === 'string') values[column] = ids.get(values[field] as string)
  }
}

function localPart(email: string): string {
  return fold(email.split('@')[0] as string)
}

async function createInactiveUser(tx: Transaction, given: string, now: Date): Promise<string> {
  const id = newId()
  const email = given.includes('@') ? given : null
  const name = email === null ? given : nameFromAddress(email)
  await tx.query(sql`
    insert into users (workspace_id, id, name, email, role, active, created_at)
    values (${tx.workspaceId}, ${id}, ${name}, ${email}, 'rep', false, ${now.toISOString()})`)
  return id
}

/** "raj.patel@atlas.com" becomes "Raj Patel". */
function nameFromAddress(email: string): string {
  const words = (email.split('@')[0] as string).split(/[._+-]+/).filter((word) => word !== '' && !/^\d+$/.test(word))
  return words.length === 0 ? email : words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ')
}
