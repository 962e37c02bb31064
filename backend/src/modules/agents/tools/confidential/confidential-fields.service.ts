import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import { listCustomFields } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ConfidentialSettings } from '#contracts/confidential.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { type Confidential, type ConfidentialField, createConfidential } from './confidential.ts'

export interface ConfidentialFields {
  /** What the actor's workspace keeps from prompts, as it is now. */
  of(actor: Actor): Promise<Confidential>
  /** The same, and whether people are masked before a model sees them. */
  forPrompts(actor: Actor): Promise<{ confidential: Confidential; maskPeople: boolean }>
  getSettings(actor: Actor): Promise<ConfidentialSettings>
  /** @throws AppError FORBIDDEN to all but owners and admins, VALIDATION naming fields that are not there */
  putSettings(actor: Actor, settings: ConfidentialSettings): Promise<ConfidentialSettings>
}

/** Setting of a workspace, among its others. */
const maskSetting = 'maskPeopleInPrompts'

/** Which fields of a workspace no prompt may hold. */
export function createConfidentialFields({
  operations,
  clock,
  maskPeople = false,
}: {
  operations: Operations
  clock: Clock
  /** For workspaces that do not say. */
  maskPeople?: boolean
}): ConfidentialFields {
  const reading = { name: 'confidential.read', scope: 'crm:read', event: null, readOnly: true } as const

  async function readSettings(tx: Transaction): Promise<ConfidentialSettings> {
    const [row] = await tx.query<{ mask: boolean | null; fields: ConfidentialField[] }>(sql`
      select (select (settings ->> ${maskSetting})::boolean from workspaces where id = ${tx.workspaceId}) as mask,
        (select coalesce(json_agg(json_build_object('entity', entity, 'field', field) order by entity, field), '[]')
          from confidential_fields where workspace_id = ${tx.workspaceId}) as fields`)
    return { fields: row?.fields ?? [], maskPeople: row?.mask ?? maskPeople }
  }

  /** What the actor does not see is in no prompt of theirs either. */
  async function readKept(tx: Transaction): Promise<{ confidential: Confidential; maskPeople: boolean }> {
    const { fields, maskPeople: mask } = await readSettings(tx)
    return { confidential: createConfidential([...fields, ...(await tx.hidden()).fields]), maskPeople: mask }
  }

  return {
    async of(actor) {
      return (await operations.run(actor, reading, readKept)).confidential
    },
    async forPrompts(actor) {
      return operations.run(actor, reading, readKept)
    },
    getSettings: (actor) => operations.run(actor, { name: 'confidential.get', scope: 'workspace:admin', event: null, readOnly: true }, readSettings),
    putSettings(actor, settings) {
      const query = { fields: settings.fields.map(({ entity, field }) => `${entity}.${field}`), maskPeople: settings.maskPeople }
      return operations.run(actor, { name: 'confidential.put', scope: 'workspace:admin', query }, async (tx) => {
        await refuseUnknown(tx, settings.fields)
        await tx.query(sql`delete from confidential_fields where workspace_id = ${tx.workspaceId}`)
        if (settings.fields.length > 0)
          await tx.query(sql`
            insert into confidential_fields (workspace_id, entity, field, created_at)
            select ${tx.workspaceId}, f.entity, f.field, ${clock.now().toISOString()} from jsonb_to_recordset(${JSON.stringify(settings.fields)}::jsonb) f (entity text, field text)
            on conflict do nothing`)
        await tx.query(
          sql`update workspaces set settings = settings || ${JSON.stringify({ [maskSetting]: settings.maskPeople })}::jsonb where id = ${tx.workspaceId}`,
        )
        return readSettings(tx)
      })
    },
  }
}

/** @throws AppError VALIDATION naming the fields that are not there, and the id, which is nobody's secret */
async function refuseUnknown(tx: Transaction, fields: readonly ConfidentialField[]): Promise<void> {
  const custom = await listCustomFields(tx)
  const isThere = (entity: EntityName, field: string) =>
    field.startsWith('custom.')
      ? custom.some(({ entity: owner, key }) => owner === entity && `custom.${key}` === field)
      : field !== 'id' && entities[entity].fields[field] !== undefined
  const details: ErrorDetail[] = fields.flatMap(({ entity, field }, index) =>
    isThere(entity, field)
      ? []
      : [{ field: `fields.${index}.field`, message: `${entities[entity].labelPlural} have no field "${field}" that can be kept back.` }],
  )
  if (details.length > 0) throw new AppError('VALIDATION', details[0]?.message ?? 'A field is not there.', { details })
}
