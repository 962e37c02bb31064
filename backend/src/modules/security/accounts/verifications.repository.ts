import { type Account, findAccount, findAccountByEmail } from './accounts.repository.ts'
import type { RunStatement } from './accounts-database.ts'
import { tokenHash } from './hashes.ts'

async function findByIdentifier(query: RunStatement, identifier: string): Promise<Account | undefined> {
  const [row] = await query<{ value: string }>('select value from verification where identifier = $1 and expires_at > now()', [tokenHash(identifier)])
  return row === undefined ? undefined : findAccount(query, row.value)
}

/** Who has given the password and still owes the second factor. */
export async function findWaitingAccount(query: RunStatement, identifier: string): Promise<Account | undefined> {
  return identifier.startsWith('2fa-') ? findByIdentifier(query, identifier) : undefined
}

/** Whose password the token of a mail resets. */
export async function findResetAccount(query: RunStatement, token: string): Promise<Account | undefined> {
  return findByIdentifier(query, `reset-password:${token}`)
}

/** Values that stand for this account and were made within the hour: resets that were asked for, and no more than a few others. */
export async function countRecentResets(query: RunStatement, email: string): Promise<number> {
  const account = await findAccountByEmail(query, email)
  if (account === undefined) return 0
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from verification where value = $1 and created_at > now() - interval '1 hour' and expires_at - created_at between interval '59 minutes' and interval '61 minutes'`,
    [account.id],
  )
  return row?.count ?? 0
}

/** @returns whether nobody used this code of this account in the last minutes; longer ago it was another one with the same digits */
export async function claimCode(query: RunStatement, accountId: string, code: string): Promise<boolean> {
  const rows = await query(
    `insert into used_code (account_id, code_hash) values ($1, $2)
     on conflict (account_id, code_hash) do update set used_at = now() where used_code.used_at < now() - interval '5 minutes' returning account_id`,
    [accountId, tokenHash(code.trim())],
  )
  return rows.length > 0
}
