import type { EntityName } from '#contracts/entities.ts'
import type { Lexeme, Reading } from './language/reading.ts'
import type { Token } from './language/tokenise.ts'
import { phraseBook } from './phrases/phrases.ts'
import type { ReadQuestion } from './plan/read-question.ts'
import type { PendingChoice, PlannerContext, PlannerOutcome } from './planner.types.ts'

/** What a record of another kind can be found by. */
const ranked = new Set<EntityName>(['organisations', 'contacts', 'leads', 'opportunities', 'orders', 'products'])
const describing = new Set<Reading['kind']>(['state', 'value', 'filler'])
/** Between the noun asked for and the record that it is of. */
const linking = new Set<Reading['kind']>(['preposition', 'verb', 'have', 'filler', 'possessive', 'state', 'period'])
const purchases = new Set(['buy', 'spend'])
const mostChoices = 8
/** Ranked nouns within one another. */
const mostWithin = 2

interface RankedNoun {
  /** Places of its lexemes, the end exclusive. */
  from: number
  to: number
}

/**
 * "Contacts at the biggest company", "the last order of our best customer": who or what is ranked is found first, and the question asked
 * of that. Undefined where no such noun stands beside the one asked for, or nothing is found for it.
 */
export async function answerRanked(
  question: string,
  { lexemes, tokens }: Pick<ReadQuestion, 'lexemes' | 'tokens'>,
  context: PlannerContext,
  answer: (question: string, context: PlannerContext) => Promise<PlannerOutcome>,
): Promise<PlannerOutcome | { ask: PendingChoice } | undefined> {
  const noun = rankedNoun(lexemes)
  const { rankedFound = 0 } = context
  if (noun === undefined || rankedFound >= mostWithin) return undefined
  const said = textOf(question, tokens, lexemes.slice(noun.from, noun.to))
  const { previous: _, ...afresh } = context
  const heard = { rankedFound: rankedFound + 1 }
  const found = await answer(said, { ...afresh, ...heard })
  const names = found.kind === 'answer' ? namesIn(found) : []
  const [name] = names
  if (name === undefined) return undefined
  const asked = (one: string) => question.replace(said, () => one)
  const { dialogue } = phraseBook(context.language)
  if (names.length > 1) {
    const options = names.slice(0, mostChoices).map((label) => ({ label, message: asked(label) }))
    return { ask: { question: dialogue.whichOne(said), options } }
  }
  const told = await answer(asked(name), { ...context, ...heard })
  if (told.kind !== 'answer' || !isOf(told, found)) return undefined
  const text = `${dialogue.rankedIs(said, found.text)}\n${told.text}`
  return {
    ...told,
    confidence: Math.min(told.confidence, found.confidence),
    text,
    parts: [{ type: 'text', text }, ...[told, found].flatMap(({ parts }) => parts.filter(({ type }) => type !== 'text'))],
    citations: [...told.citations, ...found.citations],
  }
}

/** A superlative and the singular noun it is said of, beside another noun that is asked for. */
function rankedNoun(lexemes: readonly Lexeme[]): RankedNoun | undefined {
  const from = lexemes.findIndex(({ readings }) => readings[0]?.reading.kind === 'superlative')
  // "Each rep's biggest deal" is not one deal.
  if (from < 1 || lexemes.slice(0, from).some(({ readings }) => readings[0]?.reading.kind === 'group')) return undefined
  const described = nounRankedBehind(lexemes, from)
  if (described !== undefined) return described
  const behind = lexemes.slice(from + 1).findIndex(({ readings }) => !describing.has(readings[0]?.reading.kind ?? 'filler'))
  // "The biggest order" orders nothing.
  const noun = lexemes[from + 1 + behind]?.readings.map(({ reading }) => reading).find((reading) => reading.kind === 'entity')
  if (behind < 0 || noun === undefined || noun.plural || !ranked.has(noun.entity)) return undefined
  const to = from + behind + 2
  return isOfAnother(lexemes, { from, to }, noun.customer === true ? undefined : noun.entity) ? { from, to } : undefined
}

/** "The company with the most open deals": what it is ranked by follows, to the end of the question. */
function nounRankedBehind(lexemes: readonly Lexeme[], superlative: number): RankedNoun | undefined {
  const before = lexemes.slice(0, superlative)
  const having = before.findLastIndex(({ readings }) => readings[0]?.reading.kind !== 'filler')
  if (before[having]?.readings[0]?.reading.kind !== 'have') return undefined
  const from = having - 1
  const noun = lexemes[from]?.readings.map(({ reading }) => reading).find((reading) => reading.kind === 'entity')
  const isOne = noun !== undefined && !noun.plural && (ranked.has(noun.entity) || noun.entity === 'users')
  const article = lexemes[from - 1]?.readings[0]?.reading.kind
  if (!isOne || (article !== 'filler' && article !== 'preposition')) return undefined
  const isIdle = (place: number) => ['have', 'verb', 'filler'].includes(lexemes[place]?.readings[0]?.reading.kind ?? '')
  let to = lexemes.length
  while (to > superlative && isIdle(to - 1)) to -= 1
  const [first, second] = lexemes.map(({ readings }) => readings[0]?.reading.kind)
  const isDone = first === 'ask' && second === 'verb'
  return isDone || isOfAnother(lexemes, { from, to }, noun.customer === true ? undefined : noun.entity) ? { from, to } : undefined
}

function isOfAnother(lexemes: readonly Lexeme[], { from, to }: RankedNoun, own: EntityName | undefined): boolean {
  const kinds = (place: number) => lexemes[place]?.readings.map(({ reading }) => reading) ?? []
  // What it is that somebody bought.
  const bought = kinds(to).some((reading) => reading.kind === 'verb' && purchases.has(reading.verb))
  if (bought && kinds(0).some((reading) => reading.kind === 'ask' && reading.word === 'what')) return true
  for (let place = from - 1; place >= 0; place--) {
    const [first] = kinds(place)
    if (first === undefined || linking.has(first.kind)) continue
    // "Revenue from the most expensive product", "who bought it".
    if (first.kind === 'measure') return true
    if (kinds(place).some((reading) => reading.kind === 'ask' && reading.word === 'who'))
      return kinds(place + 1).some((reading) => reading.kind === 'verb' && purchases.has(reading.verb))
    const noun = kinds(place).find((reading) => reading.kind === 'entity')
    // "The e-mail of the newest lead" is a field of it; of "the phone of the contact on the biggest deal" it is the contact's.
    const isAsked = kinds(place - 1).some(({ kind }) => kind === 'ask')
    const isField = kinds(place).some(({ kind }) => kind === 'field') && noun?.plural !== true && !isAsked
    if (isField && !lexemes.slice(0, place).some(({ readings }) => readings[0]?.reading.kind === 'field')) return false
    return noun !== undefined && noun.entity !== own
  }
  return false
}

function textOf(question: string, tokens: readonly Token[], lexemes: readonly Lexeme[]): string {
  const [first, last] = [lexemes[0], lexemes.at(-1)]
  return question.slice(tokens[first?.start ?? 0]?.start, tokens[(last?.end ?? 1) - 1]?.end)
}

/** Whether the answer is about the record found: others may bear its name, or it may be worded like something else. */
function isOf(told: PlannerOutcome, { memory }: PlannerOutcome): boolean {
  const ids = memory?.shown?.ids ?? []
  return ids.length === 0 || (ids.length === 1 && JSON.stringify([told.plan, told.memory?.frame]).includes(String(ids[0])))
}

/** What the records or groups of an answer are called. */
function namesIn({ parts }: PlannerOutcome): string[] {
  const table = parts.find((part) => part.type === 'data-table')
  const key = table?.data.columns[0]?.key
  if (table === undefined || key === undefined) return []
  return [...new Set(table.data.rows.map((row) => row[key]).filter((name): name is string => typeof name === 'string' && name !== ''))]
}
