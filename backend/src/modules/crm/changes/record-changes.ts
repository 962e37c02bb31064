import { z } from 'zod'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { getRecord } from '../records/get-record.ts'
import { checkedValues, createRecord, deleteRecord, updateRecord } from '../records/record-changes.ts'
import type { RecordJson } from '../records/record-reader.ts'
import type { AppliedChange, Change } from './change.ts'
import { labelOf, listFields, named } from './change-texts.ts'
import { keepingRows } from './kept-rows.ts'
import { undoRows } from './undo-rows.ts'

/** Records that agents may ask to change; how deals are sold and who works here is for people alone. */
export const changeable = [
  'contacts',
  'organisations',
  'leads',
  'opportunities',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'tags',
] as const

const entity = z
  .enum(entityNames)
  .refine((name) => (changeable as readonly string[]).includes(name), {
    error: ({ input }) => `${entities[input as EntityName].labelPlural} are not changed through proposals; change them in the app.`,
  })
  .describe(`Kind of record: ${changeable.join(', ')}`)
const id = z.uuid().describe('Id of the record')
const values = z.record(z.string().max(100), z.unknown()).describe('Fields by name, as in imports; custom fields as custom.<key>')

const createInput = z.strictObject({ entity, values })
const updateInput = z.strictObject({ entity, id, values: values.refine((given) => Object.keys(given).length > 0, 'Say which fields to change.') })
const deleteInput = z.strictObject({ entity, id })

/** Undo of every change whose rows were kept. */
export const undoKeptRows: Change['undo'] = (tx, applied, { id: changeId, now }) =>
  undoRows(tx, changeId, { now, made: new Set(applied.records.filter(({ before }) => before === null).map(({ id: recordId }) => recordId)) })

/** Making, changing and deleting one record. */
export function recordChanges(): Change[] {
  return [createChange, updateChange, deleteChange]
}

const common = { effect: 'proposes', scope: 'crm:write', sends: false, undo: undoKeptRows } as const

const createChange: Change<z.infer<typeof createInput>> = {
  ...common,
  name: 'records.create',
  title: 'Create a record',
  description: 'Proposes a new contact, organisation, lead, opportunity, product, order, quote, quote line, task, event, note or tag.',
  input: createInput,
  risk: () => 'low',
  amount: ({ entity: kind }, { records }) => amountOf(kind, records[0]?.after),
  async apply(tx, input, context) {
    const record = await keepingRows(tx, context.id, () => createRecord(tx, input.entity, checkedValues(input.entity, input.values), context.now))
    return applied(`Create ${named(input.entity, record)}`, input.entity, record.id, null, record)
  },
}

const updateChange: Change<z.infer<typeof updateInput>> = {
  ...common,
  name: 'records.update',
  title: 'Change a record',
  description: 'Proposes other values for fields of one record, such as the stage of an opportunity, the time of an event or the owner of a task.',
  input: updateInput,
  risk: () => 'medium',
  amount: ({ entity: kind }, { records }) => amountOf(kind, records[0]?.after),
  async apply(tx, input, context) {
    const before = await getRecord(tx, input.entity, input.id)
    const after = await keepingRows(tx, context.id, () => updateRecord(tx, input.entity, before, checkedValues(input.entity, input.values), context.now))
    return applied(`Change ${listFields(input.entity, Object.keys(input.values))} of ${named(input.entity, before)}`, input.entity, input.id, before, after)
  },
}

const deleteChange: Change<z.infer<typeof deleteInput>> = {
  ...common,
  name: 'records.delete',
  title: 'Delete a record',
  description: 'Proposes to delete one record; undo brings it back.',
  input: deleteInput,
  risk: () => 'high',
  amount: ({ entity: kind }, { records }) => amountOf(kind, records[0]?.before),
  async apply(tx, input, context) {
    const before = await getRecord(tx, input.entity, input.id)
    await keepingRows(tx, context.id, () => deleteRecord(tx, input.entity, before, context.now))
    return applied(`Delete ${named(input.entity, before)}`, input.entity, input.id, before, null)
  },
}

function applied(title: string, kind: EntityName, recordId: string, before: RecordJson | null, after: RecordJson | null): AppliedChange {
  return { title, records: [{ entity: kind, id: recordId, label: labelOf(kind, after ?? before ?? {}), before, after }] }
}

function amountOf(kind: EntityName, record: Record<string, unknown> | null | undefined): { value: string; currency: string } | undefined {
  const measure = { opportunities: 'value', orders: 'total', products: 'price', quotes: 'total', quote_lines: 'total' }[kind as string]
  const value = measure === undefined ? undefined : record?.[measure]
  return typeof value === 'string' && typeof record?.currency === 'string' ? { value, currency: record.currency } : undefined
}
