import type { Lexeme, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { EntityName } from '#contracts/entities.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'

/** What a word can only be beside those that stand next to it; undefined when they tell nothing. */
export function toldBeside(lexeme: Lexeme, place: Place): Weighted[] | undefined {
  const { previous, following, lexemes, index, world } = place
  const filler: Weighted[] = [{ reading: { kind: 'filler' }, weight: 0 }]
  // "As of today": how things stand now is what is asked anyway.
  if (says(lexeme.text, 'asOfNow', world.language)) return filler
  if (saysNoRecord(lexeme, place)) return lexeme.readings.filter(({ reading }) => reading.kind !== 'record' && reading.kind !== 'filler')
  if (namesKindOfProduct(lexeme, place)) return filler
  // "When did we last speak?" of the one that was told of.
  const spoke = place.hasMemory && previous?.kind === 'top' && following === undefined && says(lexeme.text, 'weSpoke', world.language)
  if (spoke) return [{ reading: { kind: 'verb', verb: 'contact' }, weight: 0 }]
  // "And their cities": of those shown.
  if (place.hasMemory && says(lexeme.text, 'andTheir', world.language)) return [{ reading: { kind: 'anaphor', word: 'their' }, weight: 0 }]
  // "The contact of the largest one"
  if (previous?.kind === 'superlative' && following === undefined && says(lexeme.text, 'one', world.language)) return filler
  // "The owner of the biggest": a field of one that was shown.
  const ofRanked = place.hasMemory && can(following, 'preposition') && can(lexemes[index + 2], 'superlative', 'top') && lexemes.length <= index + 4
  if (ofRanked && can(lexeme, 'field') && can(lexeme, 'entity') && !can(lexemes[index + 3], 'entity'))
    return lexeme.readings.filter(({ reading }) => reading.kind === 'field')
  // "Pro Mitarbeiter": of ours, and not of how many a firm has.
  const staff = previous?.kind === 'group' && can(lexeme, 'field') && says(lexeme.text, 'ourStaff', world.language)
  if (staff) return [{ reading: { kind: 'entity', entity: 'users', plural: false }, weight: 0 }]
  if (isMentioned(lexeme, place)) return [{ reading: { kind: 'text', text: lexeme.text }, weight: 0.5 }]
  if (isStrangeToField(lexeme, place)) return [{ reading: { kind: 'unknown' }, weight: 0 }]
  // "Orders with their totals": what each has, and no sum of all.
  if (can(lexeme, 'aggregate') && can(lexeme, 'field') && previous?.kind === 'anaphor' && can(lexemes[index - 2], 'have'))
    return lexeme.readings.filter(({ reading }) => reading.kind === 'field')
  if (isAnotherTag(lexeme, place)) {
    const tags = lexeme.readings.flatMap((one) => {
      const options = one.reading.kind === 'value' ? one.reading.options.filter(({ path }) => path === 'tags') : []
      return one.reading.kind === 'value' && options.length > 0 ? [{ ...one, reading: { ...one.reading, options } }] : []
    })
    return tags.length > 0 ? tags : [{ reading: { kind: 'unknown' }, weight: 0 }]
  }
  // "When was the last time that we spoke": the last.
  if ((previous?.kind === 'top' || previous?.kind === 'superlative') && says(lexeme.text, 'oneTime', world.language)) return filler
  // "Ordered by at least 5": by whom it was ordered, and no order of what is shown.
  if (can(lexeme, 'sort') && can(following, 'comparator', 'comparison')) return [{ reading: { kind: 'verb', verb: 'buy' }, weight: 0 }]
  // "The average among won deals": what they are.
  const article = previous?.kind === 'filler' && can(lexemes[index - 2], 'preposition')
  const deed = can(lexeme, 'verb') && can(lexeme, 'state') && ((previous?.kind === 'preposition' && ['among', 'of'].includes(previous.word)) || article)
  return deed && can(following, 'entity') ? lexeme.readings.filter(({ reading }) => reading.kind === 'state') : undefined
}

/** "The best credit score": a figure that is not kept, and no firm that has "Credit" in its name. */
function saysNoRecord({ text, readings }: Lexeme, { previous, following, lexemes, index }: Place): boolean {
  const part = readings.some(({ reading }) => reading.kind === 'record' && !reading.exact) && readings.some(({ reading }) => reading.kind === 'text')
  const ranked = previous?.kind === 'superlative' || can(lexemes[index - 1], 'superlative')
  return part && ranked && !/^\p{Lu}/u.test(text) && can(following, 'field')
}

/** "SafeCopy Backup licences": the word behind a whole name says what it is, whatever other product has that word in its name. */
function namesKindOfProduct({ text, readings }: Lexeme, { previous, lexemes, index }: Place): boolean {
  const named = previous?.kind === 'record' && previous.exact && previous.options.every(({ entity }) => entity === 'products')
  const part = readings.some(({ reading }) => reading.kind === 'record' && !reading.exact && reading.options.some(({ entity }) => entity === 'products'))
  const told = lexemes.some((lexeme) => can(lexeme, 'verb', 'count', 'measure'))
  return named && part && told && lexemes[index - 1] !== undefined && !/^\p{Lu}/u.test(text)
}

const bareWords = new Set<ReadingKind>(['field', 'verb', 'aggregate', 'measure', 'state'])

/** "Notes that mention price": a word of theirs, whatever it is called elsewhere. */
function isMentioned({ readings }: Lexeme, { previous, following, lexemes, index }: Place): boolean {
  if (previous?.kind !== 'contains' || !readings.every(({ reading }) => bareWords.has(reading.kind))) return false
  const written = lexemes.slice(0, index).some((other) => other.readings.some(({ reading }) => reading.kind === 'entity' && letters.has(reading.entity)))
  return written && (following === undefined || can(following, 'period', 'preposition', 'conjunction'))
}

const letters = new Set<EntityName>(['notes', 'emails'])

/** "Products in category dormant": what stands behind a field that takes names is one of them, or nothing that is known. */
function isStrangeToField({ readings }: Lexeme, { previous, lexemes, index }: Place): boolean {
  if (previous?.kind !== 'field' || previous.part === true || !['category', 'brand', 'industry', 'city', 'country'].includes(previous.concept)) return false
  return can(lexemes[index - 2], 'preposition') && readings.every(({ reading }) => reading.kind === 'state')
}

/** "Tagged vip but not partner": the second is a tag as the first is. */
function isAnotherTag({ readings }: Lexeme, { previous, lexemes, index }: Place): boolean {
  if (previous?.kind !== 'negation' || !readings.some(({ reading }) => reading.kind === 'value')) return false
  const isTag = (lexeme: Lexeme | undefined) =>
    lexeme?.readings.some(({ reading }) => reading.kind === 'value' && reading.options.some(({ path }) => path === 'tags')) === true
  const before = lexemes.slice(0, index - 1).findLast((other) => !can(other, 'conjunction'))
  const tagged = lexemes.slice(0, index).some(({ readings }) => readings.some(({ reading }) => reading.kind === 'field' && reading.concept === 'tags'))
  return tagged && isTag(before)
}
