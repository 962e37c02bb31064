import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { TimeUnit } from '#contracts/query.ts'
import type { AskWord, ComparatorWord, ConceptName, FieldOption, MeasureName, Reading, ReadingOf, ShapeName } from './reading.ts'

export interface LexiconEntry {
  reading: Reading
  weight: number
}

/** A vocabulary compiled for look-up: phrases of folded words joined by a space. */
export interface Lexicon {
  vocabulary: Vocabulary
  phrases: ReadonlyMap<string, readonly LexiconEntry[]>
  /** Longest phrase, in words. */
  maxWords: number
  /** Every word that occurs in a phrase, for the correction of spelling. */
  words: ReadonlySet<string>
  /** Words worth correcting to, by length. */
  wordsByLength: ReadonlyMap<number, readonly string[]>
  numberWords: ReadonlyMap<string, number>
}

/** Words that stand for several fields at once. */
const compound: Readonly<Record<string, readonly string[]>> = { place: ['city', 'state', 'country'], state_of_deal: ['state'] }

export function fieldOptions(field: string): FieldOption[] {
  const names = compound[field] ?? [field]
  const options: FieldOption[] = []
  for (const entity of entityNames) {
    if (field === 'state_of_deal' && entity !== 'opportunities') continue
    for (const name of names)
      if (entities[entity].fields[name] !== undefined && !(field === 'state' && entity === 'opportunities')) options.push({ entity, path: name })
  }
  for (const option of kindred[field] ?? []) if (!options.some((one) => one.entity === option.entity)) options.push(option)
  return options
}

/** What a word for a figure means of entities that call theirs otherwise. */
const kindred: Readonly<Record<string, readonly FieldOption[]>> = {
  size: [
    { entity: 'opportunities', path: 'value' },
    { entity: 'orders', path: 'total' },
    { entity: 'quotes', path: 'total' },
  ],
  value: [
    { entity: 'orders', path: 'total' },
    { entity: 'order_lines', path: 'amount' },
    { entity: 'quotes', path: 'total' },
    { entity: 'quote_lines', path: 'total' },
    { entity: 'products', path: 'price' },
  ],
  amount: [
    { entity: 'opportunities', path: 'value' },
    { entity: 'orders', path: 'total' },
    { entity: 'quotes', path: 'total' },
    { entity: 'quote_lines', path: 'total' },
  ],
  price: [{ entity: 'order_lines', path: 'unit_price' }],
  source: [],
}

export function compileLexicon(vocabulary: Vocabulary): Lexicon {
  const phrases = new Map<string, LexiconEntry[]>()
  const add = (phrase: string, reading: Reading, weight: number) => {
    const key = fold(phrase).replace(/[-_]/g, ' ').trim()
    if (key === '') return
    const entries = phrases.get(key)
    if (entries === undefined) phrases.set(key, [{ reading, weight }])
    else if (!entries.some((entry) => same(entry.reading, reading))) entries.push({ reading, weight })
  }
  const addAll = (list: string, reading: Reading, weight: number) => {
    for (const phrase of list.split('|')) add(phrase, reading, weight)
  }
  const plural = (noun: string) => vocabulary.irregularPlurals[noun] ?? vocabulary.plural(noun)
  const addNoun = (list: string, reading: (isPlural: boolean) => Reading, weight: number) => {
    for (const noun of list.split('|')) {
      add(noun, reading(false), weight)
      add(plural(noun), reading(true), weight)
    }
  }

  for (const [name, list] of Object.entries(vocabulary.entities)) {
    const entity = name as EntityName
    addNoun(list, (isPlural) => ({ kind: 'entity', entity, plural: isPlural }), 0)
    addNoun(entities[entity].label.toLowerCase(), (isPlural) => ({ kind: 'entity', entity, plural: isPlural }), 0)
  }
  addNoun(vocabulary.customers, (isPlural) => ({ kind: 'entity', entity: 'contacts', plural: isPlural, customer: true }), 0)

  // A field that bears an entity's name ("contact", "organisation") is seldom meant by it.
  const nouns = new Set([...Object.values(vocabulary.entities), vocabulary.customers].flatMap((list) => list.split('|')))
  const fieldNames = new Set(entityNames.flatMap((entity) => Object.keys(entities[entity].fields)))
  for (const field of [...fieldNames, ...Object.keys(compound)]) {
    if (field === 'to' || field === 'from' || field === 'id' || field === 'related_id' || field === 'related_type') continue
    const whole: ReadingOf<'field'> = { kind: 'field', concept: field, options: fieldOptions(field) }
    const names = new Set((vocabulary.fields[field] ?? '').split('|'))
    if (compound[field] === undefined) {
      names.add(field.replace(/_/g, ' '))
      for (const { entity, path } of whole.options) names.add(fold(entities[entity].fields[path]?.label ?? ''))
    }
    for (const name of names) {
      if (name === '') continue
      const isNoun = nouns.has(name)
      const generic = vocabulary.genericFigures.split('|').includes(name)
      const reading: ReadingOf<'field'> =
        field === 'title' && name !== field && name !== 'name'
          ? titleOfPerson(whole)
          : generic || kindred[field] === undefined
            ? whole
            : { ...whole, options: whole.options.filter((option) => option.path === field) }
      add(name, reading, isNoun ? -0.35 : -0.05)
      // "Lead status" is that of leads, "lead source" first of all.
      const owner = name.includes(' ') ? ownerOf(name, vocabulary) : undefined
      const own = owner === undefined ? [] : reading.options.filter(({ entity }) => entity === owner)
      if (own.length > 0 && own.length < reading.options.length) add(name, { ...reading, options: own }, 0)
      if (!isNoun && !/(?:s|at|on|by|is|it|in|ed)$/.test(name)) add(plural(name), { ...reading, plural: true }, -0.05)
      else if (field === 'email') add(plural(name), reading, -0.1)
    }
  }

  for (const [measure, list] of Object.entries(vocabulary.measures)) addAll(list, { kind: 'measure', measure: measure as MeasureName }, 0.1)
  for (const [state, list] of Object.entries(vocabulary.states)) addAll(list, { kind: 'state', state }, 0)
  for (const [verb, list] of Object.entries(vocabulary.verbs)) addAll(list, { kind: 'verb', verb }, -0.12)
  const postfix = new Set(vocabulary.postfixComparators.split('|'))
  for (const [op, list] of Object.entries(vocabulary.comparators))
    for (const phrase of list.split('|'))
      add(phrase, { kind: 'comparator', op: op as ComparatorWord, ...(postfix.has(phrase) ? { postfix: true as const } : {}) }, 0)
  for (const [movement, list] of Object.entries(vocabulary.movements)) addAll(list, { kind: 'movement', movement: movement as 'change' }, 0)
  for (const [phrase, place] of Object.entries(vocabulary.ranks)) add(phrase, { kind: 'rank', place }, 0)
  for (const [fn, list] of Object.entries(vocabulary.aggregates)) addAll(list, { kind: 'aggregate', fn: fn as 'sum' }, 0)
  for (const [key, list] of Object.entries(vocabulary.superlatives)) {
    const [by, direction] = key.split(' ') as [ReadingOf<'superlative'>['by'], 'asc' | 'desc']
    addAll(list, { kind: 'superlative', by, direction }, 0)
  }
  for (const [unit, list] of Object.entries(vocabulary.buckets)) addAll(list, { kind: 'bucket', unit: unit as TimeUnit }, 0)
  for (const [part, list] of Object.entries(vocabulary.time.parts)) addAll(list, { kind: 'timePart', part: part as 'weekday' }, 0)
  for (const [word, list] of Object.entries(vocabulary.asks)) addAll(list, { kind: 'ask', word: word as AskWord }, 0)
  for (const [shape, list] of Object.entries(vocabulary.shapes)) addAll(list, { kind: 'shape', shape: shape as ShapeName }, 0)
  for (const [kind, list] of Object.entries(vocabulary.words)) {
    const reading = (kind === 'top' ? { kind, direction: 'desc' } : { kind }) as Reading
    if (kind === 'have') addAll(vocabulary.singularHave, { kind: 'have', one: true }, 0.01)
    if (kind === 'top') for (const word of vocabulary.placesInTime.first.split('|')) add(word, { kind: 'top', direction: 'desc', time: 'first' }, 0)
    addAll(kind === 'top' ? without(list, vocabulary.placesInTime.first) : list, reading, kind === 'filler' ? -0.2 : 0)
  }
  for (const word of vocabulary.bottom.split('|')) {
    const last = vocabulary.placesInTime.last.split('|').includes(word)
    add(word, { kind: 'top', direction: 'asc', ...(last ? { time: 'last' as const } : {}) }, 0)
  }
  addAll(vocabulary.ascending, { kind: 'direction', direction: 'asc' }, 0)
  addAll(vocabulary.descending, { kind: 'direction', direction: 'desc' }, 0)
  for (const [word, list] of Object.entries(vocabulary.prepositions)) addAll(list, { kind: 'preposition', word }, 0)
  addAll(vocabulary.and, { kind: 'conjunction', word: 'and' }, 0)
  addAll(vocabulary.or, { kind: 'conjunction', word: 'or' }, 0)
  for (const word of vocabulary.anaphors.split('|')) add(word, { kind: 'anaphor', word }, 0)
  for (const [word, list] of Object.entries(vocabulary.followUps)) addAll(list, { kind: 'followUp', word: word as 'and' }, -0.1)
  for (const [concept, list] of Object.entries(vocabulary.concepts))
    addAll(list, { kind: 'concept', concept: concept as ConceptName }, concept === 'whether' ? -0.25 : 0.05)
  for (const [topic, list] of Object.entries(vocabulary.beyond)) addAll(list, { kind: 'beyond', topic }, 0)
  for (const [word, code] of Object.entries(vocabulary.currencies)) {
    add(word, { kind: 'currency', code }, 0)
    add(`in ${word}`, { kind: 'currency', code }, 0)
  }
  for (const [phrase, reading] of vocabulary.extra) add(phrase, reading, 0)

  const words = new Set<string>()
  const content = new Set<string>()
  let maxWords = 1
  for (const [phrase, entries] of phrases) {
    const parts = phrase.split(' ')
    maxWords = Math.max(maxWords, parts.length)
    for (const part of parts) words.add(part)
    if (entries.some((entry) => entry.reading.kind !== 'filler' && entry.reading.kind !== 'beyond')) for (const part of parts) content.add(part)
  }
  for (const list of [...vocabulary.months, ...vocabulary.weekdays]) for (const word of list.split('|')) content.add(word)
  for (const word of timeContent(vocabulary)) content.add(word)
  for (const word of content) words.add(word)
  for (const word of timeKeywords(vocabulary)) words.add(word)
  for (const word of vocabulary.lapsed.split('|')) words.add(word)
  const wordsByLength = new Map<number, string[]>()
  for (const word of content) {
    const list = wordsByLength.get(word.length)
    if (list === undefined) wordsByLength.set(word.length, [word])
    else list.push(word)
  }
  return { vocabulary, phrases, maxWords, words, wordsByLength, numberWords: new Map(Object.entries(vocabulary.numberWords)) }
}

/** A "job title" is no title of a task. */
function titleOfPerson(whole: ReadingOf<'field'>): ReadingOf<'field'> {
  const options = whole.options.filter(({ entity }) => entity === 'contacts' || entity === 'leads')
  return { ...whole, options }
}

/** The entity whose noun a field's name begins with. */
function ownerOf(name: string, vocabulary: Vocabulary): EntityName | undefined {
  const [first] = name.split(' ')
  return entityNames.find((entity) => vocabulary.entities[entity]?.split('|').includes(first ?? ''))
}

/** Words of time worth correcting a mistyped word to. */
function timeContent({ units, time, holidays }: Vocabulary): string[] {
  const { yesterday, today, tomorrow, previous, since, before, after, until, weekend } = time.words
  const phrases = [yesterday, today, tomorrow, previous, since, before, after, until, weekend].flatMap((list) => list.split('|'))
  return [...Object.keys(units), ...phrases, ...Object.keys(holidays), ...Object.keys(time.movableHolidays)].flatMap((phrase) => phrase.split(' '))
}

/** Words of time, which are spelt as they are. */
function timeKeywords({ manyUnits, amounts, time, percentile }: Vocabulary): string[] {
  const phrases = [
    ...Object.values(time.words).flatMap((list) => list.split('|')),
    ...Object.keys(time.recurring),
    ...Object.values(amounts).flatMap((list) => list.split('|')),
  ]
  return [
    ...phrases.flatMap((phrase) => phrase.split(' ')),
    ...Object.keys(manyUnits),
    ...Object.keys(time.seasons),
    ...Object.keys(time.ordinals),
    ...percentile.split('|'),
  ]
}

function without(list: string, words: string): string {
  const left = words.split('|')
  return list
    .split('|')
    .filter((word) => !left.includes(word))
    .join('|')
}

function same(a: Reading, b: Reading): boolean {
  if (a.kind !== b.kind) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
