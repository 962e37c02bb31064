import type { Lexeme, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'

/** "March" with nothing that says that it is a time. */
function isBareMonth({ text, start, end, readings }: Lexeme): boolean {
  return end === start + 1 && /^\p{Lu}/u.test(text) && readings.some(({ reading }) => reading.kind === 'period' && reading.period.unit === 'month')
}

const people = new Set(['contacts', 'leads', 'organisations'])

/** "Contacts called March", "named Lincoln": a name of theirs, whatever time, place or colleague is called so. */
export function calledSo(lexeme: Lexeme, { lexemes, index }: Place): Weighted[] | undefined {
  const text = { reading: { kind: 'text' as const, text: lexeme.text }, weight: 0.3 }
  let at = index - 1
  while (at > 1 && can(lexemes[at], 'conjunction')) at -= 2
  if (!can(lexemes[at], 'named')) return undefined
  if (isBareMonth(lexeme)) return [text]
  const holder = lexemes[at - 1]?.readings ?? []
  const ofPeople = holder.some(({ reading }) => reading.kind === 'entity' && people.has(reading.entity))
  // "Called Art or Joy": one of several is no one record.
  const joined = at !== index - 1 || (can(lexemes[index + 1], 'conjunction') && /^\p{Lu}/u.test(lexemes[index + 2]?.text ?? ''))
  const whole = lexeme.readings.some(({ reading }) => reading.kind === 'record' && reading.exact)
  if (ofPeople && joined && !whole && /^\p{Lu}/u.test(lexeme.text) && can(lexeme, 'record', 'user')) return [text]
  const records = lexeme.readings.filter(({ reading }) => reading.kind === 'record')
  const other = can(lexeme, 'user') || (ofPeople && can(lexeme, 'value'))
  if (!other) return undefined
  return records.length > 0 ? records : ofPeople && lexeme.readings.every(({ reading }) => anythingElse.has(reading.kind)) ? [text] : undefined
}

const names = new Set(['first_name', 'last_name'])

const anythingElse = new Set<ReadingKind>(['user', 'record', 'value', 'period', 'unit', 'timePart', 'bucket', 'unknown'])

/** Behind the name of a part of a name, or joined to another one that is. */
export function isPartOfName({ text, readings }: Lexeme, { lexemes, index, world }: Place): boolean {
  const keyword = readings.some(({ reading }) => reading.kind === 'field' || reading.kind === 'entity')
  const isName = /^\p{Lu}/u.test(text) ? keyword || isAnything(readings) : !keyword && isAnything(readings)
  if (!isName || isNameField(readings)) return false
  let at = index - 1
  while (at > 1 && can(lexemes[at], 'conjunction')) at -= 2
  if (at > 0 && says(lexemes[at]?.text ?? '', 'linking', world.language)) at--
  return isNameField(lexemes[at]?.readings ?? [])
}

function isAnything(readings: readonly Weighted[]): boolean {
  return readings.some(({ reading }) => anythingElse.has(reading.kind))
}

function isNameField(readings: readonly Weighted[]): boolean {
  return readings.some(({ reading }) => reading.kind === 'field' && names.has(reading.concept))
}
