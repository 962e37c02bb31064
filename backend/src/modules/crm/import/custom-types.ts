import type { CustomFieldType } from '#contracts/entities.ts'
import type { ColumnProfile } from './cell-patterns.ts'

const maxChoices = 25
const maxChoiceLength = 60

/** The type of a new custom field, from all its values; text whenever in doubt. */
export function inferCustomType(profile: ColumnProfile): CustomFieldType {
  const { filled, distinct } = profile
  if (filled === 0) return 'text'
  if (profile.booleans === filled) return 'boolean'
  if ((profile.dates === filled || profile.slashDates + profile.dates === filled) && profile.times === 0) return 'date'
  if (profile.numbers === filled && [...distinct.keys()].every(isPlainNumber)) return 'number'
  if (profile.semicolons > 0 && isChoiceLike(partsOf(distinct), filled)) return 'multiChoice'
  if (isChoiceLike(distinct, filled)) return 'choice'
  return 'text'
}

/** Codes such as 007 and telephone numbers are written in digits but nobody adds them up. */
function isPlainNumber(text: string): boolean {
  return !/^0\d/.test(text) && !/^\+/.test(text) && text.replace(/\D/g, '').length <= 15
}

function partsOf(distinct: ReadonlyMap<string, number>): Map<string, number> {
  const parts = new Map<string, number>()
  for (const [value, times] of distinct) {
    for (const part of value.split(';')) if (part.trim() !== '') parts.set(part.trim(), (parts.get(part.trim()) ?? 0) + times)
  }
  return parts
}

function isChoiceLike(distinct: ReadonlyMap<string, number>, filled: number): boolean {
  if (distinct.size > maxChoices || distinct.size * 2 > Math.max(filled, 2)) return false
  return [...distinct.keys()].every((value) => value.length <= maxChoiceLength && !value.includes('\n') && !value.includes('@'))
}
