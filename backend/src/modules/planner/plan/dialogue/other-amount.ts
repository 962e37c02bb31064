import { readNumber } from '#backend/modules/planner/language/numbers.ts'
import { tokenise } from '#backend/modules/planner/language/tokenise.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from '../frame.ts'
import { beginning, phrasesOf, type Said } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({
  amends: phrasesOf(`${dialogue.amends}|${dialogue.correct}`),
  instead: phrasesOf(dialogue.instead),
}))

/** So many times more or less, an amount is of another kind than the one before. */
const sameScale = 100
const mostShown = 200

interface Amount {
  value: number
  currency?: string
  /** Said with a unit of time: only a length of time is meant. */
  unit?: string
}

type Replacement = (frame: Frame) => void

/** "Make that 30k", "or rather 10": the answer before with its one amount replaced; undefined when none or several could be meant. */
export function otherAmount(said: Said, before: Frame): Frame | undefined {
  const amount = amountSaid(said)
  if (amount === undefined) return undefined
  const replacements = [...bounds(before, amount), ...lengths(before, amount), ...limits(before, amount)]
  const [only] = replacements
  if (replacements.length !== 1 || only === undefined) return undefined
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  only(frame)
  return frame
}

/** The amount that a message consists of, behind words that mend what was said before. */
function amountSaid({ text, words, language }: Said): Amount | undefined {
  const { amends, instead } = compiled(language)
  const vocabulary = vocabularyOf(language)
  let from = 0
  for (let length = beginning(words, amends); length > 0; length = beginning(words, amends, from)) from += length
  const last = words.at(-1)
  const ends = last !== undefined && instead.whole.has(last.norm)
  if (from === 0 && !ends) return undefined
  // A sign of a currency is no word, but belongs to the amount.
  const [first, end] = [words[from], ends ? words.at(-2) : last]
  if (first === undefined || end === undefined || end.to <= first.from) return undefined
  const start = /[$€£¥]/.test(text.charAt(first.from - 1)) ? first.from - 1 : first.from
  const tokens = tokenise(text.slice(start, end.to), vocabulary)
  const number = readNumber(tokens, 0, vocabulary)
  if (number === undefined || number.percent || number.ordinal) return undefined
  const unit = vocabulary.units[tokens[number.end]?.norm ?? '']
  if (tokens.length > number.end + (unit === undefined ? 0 : 1)) return undefined
  return { value: number.value, ...(number.currency === undefined ? {} : { currency: number.currency }), ...(unit === undefined ? {} : { unit }) }
}

/** Amounts that records are compared with, and numbers of other records that they have. */
function bounds({ constraints }: Frame, { value, currency, unit }: Amount): Replacement[] {
  if (unit !== undefined) return []
  return constraints.flatMap(({ filter }, at) => {
    const parts = 'and' in filter ? filter.and : [filter]
    const tested = parts.filter((part) => boundOf(part) !== undefined)
    const [bound] = tested
    const had = bound === undefined ? undefined : boundOf(bound)
    if (tested.length !== 1 || had === undefined || value > had * sameScale || value * sameScale < had) return []
    if (currency !== undefined && !JSON.stringify(filter).includes(`"${currency}"`)) return []
    return [
      (frame: Frame) => {
        const constraint = frame.constraints[at]
        if (constraint !== undefined) constraint.filter = withBound(constraint.filter, value)
      },
    ]
  })
}

function boundOf(filter: Filter): number | undefined {
  if ('relation' in filter) return filter.count?.value ?? (filter.sum === undefined ? undefined : Number(filter.sum.value))
  const compares = 'field' in filter && ['gt', 'gte', 'lt', 'lte'].includes(filter.op) && typeof filter.value === 'number'
  return compares ? (filter.value as number) : undefined
}

function withBound(filter: Filter, value: number): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => withBound(part, value)) }
  if (boundOf(filter) === undefined) return filter
  if ('relation' in filter)
    return filter.count !== undefined
      ? { ...filter, count: { ...filter.count, value } }
      : filter.sum === undefined
        ? filter
        : { ...filter, sum: { ...filter.sum, value } }
  return 'field' in filter ? { ...filter, value } : filter
}

/** "In the last 30 days", and then "make that 60". */
function lengths({ constraints }: Frame, { value, currency, unit }: Amount): Replacement[] {
  if (currency !== undefined || !Number.isInteger(value)) return []
  return constraints.flatMap(({ filter }, at) => {
    const range = 'field' in filter && filter.op === 'during' && typeof filter.value === 'object' && !Array.isArray(filter.value) ? filter.value : undefined
    if (range === undefined || !('last' in range || 'next' in range)) return []
    const side = 'last' in range ? { last: value } : { next: value }
    const other = { ...range, ...side, ...(unit === undefined ? {} : { unit }) }
    return [
      (frame: Frame) => {
        const constraint = frame.constraints[at]
        if (constraint !== undefined && 'field' in constraint.filter) constraint.filter = { ...constraint.filter, value: other } as Filter
      },
    ]
  })
}

/** "Top 3", and then "make it 5". */
function limits({ kind, limit }: Frame, { value, currency, unit }: Amount): Replacement[] {
  if (limit === undefined || unit !== undefined || currency !== undefined || (kind !== 'list' && kind !== 'groups')) return []
  if (!Number.isInteger(value) || value < 1 || value > mostShown) return []
  return [
    (frame: Frame) => {
      frame.limit = value
    },
  ]
}
