import { alternatives } from '#backend/modules/planner/language/alternatives.ts'
import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import type { Reading, ValueOption } from '#backend/modules/planner/language/reading.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { fold } from '#contracts/fold.ts'

type CustomField = World['customFields'][number]

const particles = new Set(['to', 'the', 'for', 'our', 'a', 'an', 'into', 'of', 'their', 'in', 'on'])

export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

interface Said {
  /** The words of its label, and each of them without its ending. */
  label: readonly string[]
  stems: readonly string[]
  /** The stems as `stemsOf` writes them. */
  stemmed: string
  named: Extract<Reading, { kind: 'field' }>
}

const said = new WeakMap<CustomField, Said>()
const fieldNames = new WeakMap<Lexicon, WeakMap<CustomField, Set<string>>>()

/** Asked for at every word of every question, and the same for as long as the field is. */
function kept<K extends object, V>(values: WeakMap<K, V>, key: K, make: () => V): V {
  const known = values.get(key)
  if (known !== undefined) return known
  const made = make()
  values.set(key, made)
  return made
}

/** A word without its ending: "opted", "opting" and "opt" are one, "preferred", "prefers" and "preference" another. */
function stem(word: string): string {
  const cut = word.replace(/(?:ations?|itors?|ences?|ance|als?|ary|ing|ed|es|[eys])$/, '')
  const single = (/(?:tt|rr|pp|nn|gg)$/.test(cut) ? cut.slice(0, -1) : cut).replace(/(?<=..)(?:ic|i)$/, '')
  return single.length < 3 ? word : single
}

/** A custom field goes by its label, its key, its label without a closing preposition, and the last word of a choice's label where that is no keyword. */
export function customNames(field: CustomField, lexicon: Lexicon): Set<string> {
  const ofLexicon = kept(fieldNames, lexicon, () => new WeakMap<CustomField, Set<string>>())
  return kept(ofLexicon, field, () => namesOf(field, lexicon))
}

function namesOf(field: CustomField, lexicon: Lexicon): Set<string> {
  const label = fold(field.label)
  const names = new Set([label, field.key.replaceAll('_', ' '), wordsOf(label).join(' '), label.replace(/ (?:by|at|on|in|for|date)$/, '')])
  const tail = wordsOf(label).at(-1)
  if (field.type === 'choice' && tail !== undefined && tail.length > 2 && !lexicon.words.has(tail)) names.add(tail)
  const endings = field.type === 'date' || field.type === 'number' || field.type === 'choice' ? lexicon.vocabulary.labelEndings[field.type].split('|') : []
  for (const ending of endings) for (const name of [label, label.replace(/s$/, '')]) names.add(`${name} ${ending}`)
  return names
}

/** What is asked for at every word of every question, and the same for as long as the field is. */
function saidOf(field: CustomField): Said {
  let known = said.get(field)
  if (known === undefined) {
    const { entity, key } = field
    const label = wordsOf(field.label)
    const named = { kind: 'field' as const, concept: `custom.${key}`, options: [{ entity, path: `custom.${key}` }] }
    known = { label, stems: label.map(stem), stemmed: stemsOf(label), named }
    said.set(field, known)
  }
  return known
}

/** Other ways to say a custom field: "opted in to the newsletter", "prefer", and its choices beside a word of its label: "red wine". */
export function customReadings(tokens: readonly Token[], world: World, lexicon: Lexicon): Reading[] {
  if (world.customFields.length === 0) return []
  const words = tokens.map((token) => token.norm)
  const [first, second] = words
  if (first === undefined) return []
  return words.length === 1 ? wordReadings(first, world, lexicon) : phraseReadings(words, first, words.length === 2 ? second : undefined, world, lexicon)
}

function wordReadings(word: string, { customFields }: World, lexicon: Lexicon): Reading[] {
  const readings: Reading[] = []
  const alone = stemsSaid([word])
  const wordStem = stem(word)
  const isOwn = lexicon.phrases.has(word)
  const isEnding = saysNothing(word, lexicon)
  for (const field of customFields) {
    const { label, stems, stemmed, named } = saidOf(field)
    if (field.type === 'boolean' && isDenied(word, label, lexicon)) readings.push({ ...named, denied: true })
    if (isTimeOf(field, word, label, lexicon)) readings.push(named)
    // "Without certification" of "Certified".
    else if (field.type === 'boolean' && word.length > 4 && label.length === 1 && word !== label[0] && !isOwn && alone !== '' && alone === stemmed)
      readings.push(named)
    // "Audited" of "Last audit", "did not book" of "Booked services".
    else if (
      field.type !== 'boolean' &&
      !isEnding &&
      ((word.length > 3 && !isOwn && isStemOf(wordStem, label, stems)) || isUnitOf(field, word, label, lexicon))
    )
      readings.push({ ...named, part: true, ...(isLapsed(field, [word], label, lexicon) ? { lapsed: true } : {}) })
  }
  return readings
}

function phraseReadings(words: readonly string[], first: string, second: string | undefined, { customFields, values }: World, lexicon: Lexicon): Reading[] {
  const readings: Reading[] = []
  const phrase = stemsSaid(words)
  const choices = second === undefined ? [] : [...choicesBeside(first, second, values, lexicon), ...choicesBeside(second, first, values, lexicon)]
  if (phrase === '' && choices.length === 0) return readings
  for (const field of customFields) {
    const { label, stemmed, named } = saidOf(field)
    if (phrase !== '' && phrase === stemmed && (joins.has(field.type) || words.length === label.length))
      readings.push({ ...named, ...(isLapsed(field, words, label, lexicon) ? { lapsed: true } : {}) })
    // "Red wine" where red is a choice of "Wine preference".
    for (const { choice, beside } of choices)
      if (choice.entity === field.entity && choice.path === named.concept && label.some((word) => word === beside || `${word}s` === beside))
        readings.push({ kind: 'value', options: [choice] })
  }
  return readings
}

interface ChoiceBeside {
  choice: ValueOption
  beside: string
}

/** The choices of the workspace's own fields that a word names, the first of each field, unless the word beside them says what records are meant. */
function choicesBeside(word: string, beside: string, values: World['values'], lexicon: Lexicon): ChoiceBeside[] {
  const named = values.get(word)?.filter(({ path }) => path.startsWith('custom.')) ?? []
  if (named.length === 0 || lexicon.phrases.get(beside)?.some(({ reading }) => reading.kind === 'entity' && reading.plural) === true) return []
  const firstOf = new Map<string, ValueOption>()
  for (const choice of named) if (!firstOf.has(`${choice.entity} ${choice.path}`)) firstOf.set(`${choice.entity} ${choice.path}`, choice)
  return [...firstOf.values()].map((choice) => ({ choice, beside }))
}

/** "Uncertified" of "Certified". */
function isDenied(word: string, label: readonly string[], { vocabulary }: Lexicon): boolean {
  const whole = label.join(' ')
  return word.endsWith(whole) && alternatives(vocabulary.denials).has(word.slice(0, word.length - whole.length))
}

/** "Expired frameworks" of "Framework expiry": the word itself says that it lies behind. */
function isLapsed({ type }: CustomField, words: readonly string[], label: readonly string[], { vocabulary }: Lexicon): boolean {
  return type === 'date' && words.some((word) => alternatives(vocabulary.lapsed).has(word) && !label.includes(word))
}

/** "Date" of "Survey date", "number" of "Meter number": of every such label. */
function saysNothing(word: string, { vocabulary }: Lexicon): boolean {
  return [vocabulary.labelEndings.date, vocabulary.labelEndings.number].some((list) => alternatives(list).has(word))
}

/** "Renews" of "Renewal date", "that start in June" of "Start date": the rest of the label only says that it is a time. */
function isTimeOf({ type }: CustomField, word: string, label: readonly string[], { vocabulary }: Lexicon): boolean {
  if (type !== 'date' || word.length <= 3) return false
  const endings = alternatives(vocabulary.labelEndings.date)
  const rest = label.filter((other) => !endings.has(other))
  return rest.length === 1 && stem(rest[0] as string) === stem(word)
}

/** A word that is, its ending aside, one of the label's. */
function isStemOf(wordStem: string, label: readonly string[], stems: readonly string[]): boolean {
  return stems.some((other, index) => other === wordStem && (label[index] as string).length > 3)
}

/** "Sqm" of "Floor area sqm". */
function isUnitOf({ type }: CustomField, word: string, label: readonly string[], lexicon: Lexicon): boolean {
  return type === 'number' && label.length > 1 && label.at(-1) === word && !lexicon.words.has(word)
}

/** Fields said in a sentence ("opted in to the newsletter"); others by their label's words alone. */
const joins = new Set(['boolean', 'date'])

/** The words of a text without their endings, in one order; empty when it begins or ends with a word that only joins others. */
function stemsSaid(words: readonly string[]): string {
  const ends = words.at(-1)
  if (particles.has(words[0] as string) || (ends !== 'in' && particles.has(ends as string))) return ''
  return stemsOf(words)
}

function stemsOf(words: readonly string[]): string {
  return [...new Set(words.filter((word) => !particles.has(word)).map(stem))].sort().join(' ')
}
