import { newId } from '#backend/kernel/ids.ts'
import type { RunStatement } from './accounts-database.ts'

/** A person with an address to sign in with. */
export interface Account {
  id: string
  name: string
  email: string
  emailVerified: boolean
  twoFactorEnabled: boolean
  hasPassword: boolean
}

/** Stands where better-auth needs an address and nobody has given one. */
const noAddress = 'no-address.invalid'

/** The address people see; null when none was given. */
export function visibleEmail(email: string): string | null {
  return email.endsWith(`@${noAddress}`) ? null : email
}

export function placeholderEmail(id: string): string {
  return `${id}@${noAddress}`
}

const columns = `u.id, u.name, u.email, u.email_verified as "emailVerified", u.two_factor_enabled as "twoFactorEnabled",
  exists (select 1 from account a where a.user_id = u.id and a.provider_id = 'credential' and a.password is not null) as "hasPassword"`

export async function findAccount(query: RunStatement, id: string): Promise<Account | undefined> {
  const [account] = await query<Account>(`select ${columns} from "user" u where u.id = $1`, [id])
  return account
}

export async function findAccountByEmail(query: RunStatement, email: string): Promise<Account | undefined> {
  const [account] = await query<Account>(`select ${columns} from "user" u where u.email = $1`, [email.toLowerCase()])
  return account
}

export async function findAccounts(query: RunStatement, ids: readonly string[]): Promise<Account[]> {
  return query<Account>(`select ${columns} from "user" u where u.id = any($1)`, [ids])
}

export interface NewAccount {
  name: string
  /** Without one, the account cannot be found by its address. */
  email?: string
  emailVerified: boolean
  passwordHash?: string | undefined
}

/** @throws the database's unique violation when there is an account with this address */
export async function insertAccount(query: RunStatement, account: NewAccount): Promise<string> {
  const id = newId()
  await query('insert into "user" (id, name, email, email_verified) values ($1, $2, $3, $4)', [
    id,
    account.name,
    (account.email ?? placeholderEmail(id)).toLowerCase(),
    account.emailVerified,
  ])
  if (account.passwordHash !== undefined) await setPasswordHash(query, id, account.passwordHash)
  return id
}

export async function findPasswordHash(query: RunStatement, accountId: string): Promise<string | undefined> {
  const [row] = await query<{ password: string | null }>(`select password from account where user_id = $1 and provider_id = 'credential'`, [accountId])
  return row?.password ?? undefined
}

export async function setPasswordHash(query: RunStatement, accountId: string, hash: string): Promise<void> {
  await query(
    `insert into account (id, user_id, provider_id, account_id, password) values ($1, $2, 'credential', $2, $3)
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
    [newId(), accountId, hash],
  )
}

/** Takes the second factor away, with its codes and the devices it was waived on. */
export async function removeTwoFactor(query: RunStatement, accountId: string): Promise<void> {
  await query('delete from two_factor where user_id = $1', [accountId])
  await query('update "user" set two_factor_enabled = false, updated_at = now() where id = $1', [accountId])
  await forgetDevices(query, accountId)
}

/** Every device is asked for the second factor again, sign-ins that wait for it start anew, and links to reset the password stop working. */
export async function forgetDevices(query: RunStatement, accountId: string): Promise<void> {
  await query('delete from verification where value = $1', [accountId])
}

export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === '23505'
}
