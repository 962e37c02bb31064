import type { EntityName } from '#contracts/entities.ts'
import { emailRow, eventRow, noteRow, taskRow } from './activities.ts'
import { contactRow } from './contacts.ts'
import { leadRow } from './leads.ts'
import { opportunityRow } from './opportunities.ts'
import { orderRows } from './orders.ts'
import { organisationRow } from './organisations.ts'
import { productRows } from './products.ts'
import { createWorld, type DemoOptions, type World } from './world.ts'

export interface SeedBatch {
  entity: EntityName
  /** Rows under the canonical import columns, as a CSV file would hold them; lines of one order are never parted. */
  rows: Record<string, unknown>[]
}

const batchSize = 2000

const makers: readonly (readonly [EntityName, keyof World['counts'], (world: World, index: number) => Record<string, unknown>[]])[] = [
  ['organisations', 'organisations', (world, index) => [organisationRow(world, index)]],
  ['contacts', 'contacts', (world, index) => [contactRow(world, index)]],
  ['leads', 'leads', (world, index) => [leadRow(world, index)]],
  ['opportunities', 'opportunities', (world, index) => [opportunityRow(world, index)]],
  ['orders', 'orders', orderRows],
  ['tasks', 'tasks', (world, index) => [taskRow(world, index)]],
  ['events', 'events', (world, index) => [eventRow(world, index)]],
  ['notes', 'notes', (world, index) => [noteRow(world, index)]],
  ['emails', 'emails', (world, index) => [emailRow(world, index)]],
]

/**
 * The demo company's records: a supplier of industrial sensors and software with 18 months of history up to `now`.
 * The same scale, now and seed give the same rows; memory does not grow with the scale.
 */
export function* generateDemo(options: DemoOptions): Iterable<SeedBatch> {
  const world = createWorld(options)
  yield { entity: 'products', rows: [...productRows] }
  for (const [entity, count, make] of makers) {
    let rows: Record<string, unknown>[] = []
    for (let index = 0; index < world.counts[count]; index++) {
      rows.push(...make(world, index))
      if (rows.length < batchSize) continue
      yield { entity, rows }
      rows = []
    }
    if (rows.length > 0) yield { entity, rows }
  }
}
