import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'
import { verbTime } from './states.ts'

/** Birthdays that are coming up. */
const soonDays = 30

/** "How long", "how fast". */
export function asksHowLong({ readings }: Lexeme): boolean {
  return readings.some(({ reading }) => reading.kind === 'ask' && reading.word === 'howLong')
}

/** "Square metres" behind a number: in what it is measured, when no field is called so. */
export function isUnit({ text, readings }: Lexeme, { lexemes, index, world: { language } }: Place): boolean {
  const isName = readings.some(({ reading }) => reading.kind === 'field' || (reading.kind === 'value' && reading.near === undefined))
  if (isName || !text.split(' ').every((word) => says(word, 'measured', language))) return false
  const behind = says(lexemes[index - 1]?.text ?? '', 'measured', language) ? lexemes[index - 2] : lexemes[index - 1]
  return can(behind, 'number')
}

/** What a warranty does on the day that its field holds. */
export function runsOut({ text }: Lexeme, { following, world: { language } }: Place): boolean {
  return says(text, 'runsOut', language) || (says(text, 'ranOut', language) && can(following, 'period'))
}

/** "Whose birthday is coming up?": no deals that are to come; of a birthday soon is meant, unless a period is said. */
export function comingBirthday({ readings }: Lexeme, { lexemes }: Place): Weighted[] | undefined {
  const upcoming = readings.some(({ reading }) => reading.kind === 'state' && reading.state === 'upcoming')
  const born = lexemes.some((other) => other.readings.some(({ reading }) => reading.kind === 'field' && reading.concept === 'date_of_birth'))
  if (!upcoming || !born) return undefined
  if (lexemes.some((other) => can(other, 'period'))) return [{ reading: { kind: 'filler' }, weight: 0 }]
  return [{ reading: { kind: 'period', period: { range: { next: soonDays, unit: 'day' }, unit: 'day' } }, weight: 0 }]
}

/** "Ordered for more than 40,000": spent as much. */
export function ordersForAmount({ readings }: Lexeme, { lexemes, index, following }: Place): boolean {
  const [bound, sum, behind] = lexemes.slice(index + 2)
  const buys = readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'buy')
  const isFor = following?.readings.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'for') === true
  return buys && isFor && can(bound, 'comparator') && can(sum, 'number') && !can(behind, 'entity', 'unit', 'record')
}

/** A day that the workspace keeps in a field of its own. */
export function isDateOfOwn(field: Extract<Reading, { kind: 'field' }>, world: World): boolean {
  return isOfOwn(field, world, 'date')
}

/** A number that the workspace keeps in a field of its own. */
export function isFigureOfOwn(field: Extract<Reading, { kind: 'field' }>, world: World): boolean {
  return isOfOwn(field, world, 'number')
}

function isOfOwn({ options }: Extract<Reading, { kind: 'field' }>, { customFields }: World, type: 'date' | 'number'): boolean {
  return options.some(({ entity, path }) => customFields.some((field) => field.entity === entity && path === `custom.${field.key}` && field.type === type))
}

/** Statuses of the records that are asked for, said by a word that is also a verb of nothing that they do. */
export function statusesOfNoun({ readings }: Lexeme, { lexemes }: Place): Weighted[] {
  const verb = readings.find(({ reading }) => reading.kind === 'verb')?.reading
  if (verb?.kind !== 'verb') return []
  const nouns = lexemes.flatMap((lexeme) => lexeme.readings.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading.entity] : [])))
  return readings.flatMap((one) => {
    if (one.reading.kind !== 'value') return []
    const options = one.reading.options.filter(
      ({ entity, path }) => path === 'status' && nouns.includes(entity) && nouns.every((noun) => verbTime(verb.verb, noun) === undefined),
    )
    return options.length === 0 ? [] : [{ ...one, reading: { ...one.reading, options } }]
  })
}

const placeWords = [
  ['ofState', 'state'],
  ['ofCity', 'city'],
  ['ofCountry', 'country'],
] as const

/** "In the state of New York", "New York state": which of the places that are called so is meant. */
export function placesNamed({ text, readings }: Lexeme, { lexemes, index, world }: Place): Weighted[] | undefined {
  const [only] = readings
  if (only?.reading.kind !== 'value' || readings.length > 1) return undefined
  const before = lexemes[index - 1]?.text ?? ''
  for (const [cue, field] of placeWords) {
    const { reading } = only
    const options = reading.options.filter(({ path }) => path === field)
    if (options.length === 0 || options.length === reading.options.length) continue
    if (says(before, cue, world.language) || says(text, cue, world.language)) return [{ ...only, reading: { ...reading, options } }]
  }
  return undefined
}
