import { entities } from '#contracts/entities.ts'
import { deliverCreate } from './deliver-create.ts'
import { deliverDelete, deliverLink, deliverRestore } from './deliver-others.ts'
import { deliverUpdate } from './deliver-update.ts'
import { isMirrored } from './outgoing.ts'
import type { Outcome, RowContext } from './row-context.ts'

/** Makes one change there; whatever was answered already is not asked again. */
export function deliverRow(context: RowContext): Promise<Outcome> {
  const { entity, operation } = context.row
  if (operation === 'link' || operation === 'unlink') return deliverLink(context)
  if (context.notInPlan.has(entity))
    return Promise.resolve({ kind: 'dropped', note: `${entities[entity].labelPlural} are not in your Insightly plan, so this one stays here.` })
  if (!isMirrored(entity)) return Promise.resolve({ kind: 'dropped', note: 'Insightly has no records of this kind, so it stays here.' })
  switch (operation) {
    case 'create':
      return deliverCreate(context, entity)
    case 'update':
      return deliverUpdate(context, entity)
    case 'delete':
      return deliverDelete(context, entity)
    case 'restore':
      return deliverRestore(context, entity)
  }
}
