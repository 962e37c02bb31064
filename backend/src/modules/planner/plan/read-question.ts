import type { Transaction } from '#backend/infra/database/database.ts'
import { compileLexicon, type Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import { periodContext } from '#backend/modules/planner/language/period-context.ts'
import type { Lexeme } from '#backend/modules/planner/language/reading.ts'
import { allowedEdits, nearestWord, undoubled } from '#backend/modules/planner/language/spelling.ts'
import { type Token, tokenise } from '#backend/modules/planner/language/tokenise.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { englishCommonWords } from '#backend/modules/planner/vocabulary/en-common-words.ts'
import { englishAliases } from '#backend/modules/planner/vocabulary/en-places.ts'
import { resolveNames } from '#backend/modules/planner/world/names.ts'
import { loadWorld, usersNamed, type World } from '#backend/modules/planner/world/world.ts'
import { worldQuery } from '#backend/modules/planner/world/world-query.ts'
import { fold } from '#contracts/fold.ts'
import { figureSettings } from './analytics/workspace-settings.ts'
import { segment } from './segment.ts'

const lexicon = compileLexicon(english)
/** Names near to keywords that are none. */
const neverCorrected = new Set(['gmail', 'outlook', 'hotmail', 'yahoo', 'icloud'])
const writes = new Set(english.writes.split('|'))
const [article] = english.writeObjects.split('|')
const actsOn = new Set(english.writeObjects.split('|').slice(1))
const articles = new Set([article, ...english.amounts.one.split('|')])
const makes = new Set(english.makes.split('|'))
const longestQuestion = 2000

export interface ReadQuestion {
  tokens: Token[]
  lexemes: Lexeme[]
  world: World
  /** The message asks to change something. */
  write: string | undefined
}

/** Words of a question with everything each may mean in this workspace. */
export async function readQuestion(tx: Transaction, question: string, context: Pick<PlannerContext, 'now' | 'timeZone'>): Promise<ReadQuestion> {
  const text = question.slice(0, longestQuestion)
  const tokens = tokenise(text, english.rewrites)
  const settings = await figureSettings(tx, tokens, english)
  const world: World = { ...(await loadWorld(tx, worldQuery(text, tokens, lexicon))), settings }
  correctSpelling(tokens, world)
  const periods = periodContext(text, tokens, english, { now: context.now, timeZone: context.timeZone, fiscalStart: settings.fiscalYearStartMonth })
  const cut = segment({ question: text, tokens, lexicon, world, periods })
  const write = writeAsked(tokens, cut)
  const lexemes = await resolveNames(tx, text, cut, world, (lexeme) => ({
    from: (tokens[lexeme.start] as Token).start,
    to: (tokens[lexeme.end - 1] as Token).end,
  }))
  return { tokens, lexemes, world, write }
}

/** Turns mistyped words into the keywords they are near to; words that the data knows stay as they are. */
function correctSpelling(tokens: Token[], world: World): void {
  const names = [
    ...world.customFields.flatMap((field) => [field.label, field.key.replaceAll('_', ' ')]),
    ...world.stages.map((stage) => stage.name),
    ...world.pipelines.map((pipeline) => pipeline.name),
  ]
  const named = new Set(names.flatMap((name) => fold(name).split(/[^\p{L}\p{N}]+/u)))
  for (const token of tokens) {
    if (
      token.kind !== 'word' ||
      token.quoted ||
      token.capital ||
      writes.has(token.norm) ||
      neverCorrected.has(token.norm) ||
      englishCommonWords.has(token.norm) ||
      englishAliases.has(token.norm) ||
      lexicon.words.has(token.norm) ||
      lexicon.numberWords.has(token.norm) ||
      token.norm in english.multipliers
    )
      continue
    if (named.has(token.norm) || named.has(token.norm.replace(/s$/, '')) || world.words.has(token.norm) || isData(token.norm, world)) continue
    const corrected = undoubled(token.norm, lexicon.words) ?? correction(token.norm, lexicon)
    if (corrected !== undefined) token.norm = corrected
  }
}

function isData(norm: string, world: World): boolean {
  return (
    world.values.has(norm) ||
    world.values.has(norm.replace(/s$/, '')) ||
    world.labels.has(norm) ||
    world.partialLabels.has(norm) ||
    world.partialValues.has(norm) ||
    usersNamed(world, norm).length > 0 ||
    usersNamed(world, norm.replace(/s$/, '')).length > 0 ||
    [...world.values.keys(), ...world.labels.keys()].some((phrase) => phrase.split(' ').includes(norm))
  )
}

function correction(word: string, { wordsByLength }: Lexicon): string | undefined {
  const edits = allowedEdits(word.length)
  if (edits === 0) return undefined
  const near: string[] = []
  for (let length = word.length - edits; length <= word.length + edits; length++) near.push(...(wordsByLength.get(length) ?? []))
  return nearestWord(word, near)
}

/** "Raj the owner", "Acme a partner": somebody or something, and what it shall be. */
function appoints(tokens: readonly Token[], lexemes: readonly Lexeme[]): boolean {
  const [who, what] = lexemes
  if (!who?.readings.some(({ reading }) => ['user', 'record', 'anaphor'].includes(reading.kind))) return false
  const between = tokens[who.end]?.norm ?? ''
  const said = what !== undefined && what.start > who.end && articles.has(between) ? what : lexemes[2]
  return articles.has(between) && said?.readings.some(({ reading }) => ['field', 'entity', 'value', 'state'].includes(reading.kind)) === true
}

/** The imperative verb of a request for a change, when the first word that means anything is one. */
function writeAsked(tokens: readonly Token[], lexemes: readonly Lexeme[]): string | undefined {
  let opening = true
  for (let index = 0; index < lexemes.length; index++) {
    const lexeme = lexemes[index] as Lexeme
    const first = tokens[lexeme.start] as Token
    const sentenceStart = index === 0 || tokens.slice((lexemes[index - 1] as Lexeme).end, lexeme.start).some((token) => /[.?!;]/.test(token.text))
    if (sentenceStart) opening = true
    if (!opening) continue
    // "Set the owner of these to Raj": a word that elsewhere says nothing.
    const object = tokens[lexeme.end]?.norm ?? ''
    const orders =
      !first.quoted && lexeme.end - lexeme.start === 1 && writes.has(first.norm) && lexeme.readings.every(({ reading }) => reading.kind === 'filler')
    if (makes.has(first.norm) && !first.quoted && appoints(tokens, lexemes.slice(index + 1))) return first.norm
    if (orders && (object === article || actsOn.has(object)) && !lexemes.some((other) => other.readings.some(({ reading }) => reading.kind === 'shape')))
      return first.norm
    if (
      lexeme.readings.some(
        ({ reading }) =>
          reading.kind === 'filler' || reading.kind === 'followUp' || reading.kind === 'anaphor' || reading.kind === 'me' || reading.kind === 'conjunction',
      )
    )
      continue
    opening = false
    // "Mark Price email": a whole name that begins like an order is a name.
    if (lexeme.end - lexeme.start > 1 && lexeme.readings.some(({ reading }) => reading.kind === 'record' && reading.exact)) continue
    const called =
      /^(?:call|ring|phone)$/.test(first.norm) && lexemes[index + 1]?.readings.some(({ reading }) => ['record', 'user', 'unknown'].includes(reading.kind))
    if (called && index + 1 < lexemes.length) return first.norm
    const shaped = lexemes.some((other) => other.readings.some(({ reading }) => reading.kind === 'shape'))
    if (
      !first.quoted &&
      writes.has(first.norm) &&
      !shaped &&
      !lexeme.readings.some(
        ({ reading }) =>
          ['aggregate', 'sort', 'count', 'concept'].includes(reading.kind) ||
          // "Tag all contacts" is an order, whatever nouns its verb is too.
          (reading.kind === 'entity' && !actsOn.has(tokens[lexeme.end]?.norm ?? '')) ||
          (reading.kind === 'movement' && lexeme.end - lexeme.start > 1) ||
          (reading.kind === 'record' && reading.exact && /^\p{Lu}/u.test(first.text) && index > 0),
      ) &&
      lexemes.length > 1
    )
      return first.norm
  }
  return undefined
}
