import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importColumns } from '#contracts/entities.ts'
import { customFields } from './custom-fields.ts'
import { generateDemo } from './demo.ts'
import { createWorld, type DemoOptions } from './world.ts'

const now = new Date('2026-11-20T15:00:00Z')

function rowsByEntity(options: Partial<DemoOptions> = {}) {
  const rows: Record<string, Record<string, unknown>[]> = {}
  for (const batch of generateDemo({ scale: 2500, now, ...options })) {
    rows[batch.entity] ??= []
    rows[batch.entity]?.push(...batch.rows)
  }
  return rows
}

const hash = (rows: object) => createHash('sha256').update(JSON.stringify(rows)).digest('hex')
const texts = (rows: Record<string, unknown>[] | undefined, field: string) => (rows ?? []).map((row) => String(row[field])).filter((text) => text !== '')

describe('the demo world', () => {
  const world = rowsByEntity()

  it('is the same for the same scale, moment and seed, and another for another seed', () => {
    expect(hash(rowsByEntity({ scale: 300 }))).toBe(hash(rowsByEntity({ scale: 300 })))
    expect(hash(rowsByEntity({ scale: 300, seed: 8 }))).not.toBe(hash(rowsByEntity({ scale: 300 })))
  })

  it('holds as many records as its scale says', () => {
    expect(world.contacts).toHaveLength(2500)
    expect(world.organisations).toHaveLength(625)
    expect(world.products).toHaveLength(60)
    expect(createWorld({ scale: 1_000_000, now }).counts).toMatchObject({ contacts: 1_000_000, organisations: 250_000, opportunities: 1_000_000 })
  })

  it('uses canonical import columns and declared custom fields only', () => {
    for (const [entity, rows] of Object.entries(world)) {
      const known = new Set([...importColumns(entity as never), ...customFields.filter((field) => field.entity === entity).map(({ key }) => `custom.${key}`)])
      const unknown = new Set(rows.flatMap((row) => Object.keys(row)).filter((column) => !known.has(column)))
      expect([...unknown], entity).toEqual([])
    }
  })

  it.each([
    ['organisations', 'name'],
    ['organisations', 'external_id'],
    ['contacts', 'email'],
    ['contacts', 'external_id'],
    ['opportunities', 'external_id'],
    ['products', 'sku'],
    ['tasks', 'external_id'],
  ] as const)('never uses a %s %s twice', (entity, field) => {
    const all = texts(world[entity], field).map((text) => text.toLowerCase())
    expect(all.length - new Set(all).size).toBe(0)
  })

  it('refers only to records it holds', () => {
    const organisations = new Set(texts(world.organisations, 'name'))
    const emails = new Set(texts(world.contacts, 'email'))
    const customers = new Set([...texts(world.organisations, 'external_id'), ...emails])
    const externalIds = new Set([
      ...texts(world.contacts, 'external_id'),
      ...texts(world.organisations, 'external_id'),
      ...texts(world.opportunities, 'external_id'),
    ])
    expect(texts(world.contacts, 'organisation').filter((name) => !organisations.has(name))).toEqual([])
    expect(texts(world.opportunities, 'contact_email').filter((email) => !emails.has(email))).toEqual([])
    expect(texts(world.orders, 'customer').filter((customer) => !customers.has(customer))).toEqual([])
    for (const entity of ['tasks', 'events', 'notes', 'emails'])
      expect(texts(world[entity], 'related_external_id').filter((id) => !externalIds.has(id))).toEqual([])
  })

  it('ends now: nothing has happened in the future, and nothing changed before it was made', () => {
    const start = now.getTime() - 548 * 86_400_000
    const pastFields = [
      'created_at',
      'updated_at',
      'stage_changed_at',
      'last_contacted_at',
      'converted_at',
      'completed_at',
      'ordered_at',
      'sent_at',
      'actual_close_date',
    ]
    for (const [entity, rows] of Object.entries(world)) {
      for (const row of rows) {
        for (const field of pastFields) {
          if (typeof row[field] !== 'string' || row[field] === '') continue
          const time = Date.parse(row[field])
          expect(time, `${entity} ${field} ${row.external_id}`).toBeLessThanOrEqual(now.getTime())
          expect(time, `${entity} ${field} ${row.external_id}`).toBeGreaterThanOrEqual(start - 86_400_000)
          if (typeof row.created_at === 'string' && field.endsWith('_at'))
            expect(row[field] >= row.created_at, `${entity} ${field} ${row.external_id}`).toBe(true)
        }
      }
    }
  })

  it('has returns, several currencies, namesakes, accents and words as names', () => {
    expect((world.orders ?? []).some(({ quantity }) => Number(quantity) < 0)).toBe(true)
    expect(new Set(texts(world.opportunities, 'currency'))).toEqual(new Set(['USD', 'EUR', 'GBP']))
    const names = (world.contacts ?? []).map(({ first_name, last_name }) => `${first_name} ${last_name}`.trim())
    expect(names.filter((name) => name === 'John Smith').length).toBeGreaterThanOrEqual(2)
    for (const name of ['April May', 'Will Summers', 'Zoë Brontë', 'Prakash']) expect(names).toContain(name)
    expect(texts(world.organisations, 'name')).toContain('Open Door')
  })
})
