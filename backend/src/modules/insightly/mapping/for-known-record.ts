import type { RecordValues } from '#backend/modules/crm/index.ts'
import { standardCustomKeys } from './mapped-entities.ts'
import type { MirroredEntity } from './mapping.types.ts'

/** What nobody noted there may be known here. */
const keptWhenUntold: ReadonlySet<string> = new Set(['last_contacted_at'])
/** Insightly has no list of who comes, and takes whoever's key it was for the author: what a record has here is truer. */
const ofNewRecords: Partial<Record<MirroredEntity, readonly string[]>> = { events: ['attendees'], notes: ['author_id'] }

/**
 * Of `toRecord`'s values what a record that is here already takes: without its number, which another record may have here, and what Insightly
 * does not tell, and with null for custom fields that are empty there, so that they are emptied here.
 * @param customKeys keys here of Insightly's own custom fields
 */
export function forKnownRecord(entity: MirroredEntity, values: RecordValues, customKeys: Iterable<string>): RecordValues {
  const left = ofNewRecords[entity] ?? []
  const told: RecordValues = Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== undefined && !left.includes(key) && key !== 'external_id' && !(value === null && keptWhenUntold.has(key)),
    ),
  )
  if (values.custom === undefined) return told
  const empty = [...standardCustomKeys(entity), ...customKeys].map((key) => [key, null])
  told.custom = { ...Object.fromEntries(empty), ...values.custom }
  return told
}
