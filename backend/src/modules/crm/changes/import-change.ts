import { z } from 'zod'
import type { Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { inSavepoints } from '../import/dry-run.ts'
import { finishImport, insertImport, markUndone } from '../import/imports.repository.ts'
import { planImport } from '../import/plan-import.ts'
import { runRows } from '../import/run-rows.ts'
import { readHead } from '../import/spool.ts'
import { noCounts, type Tally } from '../import/tally.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'
import type { Change, ChangeContext } from './change.ts'
import { keepingRows } from './kept-rows.ts'
import { undoRows } from './undo-rows.ts'

const longestText = 200_000
const mostErrors = 50

const input = z.strictObject({
  entity: z.enum(entityNames).refine((name) => entities[name].importable, 'Records of this kind cannot be imported.'),
  format: z.literal('csv'),
  text: z.string().min(1).max(longestText).describe('The file, with a heading line'),
  createMissing: z.boolean().optional().describe('Make organisations and contacts that are named and not there'),
})
type Input = z.infer<typeof input>

/**
 * Imports a file that came as text. It lands in the transaction that approves it, all of it or, should the server die, nothing; larger
 * files go through `POST /api/crm/import`, which lands them batch by batch.
 * @param options.folder for scratch files
 */
export function importChange({ folder }: { folder: string }): Change<Input> {
  return {
    effect: 'proposes',
    scope: 'crm:import',
    sends: false,
    name: 'imports.run',
    title: 'Import a file',
    description: 'Proposes to import a CSV text as records of one kind; rows that match existing records change them.',
    input,
    risk: () => 'high',
    async apply(tx, { entity, text, createMissing = false }, context) {
      const importId = newId()
      const tally = await keepingRows(tx, context.id, () => runImport(tx, { entity, text, createMissing, importId, folder }, context))
      const { processed: total, created, updated, skipped, errorCount, errors } = tally.progress()
      const after = { id: importId, entity, total, created, updated, skipped, errorCount, errors: errors.slice(0, mostErrors) }
      const title = `Import ${total} ${total === 1 ? 'row' : 'rows'} as ${entities[entity].labelPlural.toLowerCase()}: ${created} new, ${updated} changed, ${errorCount} wrong`
      return { title, records: [{ entity: 'imports', id: importId, label: entities[entity].labelPlural, before: null, after }], undo: { importId } }
    },
    async undo(tx, { undo }, { id, now }) {
      await undoRows(tx, id, { now, made: 'all' })
      if (typeof undo?.importId === 'string') await markUndone(tx, undo.importId, now)
    },
  }
}

interface Run {
  entity: EntityName
  text: string
  createMissing: boolean
  importId: string
  folder: string
}

async function runImport(tx: Transaction, { entity, text, createMissing, importId, folder }: Run, { now, timeZone }: ChangeContext): Promise<Tally> {
  const file = await readHead(only(Buffer.from(text)))
  const options = { entity, createMissing, timeZone, contentType: 'text/csv' }
  const plan = await planImport(file, await listCustomFields(tx, entity), options)
  const run = { mapping: plan.mapping, ignored: plan.ignored, createMissing }
  await insertImport(tx, { id: importId, entity, fileName: null, format: plan.shape.format, options: run, startedAt: now, status: 'running', durable: false })
  const { tally, tidy } = await runRows({
    file,
    plan,
    options,
    folder,
    importId,
    before: noCounts,
    startedAt: now,
    transact: inSavepoints(tx),
    checkpoint: () => undefined,
  })
  await tidy?.(tx)
  await finishImport(tx, importId, { status: 'done', at: now, failure: null, rowsPerSecond: null })
  return tally
}

async function* only(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
