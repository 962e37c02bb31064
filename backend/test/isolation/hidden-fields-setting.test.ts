import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import { hidableEntities, whyNotHidden } from '#contracts/hidden-fields.ts'
import { canaries, createHiddenFieldsWorld, type HiddenFieldsWorld, hiddenFields, toldIn } from './hidden-fields-world.ts'

let world: HiddenFieldsWorld

beforeAll(async () => {
  world = await createHiddenFieldsWorld()
  await world.hide(hiddenFields)
})
afterAll(() => world.test.close())

describe('which fields are hidden', () => {
  it('is told to members as far as it is about them, and changed by owners and admins alone, on the record', async () => {
    const all = (await world.as('owner', 'GET', '/api/settings/hidden-fields')).body as { fields: object[] }
    // The price of a line, what it comes to and the order's total can be reckoned from each other.
    for (const field of [
      { entity: 'orders', field: 'total' },
      { entity: 'order_lines', field: 'amount' },
    ])
      expect(all.fields).toContainEqual({ ...field, roles: ['rep', 'viewer'] })
    const own = (await world.as('rep', 'GET', '/api/settings/hidden-fields')).body as { fields: object[] }
    expect(own.fields).toHaveLength(all.fields.length)
    expect(own.fields).toContainEqual({ entity: 'contacts', field: 'phone', roles: ['rep'] })
    expect((await world.as('manager', 'GET', '/api/settings/hidden-fields')).body).toEqual({ fields: [] })
    for (const role of ['manager', 'rep', 'viewer'] as const)
      expect((await world.as(role, 'PUT', '/api/settings/hidden-fields', { fields: [] })).status).toBe(403)
    await world.test.app.services.audit.flush?.()
    const trail = await world.test.gold(`select operation from audit_entries where workspace_id = $1 and event = 'SETTING_CHANGE'`)
    expect(trail).toContainEqual({ operation: 'hiddenFields.put' })
  })

  it('leaves the others everything they had', async () => {
    for (const role of ['owner', 'manager'] as const) {
      const { body } = await world.as(role, 'GET', `/api/crm/contacts/${world.ids.contacts}`)
      expect(body).toMatchObject({ phone: canaries.phone, custom: { club: canaries.club } })
      expect((await world.as(role, 'GET', '/api/crm/pipeline')).status).toBe(200)
    }
    expect((await world.as('rep', 'GET', '/api/crm/pipeline')).status).toBe(403)
    expect((await world.as('rep', 'GET', '/api/crm/forecast')).status).toBe(403)
  })

  it('refuses what everybody needs, and what is not there', async () => {
    for (const [entity, field] of [
      ['contacts', 'id'],
      ['contacts', 'last_name'],
      ['contacts', 'name'],
      ['contacts', 'owner'],
      ['contacts', 'visibility'],
      ['contacts', 'created_at'],
      ['contacts', 'nothing'],
      ['contacts', 'custom.nothing'],
      ['opportunities', 'currency'],
      ['opportunities', 'stage'],
      ['organisations', 'name'],
      ['users', 'email'],
    ]) {
      const answer = await world.as('owner', 'PUT', '/api/settings/hidden-fields', { fields: [{ entity, field, roles: ['rep'] }] })
      expect(answer.status, `${entity}.${field}`).toBe(400)
    }
  })

  it('counts at once, for what was asked before as well, and again when it is taken back', async () => {
    const ask = async () => (await world.as('rep', 'POST', '/api/chat', { message: 'total value of opportunities' })).text
    const query = { entity: 'contacts', filter: { field: 'last_name', op: 'eq', value: 'Public' } }
    const phone = async () => ((await world.as('rep', 'POST', '/api/crm/query', query)).body as { rows: Record<string, unknown>[] }).rows[0]?.phone
    await world.hide([])
    try {
      expect(toldIn(await ask())).not.toEqual([])
      expect(await phone()).toBe(canaries.phone)
      expect(await phone()).toBe(canaries.phone)
      const before = (await world.as('rep', 'POST', '/api/chat', { message: 'opportunities over 1000000' })).body as { sessionId: string; text: string }
      expect(toldIn(before)).toContain(canaries.value)
      await world.hide(hiddenFields)
      expect(toldIn(await ask())).toEqual([])
      expect(await phone()).toBeUndefined()
      for (const message of ['only the open ones', 'sort them by value', 'and their total value?', 'who owns them?']) {
        const { text } = await world.as('rep', 'POST', '/api/chat', { message, sessionId: before.sessionId })
        expect(toldIn(text), `${message}: ${text}`).toEqual([])
      }
    } finally {
      await world.hide(hiddenFields)
    }
  })

  it('keeps what was computed for one role from another', async () => {
    const query = { entity: 'contacts', sort: [{ by: 'name' }] }
    const message = 'who is Ann Public?'
    for (const role of ['manager', 'rep', 'manager', 'viewer', 'rep'] as const) {
      const texts = [(await world.as(role, 'POST', '/api/crm/query', query)).text, (await world.as(role, 'POST', '/api/chat', { message })).text]
      for (const text of texts) {
        if (role === 'manager') expect(toldIn(text)).toContain('90817263')
        else expect(toldIn(text)).toEqual([])
      }
      const found = (await world.as(role, 'GET', '/api/crm/search?q=ann')).text
      expect(toldIn(found).includes(canaries.email), `${role}: ${found}`).toBe(role === 'manager')
      const asked = (await world.as(role, 'POST', '/api/chat', { message: 'organisations in Kvxindustry' })).text
      expect(/1 (organi[sz]ation|company)/i.test(asked), `${role}: ${asked}`).toBe(role === 'manager')
    }
  })

  it('is kept of columns that a later release adds', async () => {
    const admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    try {
      await admin.query(`begin; alter table chatsg.leads add column probe text default 'probe'; select chatsg.refresh_masks()`)
      const probe = async () => (await admin.query(`select probe from chatsg_masked.leads where workspace_id = $1`, [world.test.workspaceId])).rows
      expect(await probe()).toEqual([{ probe: 'probe' }])
      await admin.query(`set local app.hidden_fields = 'leads.probe'`)
      expect(await probe()).toEqual([{ probe: null }])
    } finally {
      await admin.query('rollback')
      await admin.end()
    }
  })

  it('leaves every field empty that can be hidden, for whatever statement reads', async () => {
    const { database, member, gold } = world.test
    const rep = await member('rep', 'Other Rep')
    const all = hidableEntities.flatMap((entity) =>
      Object.keys(entities[entity].fields).flatMap((field) => (whyNotHidden(entity, field) === undefined ? [{ entity, field, roles: ['rep' as const] }] : [])),
    )
    expect(all.length).toBeGreaterThan(60)
    await world.hide([...all, ...hiddenFields])
    try {
      for (const entity of hidableEntities) {
        const rows = await database.transaction(rep, (tx) => tx.query(sql`select * from ${sql.identifier(entities[entity].table)}`), { readOnly: true })
        expect(rows.length, entity).toBe((await gold(`select 1 from ${entities[entity].table} where workspace_id = $1`)).length)
        const filled = rows.flatMap((row) => Object.keys(row).filter((column) => row[column] !== null && String(row[column]) !== ''))
        for (const { field } of all.filter((one) => one.entity === entity)) {
          const column = entities[entity].fields[field]?.column ?? field
          expect(filled, `${entity}.${field}`).not.toContain(column)
          expect(filled, `${entity}.${field}`).not.toContain(`${column}_key`)
        }
      }
    } finally {
      await world.hide(hiddenFields)
    }
  })
})
