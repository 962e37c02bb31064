import { type EntityName, entities } from '#contracts/entities.ts'
import { contactField, customNamed } from './constraints.ts'
import type { Lexis } from './lexis.ts'

/** By what records are first or last: their usual time, that time from now on, or what was named. */
export type Rank = 'time' | 'coming' | 'size' | 'contact' | 'follow' | 'length'

/** Words before a noun that say which of its records, whether the first or the last, and by what. */
export const ranks: readonly [RegExp, boolean, Rank][] = [
  [/^(?:next|upcoming|soonest)$/i, true, 'coming'],
  [/^(?:first|1st|earliest|oldest)$/i, true, 'time'],
  [/^(?:last|latest|most recent|newest|previous)$/i, false, 'time'],
  [/^(?:biggest|largest|most valuable|highest[- ]value|most expensive)$/i, false, 'size'],
  [/^longest$/i, false, 'length'],
  [/^(?:shortest|briefest)$/i, true, 'length'],
  [/^(?:smallest|least valuable|lowest[- ]value|cheapest)$/i, true, 'size'],
]

/** The field that a rank goes by; undefined where such records have none. */
export function rankField(rank: Rank, entity: EntityName, lexis: Lexis): string | undefined {
  switch (rank) {
    case 'size':
      return entity === 'opportunities' ? 'value' : undefined
    // How long a meeting lasts is no field: it is reckoned from when it begins and ends.
    case 'length':
      return entity === 'events' ? 'starts_at' : undefined
    case 'contact':
      return contactField(entity, lexis)
    case 'follow':
      return customNamed('follow up', entity, lexis)
    default:
      return entities[entity].defaultTime
  }
}

/** It was said by what they are first or last. */
export function isNamedRank(rank: Rank): boolean {
  return rank === 'size' || rank === 'contact' || rank === 'follow'
}
