import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { entities, entityNames } from '#contracts/entities.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'

/**
 * "New retail leads" have a status that exists, unless a time says that their creation is meant; "leads that are still new" have it
 * whatever else is said.
 */
export function isStatus(place: Place): boolean {
  const isTime = (lexeme: Lexeme | undefined) => can(lexeme, 'period', 'unit', 'bucket', 'timePart')
  const isLeads = (lexeme: Lexeme) => lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'leads')
  if (lexemesAfter(place).some(isLeads)) return !place.lexemes.some(isTime)
  const { lexemes, index } = place
  return lexemes.slice(0, index).some(isLeads) && !lexemes.slice(index + 1).some((lexeme) => can(lexeme, 'entity')) && !isTime(place.following)
}

function lexemesAfter({ lexemes, index }: Place): readonly Lexeme[] {
  return lexemes.slice(index + 1, index + 4)
}

/** "By owner and stage": the second of two groups. */
export function secondGroup({ lexemes, index }: Place): boolean {
  return can(lexemes[index - 1], 'conjunction') && can(lexemes[index - 2], 'field', 'entity') && can(lexemes[index - 3], 'group')
}

export function isAboutLetters(reading: Reading): boolean {
  if (reading.kind === 'preposition') return ['from', 'to', 'about'].includes(reading.word)
  return reading.kind === 'verb' && ['send', 'receive', 'author', 'mention', 'relate'].includes(reading.verb)
}

export function isTag({ reading }: Weighted): boolean {
  return reading.kind === 'value' && reading.options.every(({ path }) => path === 'tags')
}

const saysIs = /^(?:is|are|was|were|equals?|=|being|set to|a|an|the)$/i

/** "Status new", "where the status is working": after the name of a field its own values are meant, whatever else they are called. */
export function valuesOfNamedField(lexeme: Lexeme, { lexemes, index }: Place): Weighted[] | undefined {
  let at = index - 1
  // "Preferred channel email or phone": the second of its values.
  while (at > 1 && can(lexemes[at], 'conjunction') && can(lexemes[at - 1], 'value')) at -= 2
  while (at > 0 && saysIs.test(lexemes[at]?.text ?? '')) at--
  if (can(lexemes[at - 1], 'group', 'sort')) return undefined
  const paths = lexemes[at]?.readings.flatMap(({ reading }) => (reading.kind === 'field' ? reading.options.map(({ path }) => path) : [])) ?? []
  const own = lexeme.readings.flatMap((one) => {
    if (one.reading.kind !== 'value') return []
    const options = one.reading.options.filter(({ path }) => paths.includes(path))
    return options.length === 0 ? [] : [{ ...one, reading: { ...one.reading, options } }]
  })
  return own.length === 0 ? undefined : own
}

/** "What does the kit cost": the verb ends the clause, and something is done. */
export function asksCost({ text, readings }: Lexeme, { lexemes, index, previous, following, world }: Place): boolean {
  const isVerb = readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'cost')
  const does = lexemes.slice(0, index).some((other) => says(other.text, 'does', world.language))
  const ours = says(lexemes[index + 1]?.text ?? '', 'us', world.language)
  // "How much costs the kit".
  const asked = previous?.kind === 'ask' && previous.word === 'howMuch'
  return isVerb && !ours && says(text, 'cost', world.language) && (does || asked) && !can(following, 'comparator', 'comparison', 'number', 'preposition')
}

/** Before it, nothing was recorded. */
const firstYear = 2010

export function pastAmount(lexeme: Lexeme | undefined, language: Language): number | undefined {
  if (lexeme === undefined || !can(lexeme, 'period') || !says(lexeme.text, 'overAll', language)) return undefined
  const said = /(?<=\s)[12]\d{3}$/.exec(lexeme.text)?.[0]
  return said !== undefined && Number(said) < firstYear ? Number(said) : undefined
}

export const phones = entityNames.filter((entity) => entities[entity].fields.phone !== undefined).map((entity) => ({ entity, path: 'phone' }))

/** One letter at the end of what a name begins or ends with, or before another one. */
export function isLetter({ text }: Lexeme, { lexemes, index, following, world }: Place): boolean {
  if (!/^\p{L}$/u.test(text) || (following !== undefined && !can(following, 'conjunction'))) return false
  const said = lexemes
    .slice(0, index)
    .findLast((other) => !/^\p{L}$/u.test(other.text) && !other.readings.every(({ reading }) => reading.kind === 'filler' || reading.kind === 'conjunction'))
  return said !== undefined && can(said, 'contains') && (says(said.text, 'startsWith', world.language) || says(said.text, 'endsWith', world.language))
}

/** "A number for Sarah", "Acme's number": of somebody, a number is the telephone's. */
export function isPhoneNumber({ text, readings }: Lexeme, { previous, following, lexemes, index, world }: Place): boolean {
  if (!says(text, 'phoneWord', world.language) || !readings.every(({ reading }) => reading.kind === 'text' || reading.kind === 'unknown')) return false
  // "Frank Cook number".
  const behindName = previous?.kind === 'record' && previous.exact && previous.options.every(({ entity }) => entity === 'contacts') && following === undefined
  return behindName || previous?.kind === 'possessive' || (can(following, 'preposition') && can(lexemes[index + 2], 'record', 'user'))
}

/** The total that an order or a quote has, where it is compared. */
export function totalOf({ readings }: Lexeme, { following, lexemes, index }: Place): Weighted[] {
  const noun = lexemes.slice(0, index).findLast((other) => can(other, 'entity'))
  const hasOne = noun?.readings.some(({ reading }) => reading.kind === 'entity' && (reading.entity === 'orders' || reading.entity === 'quotes')) === true
  const holds = lexemes.slice(0, index).findLast((other) => other.readings[0]?.reading.kind !== 'filler')
  if (!hasOne || !can(holds, 'have')) return []
  // "A total value under 500".
  if (can(following, 'field') && can(lexemes[index + 2], 'comparator', 'comparison')) return [{ reading: { kind: 'filler' }, weight: 0 }]
  if (!can(following, 'comparator', 'comparison')) return []
  return readings.filter(({ reading }) => reading.kind === 'field' && reading.concept === 'total')
}

export function isOwnValue(reading: Reading): boolean {
  return reading.kind === 'value' && reading.options.every(({ path }) => path.startsWith('custom.'))
}
