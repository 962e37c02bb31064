import type { Lexeme, Reading, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'

type Weighted = { reading: Reading; weight: number }

/** Kinds that carry meaning of their own; between them only the whole sentence decides. */
const contentKinds = new Set<ReadingKind>(['entity', 'field', 'value', 'record', 'user', 'state', 'measure', 'verb', 'text', 'superlative', 'aggregate'])

/** Settles by their neighbours the small words that mean many things, so that few readings remain to be compared. */
export function narrowReadings(lexemes: readonly Lexeme[], world: World, hasMemory: boolean): Lexeme[] {
  const result: Lexeme[] = []
  lexemes.forEach((lexeme, index) => {
    const previous = result.at(-1)?.readings[0]?.reading
    const following = lexemes[index + 1]
    const readings = quotedByField(lexemes, index)
      ? [{ reading: { kind: 'text' as const, text: lexeme.text }, weight: 0.5 }]
      : narrow(lexeme, { previous, following, index, count: lexemes.length, hasMemory, world, lexemes })
    result.push({ ...lexeme, readings })
  })
  return result
}

/** "with invoice in the subject": whatever "invoice" is elsewhere, here it is a word. */
function quotedByField(lexemes: readonly Lexeme[], index: number): boolean {
  const [first, second, third] = lexemes.slice(index + 1, index + 4)
  if (first?.text.toLowerCase() !== 'in' && first?.text.toLowerCase() !== 'in the') return false
  const field = /^the(?:ir)?$/i.test(second?.text ?? '') ? third : second
  return (
    field?.readings.some(({ reading }) => reading.kind === 'field' && ['subject', 'body', 'title', 'name', 'description'].includes(reading.concept)) ?? false
  )
}

interface Place {
  previous: Reading | undefined
  following: Lexeme | undefined
  index: number
  count: number
  hasMemory: boolean
  world: World
  lexemes: readonly Lexeme[]
}

function lexemesAfter({ lexemes, index }: Place): readonly Lexeme[] {
  return lexemes.slice(index + 1, index + 4)
}

/** "By owner and stage": the second of two groups. */
function secondGroup({ lexemes, index }: Place): boolean {
  return can(lexemes[index - 1], 'conjunction') && can(lexemes[index - 2], 'field', 'entity') && can(lexemes[index - 3], 'group')
}

function can(lexeme: Lexeme | undefined, ...kinds: ReadingKind[]): boolean {
  return lexeme?.readings.some(({ reading }) => kinds.includes(reading.kind)) ?? false
}

function narrow(lexeme: Lexeme, place: Place): Weighted[] {
  const kinds = new Set(lexeme.readings.map(({ reading }) => reading.kind))
  const only = (...wanted: ReadingKind[]) => lexeme.readings.filter(({ reading }) => wanted.includes(reading.kind))
  const { previous, following, hasMemory, index } = place
  if (lexeme.readings.length === 1) return [...lexeme.readings]
  if (
    kinds.has('followUp') &&
    !(
      hasMemory &&
      (index === 0 ||
        index === place.count - 1 ||
        place.lexemes[index - 1]?.readings.some(({ reading }) => reading.kind === 'followUp' || reading.kind === 'conjunction'))
    )
  ) {
    const rest = lexeme.readings.filter(({ reading }) => reading.kind !== 'followUp')
    if (rest.length > 0) return narrow({ ...lexeme, readings: rest }, place)
  } else if (kinds.has('followUp') && index === 0 && !kinds.has('negation')) return only('followUp')
  if (previous?.kind === 'number' && can(following, 'number') && kinds.has('preposition')) return only('preposition')
  if (kinds.has('anaphor') && kinds.has('filler'))
    return hasMemory && !/^(?:its?|this|that)$/i.test(lexeme.text) ? only('anaphor') : only(hasMemory ? 'anaphor' : 'filler')
  if (kinds.has('shape') && kinds.size > 1 && /^(?:draw|table|pie)$/i.test(lexeme.text)) return only('shape')
  if (kinds.has('comparator') && kinds.has('conjunction') && !can(following, 'number')) return only('conjunction')
  if (kinds.has('comparator') && (can(following, 'number') || previous?.kind === 'number')) return only('comparator')
  if (kinds.has('comparator') && kinds.size > 1 && !can(following, 'number'))
    return narrow({ ...lexeme, readings: lexeme.readings.filter(({ reading }) => reading.kind !== 'comparator') }, place)
  if (kinds.has('group') && kinds.has('preposition'))
    return can(following, 'user', 'record', 'me') && !can(following, 'entity', 'field') ? only('preposition') : only('group')
  if (kinds.has('group') && kinds.has('filler')) return can(following, 'entity', 'field') ? only('group') : only('filler')
  if (kinds.has('have') && kinds.has('filler')) return can(following, 'verb', 'negation', 'state') && !can(following, 'entity') ? only('filler') : only('have')
  if (kinds.has('have') && can(following, 'negation')) return [{ reading: { kind: 'filler' }, weight: 0 }]
  if (kinds.has('negation') && kinds.has('filler')) return only('negation')
  // "By owner": after by, per and each a field is a field, whatever values are called.
  if ((kinds.has('field') || kinds.has('entity')) && (previous?.kind === 'group' || previous?.kind === 'sort' || secondGroup(place))) {
    const fields = only('field', 'entity', 'count', 'measure', 'aggregate')
    if (fields.length > 0) return fields.sort((a, b) => b.weight - a.weight)
  }
  // "New retail leads": a status that exists, unless a time says that their creation is meant.
  if (/^new$/i.test(lexeme.text) && kinds.has('value') && !place.lexemes.some((other) => can(other, 'period'))) {
    const statuses = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'status'))
    const leads = lexemesAfter(place).some((other) => other.readings.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'leads'))
    if (statuses.length > 0 && leads) return statuses
  }
  // A job title that exists is meant before another word for customers.
  if (kinds.has('entity') && kinds.has('value') && !/^(?:customer|client)s?$/i.test(lexeme.text)) {
    const titles = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'title'))
    const customers = lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.customer === true)
    if (customers && titles.length > 0) return titles
  }
  if (kinds.has('count') && kinds.has('aggregate')) return only(/distinct|different|unique/i.test(lexeme.text) ? 'aggregate' : 'count')
  if (kinds.has('superlative') && kinds.has('comparator')) return only('superlative')
  if (kinds.has('top') && kinds.has('followUp')) return only('top')
  if (kinds.has('entity') && kinds.has('verb'))
    return lexeme.readings
      .map((one) =>
        one.reading.kind === 'verb' ? { ...one, weight: one.weight - (previous?.kind === 'negation' || previous?.kind === 'ask' ? 0.1 : 0.4) } : one,
      )
      .sort((a, b) => b.weight - a.weight)
  if (previous?.kind === 'field' && previous.concept === 'tags') {
    const tags = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'tags'))
    if (tags.length > 0) return tags
  }
  const content = lexeme.readings.filter(({ reading }) => contentKinds.has(reading.kind))
  if (content.length > 0 && kinds.has('filler')) {
    // A filler that is also a keyword is a keyword, but it may still turn out to say nothing.
    return [...content, ...only('filler').map((filler) => ({ ...filler, weight: filler.weight - 0.6 }))].sort((a, b) => b.weight - a.weight)
  }
  return [...lexeme.readings].sort((a, b) => b.weight - a.weight)
}
