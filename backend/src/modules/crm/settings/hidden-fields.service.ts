import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, seesEverything } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type HiddenField, type HiddenFields, whyNotHidden, withReckonings } from '#contracts/hidden-fields.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'

export type HiddenFieldsService = ReturnType<typeof createHiddenFieldsService>

/** Which fields which roles of a workspace do not see; the database hides them, from the next transaction on. */
export function createHiddenFieldsService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    /** All of them for owners and admins; for everybody else what is hidden from them. */
    async getHiddenFields(actor: Actor): Promise<HiddenFields> {
      return operations.run(actor, { name: 'hiddenFields.get', scope: 'crm:read', event: null, readOnly: true }, async (tx) => {
        const fields = await readFields(tx)
        if (seesEverything(actor) || actor.type !== 'user') return { fields }
        const own = fields.flatMap((field) => field.roles.filter((role) => role === actor.role).map((role) => ({ ...field, roles: [role] })))
        return { fields: own }
      })
    },

    /**
     * Amounts that could be reckoned from each other are hidden together.
     * @throws AppError FORBIDDEN to all but owners and admins, VALIDATION naming fields that are not there or that everybody needs
     */
    async putHiddenFields(actor: Actor, { fields }: HiddenFields): Promise<HiddenFields> {
      const query = { fields: fields.map(({ entity, field, roles }) => `${entity}.${field}: ${roles.join(', ')}`) }
      return operations.run(actor, { name: 'hiddenFields.put', scope: 'workspace:admin', event: 'SETTING_CHANGE', query }, async (tx) => {
        await refuseUnhidable(tx, fields)
        await tx.query(sql`delete from hidden_fields where workspace_id = ${tx.workspaceId}`)
        const all = withReckonings(fields)
        if (all.length > 0)
          await tx.query(sql`
            insert into hidden_fields (workspace_id, entity, field, roles, created_at)
            select ${tx.workspaceId}, f.entity, f.field, f.roles, ${clock.now().toISOString()}
            from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) f (entity text, field text, roles text[])`)
        return { fields: await readFields(tx) }
      })
    },
  }
}

async function readFields(tx: Transaction): Promise<HiddenField[]> {
  return tx.query<HiddenField & Record<string, unknown>>(
    sql`select entity, field, roles from hidden_fields where workspace_id = ${tx.workspaceId} order by entity, field`,
  )
}

async function refuseUnhidable(tx: Transaction, fields: readonly HiddenField[]): Promise<void> {
  const custom = await listCustomFields(tx)
  const details = fields.flatMap(({ entity, field }, index): ErrorDetail[] => {
    const isMissing = field.startsWith('custom.') && !custom.some((own) => own.entity === entity && `custom.${own.key}` === field)
    const message = isMissing ? `There is no field "${field}".` : whyNotHidden(entity, field)
    return message === undefined ? [] : [{ field: `fields.${index}.field`, message }]
  })
  if (details.length > 0) throw new AppError('VALIDATION', details[0]?.message ?? 'A field cannot be hidden.', { details })
}
