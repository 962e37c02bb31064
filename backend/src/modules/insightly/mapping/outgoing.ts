import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { isMirrored } from './mapped-entities.ts'
import { type MirroredEntity, type OutgoingLookup, type OutgoingWrite, readOnlyEntities } from './mapping.types.ts'

/** A change on its way into Insightly's words. */
export interface Outgoing {
  entity: MirroredEntity
  /** Columns of ours that were changed, or all of a new record. */
  values: Readonly<Record<string, unknown>>
  isNew: boolean
  /** The record as it is there, where somebody has looked. */
  row: InsightlyRow | undefined
  lookup: OutgoingLookup
  write: OutgoingWrite
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** What Insightly would refuse, with the way out. */
export function unfit(key: string, message: string): AppError {
  return new AppError('VALIDATION', message, { details: [{ field: key, message }] })
}

/**
 * A value that has no match there. A new record goes without it; a change that cannot be made there is not passed over in silence, since
 * Insightly's value would come back in its place.
 */
export function withoutMatch({ isNew, write }: Outgoing, key: string, sentence: string): void {
  if (!isNew) throw unfit(key, sentence)
  if (!write.keptHere.includes(key)) write.keptHere.push(key)
}

/** Insightly's number of a record that this one refers to; undefined when it is not there, which is noted. */
export function numberOf(outgoing: Outgoing, key: string, target: EntityName, recordId: string): number | undefined {
  const { lookup, write, entity } = outgoing
  const id = lookup.insightlyId(target, recordId)
  if (id !== undefined) return id
  if (isMirrored(target) && !readOnlyEntities.includes(target)) {
    if (!write.waitsFor.some((one) => one.entity === target && one.recordId === recordId)) write.waitsFor.push({ entity: target, recordId })
  } else {
    const what = entities[target].singular
    withoutMatch(
      outgoing,
      key,
      target === 'users'
        ? `This person is no user of Insightly, so the ${entities[entity].singular} cannot be theirs there. Choose somebody who is, or add them there.`
        : `Insightly does not have this ${what}. Choose one that it has, or add it there and let the mirror run.`,
    )
  }
  return undefined
}
