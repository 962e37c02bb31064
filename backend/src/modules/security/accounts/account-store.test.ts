import { getAuthTables } from '@better-auth/core/db'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { createKeyRing } from '../encryption/key-ring.ts'
import { createAccountStore } from './account-store.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { toColumn, toTable } from './row-conditions.ts'

const options = { plugins: [twoFactor()], advanced: { database: { generateId: () => newId() } } }

function open(connectionString = inject('accountsUrl')) {
  const accounts = openAccountsDatabase({ connectionString, connectionTimeoutMs: 2000, onError: () => undefined })
  onTestFinished(() => accounts.close())
  return accounts
}

function openStore() {
  return createAccountStore(open(), createKeyRing({ current: 'e'.repeat(40) }))(options)
}

const person = (name: string) => ({ name, email: `${newId()}@example.com`, emailVerified: false, createdAt: new Date(), updatedAt: new Date() })
const verification = (identifier: string, value: string, at = new Date()) => ({ identifier, value, expiresAt: at, createdAt: at, updatedAt: at })

describe('the tables of accounts', () => {
  it('have every column that this version of better-auth knows', async () => {
    const accounts = open()
    const rows = await accounts.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'chatsg_accounts'`,
    )
    const there = new Set(rows.map(({ name }) => name))
    const wanted = Object.values(getAuthTables(options)).flatMap(({ modelName, fields }) =>
      ['id', ...Object.keys(fields)].map((field) => `${toTable(modelName)}.${toColumn(field)}`),
    )
    expect(wanted.length).toBeGreaterThan(40)
    expect(wanted.filter((name) => !there.has(name))).toEqual([])
  })

  it('are nothing for the roles of the CRM, and the CRM is nothing for their login', async () => {
    const { database, actor, member } = await createTestWorkspace()
    const { sql } = await import('#backend/infra/database/database.ts')
    for (const who of [actor, await member('rep')])
      for (const table of ['user', 'session', 'account', 'membership'])
        await expect(database.transaction(who, (tx) => tx.query(sql`select * from chatsg_accounts.${sql.identifier(table)}`))).rejects.toThrow(
          /permission denied/,
        )
    const accounts = open()
    for (const table of ['users', 'contacts', 'api_keys', 'workspaces'])
      await expect(accounts.query(`select * from chatsg.${table}`)).rejects.toThrow(/permission denied/)
    const [login] = await accounts.query('select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty from pg_roles where rolname = current_user')
    expect(login).toEqual({ mighty: false })
  })

  it('say UNAVAILABLE when the database is not there', async () => {
    const url = new URL(inject('accountsUrl'))
    url.port = '9'
    await expect(open(url.toString()).query('select 1')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 })
  })
})

describe('better-auth’s storage', () => {
  it('finds by each operator, in order and in pages', async () => {
    const store = openStore()
    const mark = newId()
    for (const [index, name] of ['100% Ada', 'bea', 'Cai_', 'Dan'].entries())
      await store.create({ model: 'verification', data: verification(`${mark}:${name}`, `v${index}`, new Date(2030, 0, index + 1)) })
    const names = async (...where: { field: string; value: never; operator?: never; mode?: never; connector?: never }[]) => {
      const rows = await store.findMany<{ identifier: string }>({
        model: 'verification',
        where: [{ field: 'identifier', operator: 'starts_with', value: mark }, ...where],
        sortBy: { field: 'expiresAt', direction: 'asc' },
      })
      return rows.map(({ identifier }) => identifier.slice(mark.length + 1))
    }
    const is = (field: string, operator: string, value: unknown, more: object = {}) => ({ field, operator, value, ...more }) as never
    expect(await names()).toEqual(['100% Ada', 'bea', 'Cai_', 'Dan'])
    expect(await names(is('value', 'eq', 'v1'))).toEqual(['bea'])
    expect(await names(is('value', 'ne', 'v1'))).toEqual(['100% Ada', 'Cai_', 'Dan'])
    expect(await names(is('value', 'in', ['v0', 'v3']))).toEqual(['100% Ada', 'Dan'])
    expect(await names(is('value', 'not_in', ['v0', 'v3']))).toEqual(['bea', 'Cai_'])
    expect(await names(is('expiresAt', 'gt', new Date(2030, 0, 2)))).toEqual(['Cai_', 'Dan'])
    expect(await names(is('expiresAt', 'lte', new Date(2030, 0, 2)))).toEqual(['100% Ada', 'bea'])
    expect(await names(is('identifier', 'contains', '0%'))).toEqual(['100% Ada'])
    expect(await names(is('identifier', 'ends_with', 'ai_'))).toEqual(['Cai_'])
    expect(await names(is('identifier', 'contains', 'BEA', { mode: 'insensitive' }))).toEqual(['bea'])
    expect(await names(is('identifier', 'contains', 'BEA'))).toEqual([])
    expect(await names(is('value', 'eq', 'v0', { connector: 'OR' }), is('value', 'eq', 'v2', { connector: 'OR' }))).toEqual(['100% Ada', 'Cai_'])
    const where = [{ field: 'identifier', operator: 'starts_with', value: mark } as const]
    expect(await store.count({ model: 'verification', where })).toBe(4)
    const page = await store.findMany<{ value: string }>({ model: 'verification', where, sortBy: { field: 'value', direction: 'desc' }, limit: 2, offset: 1 })
    expect(page.map(({ value }) => value)).toEqual(['v2', 'v1'])
    expect(await store.updateMany({ model: 'verification', where, update: { value: 'same' } })).toBe(4)
    expect(await store.deleteMany({ model: 'verification', where: [...where, is('value', 'eq', 'same')] })).toBe(4)
  })

  it('gives a value that is consumed to one caller only', async () => {
    const store = openStore()
    const identifier = newId()
    await store.create({ model: 'verification', data: verification(identifier, 'once') })
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => store.consumeOne<{ value: string }>({ model: 'verification', where: [{ field: 'identifier', value: identifier }] })),
    )
    expect(taken.filter((row) => row !== null)).toHaveLength(1)
  })

  it('counts without losing any, and compares what a sealed column holds', async () => {
    const store = openStore()
    const user = await store.create<Record<string, unknown>, { id: string }>({ model: 'user', data: person('Ada') })
    const made = await store.create<Record<string, unknown>, { id: string; secret: string }>({
      model: 'twoFactor',
      data: { userId: user.id, secret: 'the secret', backupCodes: 'codes 1', verified: true },
    })
    expect(made.secret).toBe('the secret')
    const where = [{ field: 'id', value: made.id }]
    await Promise.all(Array.from({ length: 10 }, () => store.incrementOne({ model: 'twoFactor', where, increment: { failedVerificationCount: 1 } })))
    expect(await store.findOne({ model: 'twoFactor', where })).toMatchObject({ failedVerificationCount: 10, secret: 'the secret', backupCodes: 'codes 1' })
    const use = () =>
      store.incrementOne({ model: 'twoFactor', where: [...where, { field: 'backupCodes', value: 'codes 1' }], increment: {}, set: { backupCodes: 'codes 2' } })
    const used = await Promise.all([use(), use(), use()])
    expect(used.filter((row) => row !== null)).toHaveLength(1)
    expect(await store.findOne({ model: 'twoFactor', where })).toMatchObject({ backupCodes: 'codes 2' })
    await expect(store.updateMany({ model: 'twoFactor', where, update: { secret: 'x' } })).rejects.toThrow(/one row at a time/)
  })

  it('undoes a transaction that fails', async () => {
    const store = openStore()
    const data = person('Gone')
    await expect(
      store.transaction(async (inside) => {
        await inside.create({ model: 'user', data })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await store.findOne({ model: 'user', where: [{ field: 'email', value: data.email }] })).toBeNull()
    expect(() => toColumn('email"; drop table "user')).toThrow(/no column/)
  })
})
