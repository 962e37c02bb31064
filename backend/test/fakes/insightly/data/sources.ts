import { type Entity, entities } from '../entities.ts'
import type { Row } from '../json.ts'
import type { Source } from '../store/collection.ts'
import { firstNotBelow } from '../store/sorted.ts'
import { emailRow, eventRow, noteRow, taskRow } from './activity-rows.ts'
import { milestoneRow, opportunityRow, organisationRow, projectRow } from './deal-rows.ts'
import type { Kinship } from './kinship.ts'
import { contactRow, leadRow } from './people-rows.ts'
import { opportunityLineItemRow, productRows, quotationLineItemRow, quotationRow } from './product-rows.ts'
import { referenceRows } from './reference-rows.ts'
import { createdAt, updatedAt } from './times.ts'
import { firstInstant, firstNewId, type GeneratedName, idAt, indexOf, type World } from './world.ts'

export interface StartingRecords {
  source: Source
  firstNewId: number
}

const rowMakers: Readonly<Record<GeneratedName, (world: World, kinship: Kinship, index: number) => Row>> = {
  Contacts: contactRow,
  Organisations: (world, _, index) => organisationRow(world, index),
  Leads: (world, _, index) => leadRow(world, index),
  Opportunities: opportunityRow,
  Projects: (world, _, index) => projectRow(world, index),
  Milestones: (world, _, index) => milestoneRow(world, index),
  Tasks: taskRow,
  Events: (world, _, index) => eventRow(world, index),
  Notes: (world, _, index) => noteRow(world, index),
  Emails: (world, _, index) => emailRow(world, index),
  Quotation: quotationRow,
  QuotationLineItem: (world, _, index) => quotationLineItemRow(world, index),
  OpportunityLineItem: (world, _, index) => opportunityLineItemRow(world, index),
}

/** The records each collection has from the start. */
export function startingRecords(world: World, kinship: Kinship): ReadonlyMap<Entity, StartingRecords> {
  const isGenerated = (name: string): name is GeneratedName => name in rowMakers
  return new Map(
    entities.map((entity) => {
      const { name } = entity
      if (isGenerated(name))
        return [entity, { source: generatedSource(world, name, (index) => rowMakers[name](world, kinship, index)), firstNewId: firstNewId(world, name) }]
      const rows = referenceRows[name] ?? (productRows as Readonly<Record<string, readonly Row[]>>)[name] ?? []
      return [entity, { source: listSource(rows, entity.idField), firstNewId: highestId(rows, entity.idField) + 1 }]
    }),
  )
}

function generatedSource(world: World, name: GeneratedName, rowAt: (index: number) => Row): Source {
  const hasUpdates = name !== 'Emails'
  return {
    count: world.counts[name],
    idAt: (index) => idAt(name, index),
    indexOf: (id) => indexOf(world, name, id),
    rowAt,
    updatedAt: (index) => (hasUpdates ? updatedAt(world, name, index) : createdAt(world, name, index)),
  }
}

function listSource(rows: readonly Row[], idField: string): Source {
  const ids = rows.map((row) => Number(row[idField]))
  return {
    count: rows.length,
    idAt: (index) => ids[index] ?? 0,
    indexOf(id) {
      const index = firstNotBelow(ids, id)
      return ids[index] === id ? index : undefined
    },
    rowAt: (index) => ({ ...rows[index] }),
    updatedAt: () => firstInstant,
  }
}

function highestId(rows: readonly Row[], idField: string): number {
  return rows.reduce((highest, row) => Math.max(highest, Number(row[idField])), 60_000)
}
