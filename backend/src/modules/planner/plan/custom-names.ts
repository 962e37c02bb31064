import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import type { Reading } from '#backend/modules/planner/language/reading.ts'
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

const labelWords = new WeakMap<CustomField, string[]>()
const labelStems = new WeakMap<CustomField, string>()
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

/** Other ways to say a custom field: "opted in to the newsletter", "prefer", and its choices beside a word of its label: "red wine". */
export function customReadings(tokens: readonly Token[], { customFields, values }: World, lexicon: Lexicon): Reading[] {
  if (customFields.length === 0) return []
  const words = tokens.map((token) => token.norm)
  const said = stemsSaid(words)
  const readings: Reading[] = []
  for (const field of customFields) {
    const label = kept(labelWords, field, () => wordsOf(field.label))
    const option = { entity: field.entity, path: `custom.${field.key}` }
    const [only] = words
    const named: Reading = { kind: 'field', concept: `custom.${field.key}`, options: [option] }
    if (words.length > 1 && said !== '' && said === kept(labelStems, field, () => stemsOf(label)) && (joins.has(field.type) || words.length === label.length))
      readings.push({ ...named, ...(isLapsed(field, words, label, lexicon) ? { lapsed: true } : {}) })
    if (words.length === 1 && only !== undefined) {
      if (field.type === 'boolean' && lexicon.vocabulary.denials.split('|').some((prefix) => only === `${prefix}${label.join(' ')}`))
        readings.push({ ...named, denied: true })
      if (isTimeOf(field, only, label, lexicon)) readings.push(named)
      // "Without certification" of "Certified".
      else if (
        field.type === 'boolean' &&
        only.length > 4 &&
        label.length === 1 &&
        only !== label[0] &&
        !lexicon.phrases.has(only) &&
        said !== '' &&
        said === kept(labelStems, field, () => stemsOf(label))
      )
        readings.push(named)
      // "Audited" of "Last audit", "did not book" of "Booked services".
      else if (
        field.type !== 'boolean' &&
        !saysNothing(only, lexicon) &&
        ((only.length > 3 && isWordOf(only, label, lexicon)) || isUnitOf(field, only, label, lexicon))
      )
        readings.push({ ...named, part: true, ...(isLapsed(field, words, label, lexicon) ? { lapsed: true } : {}) })
    }
    // "Red wine" where red is a choice of "Wine preference".
    if (words.length === 2) {
      for (const [one, other] of [words, [...words].reverse()] as [string, string][]) {
        const choice = values.get(one)?.find((value) => value.entity === option.entity && value.path === option.path)
        const noun = lexicon.phrases.get(other)?.some(({ reading }) => reading.kind === 'entity' && reading.plural) === true
        if (choice !== undefined && !noun && label.some((word) => word === other || `${word}s` === other)) readings.push({ kind: 'value', options: [choice] })
      }
    }
  }
  return readings
}

/** "Expired frameworks" of "Framework expiry": the word itself says that it lies behind. */
function isLapsed({ type }: CustomField, words: readonly string[], label: readonly string[], { vocabulary }: Lexicon): boolean {
  return type === 'date' && words.some((word) => vocabulary.lapsed.split('|').includes(word) && !label.includes(word))
}

/** "Date" of "Survey date", "number" of "Meter number": of every such label. */
function saysNothing(word: string, { vocabulary }: Lexicon): boolean {
  return [vocabulary.labelEndings.date, vocabulary.labelEndings.number].some((list) => list.split('|').includes(word))
}

/** "Renews" of "Renewal date", "that start in June" of "Start date": the rest of the label only says that it is a time. */
function isTimeOf({ type }: CustomField, word: string, label: readonly string[], { vocabulary }: Lexicon): boolean {
  if (type !== 'date') return false
  const endings = vocabulary.labelEndings.date.split('|')
  const rest = label.filter((other) => !endings.includes(other))
  return rest.length === 1 && word.length > 3 && stem(rest[0] as string) === stem(word)
}

/** A word that is none of the planner's own and, its ending aside, one of the label's. */
function isWordOf(word: string, label: readonly string[], lexicon: Lexicon): boolean {
  return !lexicon.phrases.has(word) && label.some((other) => other.length > 3 && stem(other) === stem(word))
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
