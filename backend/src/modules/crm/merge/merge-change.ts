import { z } from 'zod'
import { entities } from '#contracts/entities.ts'
import type { Change } from '../changes/change.ts'
import { labelOf, named } from '../changes/change-texts.ts'
import { keepingRows } from '../changes/kept-rows.ts'
import { undoKeptRows } from '../changes/record-changes.ts'
import { getRecord } from '../records/get-record.ts'
import type { RecordJson } from '../records/record-reader.ts'
import { mergeRecords } from './merge-records.ts'

/** Kinds of which one may be there twice. */
export const mergeable = ['contacts', 'organisations', 'leads'] as const

const input = z
  .strictObject({
    entity: z.enum(mergeable).describe('Kind of the records'),
    keepId: z.uuid().describe('Id of the record that stays'),
    mergeIds: z.array(z.uuid()).min(1).max(20).describe('Ids of the records that become part of it'),
    values: z.record(z.string().max(100), z.unknown()).optional().describe('Values of the record that stays, where neither was right'),
  })
  .refine(({ keepId, mergeIds }) => !mergeIds.includes(keepId) && new Set(mergeIds).size === mergeIds.length, {
    path: ['mergeIds'],
    message: 'Name each of the other records once.',
  })

/** Makes one record of several about the same person or organisation. */
export const mergeChange: Change<z.infer<typeof input>> = {
  effect: 'proposes',
  scope: 'crm:write',
  sends: false,
  name: 'records.merge',
  title: 'Merge records',
  description:
    'Proposes to make one of several contacts, organisations or leads that are the same: the one that stays takes missing values, tags, links, deals, quotes, orders, tasks, events, notes and e-mails of the others, which are deleted.',
  input,
  risk: () => 'high',
  async apply(tx, { entity, keepId, mergeIds, values }, context) {
    const kept = await getRecord(tx, entity, keepId)
    const merged: RecordJson[] = []
    for (const id of mergeIds) merged.push(await getRecord(tx, entity, id))
    const after = await keepingRows(tx, context.id, () => mergeRecords(tx, { entity, kept, merged, values: values ?? {} }, context.now))
    const [first, ...others] = merged
    const what = `${labelOf(entity, first ?? {})}${others.length === 0 ? '' : ` and ${others.length} more`}`
    return {
      title: `Merge ${what === '' ? `a ${entities[entity].singular}` : what} into ${named(entity, kept)}`,
      records: [
        { entity, id: keepId, label: labelOf(entity, after), before: kept, after },
        ...merged.map((record) => ({ entity, id: record.id, label: labelOf(entity, record), before: record, after: null })),
      ],
    }
  },
  undo: undoKeptRows,
}
