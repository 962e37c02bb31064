import { Decimal } from 'decimal.js'
import type { InsightlyRow } from '../client/records.ts'
import { mappedFields } from './mapped-entities.ts'
import type { MappedField } from './mapped-field.ts'
import type { MirroredEntity } from './mapping.types.ts'
import { readAmount, readFlag, readInstant, readText } from './remote-values.ts'

/**
 * Whether a row there holds what was sent to make it, so that it is known again after a call without an answer. Compared is what the body
 * said in texts, numbers and dates: not what Insightly fills in or spells its own way.
 */
export function isSameAsSent(entity: MirroredEntity, sent: Readonly<Record<string, unknown>>, row: InsightlyRow): boolean {
  let compared = 0
  for (const field of mappedFields[entity]) {
    // A bid's amount has no column of its own.
    const name = field.writes ?? (field.key === 'value' ? 'BID_AMOUNT' : undefined)
    if (name === undefined || sent[name] === undefined || sent[name] === null) continue
    const same = isSameValue(field, sent[name], row[name])
    if (same === false) return false
    if (same === true) compared += 1
  }
  return compared > 0
}

/** Undefined for what is not compared. */
function isSameValue({ kind }: MappedField, sent: unknown, there: unknown): boolean | undefined {
  switch (kind.type) {
    case 'text':
      return plain(sent) === plain(there)
    case 'amount':
    case 'decimal':
    case 'number': {
      const [a, b] = [readAmount(sent), readAmount(there)]
      return a !== null && b !== null && new Decimal(a).equals(b)
    }
    case 'day':
    case 'instant':
      return readInstant(sent) === readInstant(there)
    case 'flag':
      return readFlag(sent) === (readFlag(there) ?? false)
    default:
      return undefined
  }
}

/** The words of a text: Insightly may wrap a note's in tags. */
function plain(text: unknown): string {
  return (readText(text) ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
