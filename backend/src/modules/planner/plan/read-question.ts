import type { Transaction } from '#backend/infra/database/database.ts'
import { editDistance } from '#backend/kernel/edit-distance.ts'
import { alternatives } from '#backend/modules/planner/language/alternatives.ts'
import { inOrder } from '#backend/modules/planner/language/clauses.ts'
import { losesWord } from '#backend/modules/planner/language/idle-correction.ts'
import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import { lexiconOf } from '#backend/modules/planner/language/lexicons.ts'
import { normalise, splitGenitives } from '#backend/modules/planner/language/orthography.ts'
import { periodContext } from '#backend/modules/planner/language/period-context.ts'
import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import { joinRecurringDays } from '#backend/modules/planner/language/recurring-days.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { allowedEdits, nearestWord, undoubled, withoutSlip } from '#backend/modules/planner/language/spelling.ts'
import { withSpokenYears } from '#backend/modules/planner/language/spoken-years.ts'
import { type Token, tokenise } from '#backend/modules/planner/language/tokenise.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { valueAliases } from '#backend/modules/planner/vocabulary/places.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Language, Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { withNamesMended } from '#backend/modules/planner/world/mistyped.ts'
import { resolveNames } from '#backend/modules/planner/world/names.ts'
import { loadWorld, usersNamed, type World, type WorldQuery } from '#backend/modules/planner/world/world.ts'
import { singular, worldQuery } from '#backend/modules/planner/world/world-query.ts'
import { fold } from '#contracts/fold.ts'
import { figureSettings } from './analytics/workspace-settings.ts'
import { segment } from './segment.ts'
import { mendSlips, unshouted, writeOut } from './slips.ts'

/** Names near to keywords that are none. */
const neverCorrected = new Set(['gmail', 'outlook', 'hotmail', 'yahoo', 'icloud'])
const ordersOf = perLanguage(({ writes, writeObjects, amounts, makes }) => {
  const [article, ...actsOn] = writeObjects.split('|')
  return {
    writes: new Set(writes.split('|')),
    article,
    actsOn: new Set(actsOn),
    articles: new Set([article, ...amounts.one.split('|')]),
    makes: new Set(makes.split('|')),
  }
})
const longestQuestion = 2000
/** Letters of a noun that may be mistyped though its capital could make it a name. */
const shortestNoun = 5

export interface ReadQuestion {
  tokens: Token[]
  lexemes: Lexeme[]
  world: World
  /** The message asks to change something. */
  write: string | undefined
}

/** Words of a question with everything each may mean in this workspace. */
export async function readQuestion(
  tx: Transaction,
  question: string,
  context: Pick<PlannerContext, 'now' | 'timeZone' | 'language' | 'previous'>,
  isMended = false,
): Promise<ReadQuestion> {
  const { language = 'en' } = context
  const vocabulary = vocabularyOf(language)
  const lexicon = lexiconOf(language)
  const text = unshouted(question.slice(0, longestQuestion))
  const written = normalise(text, withSpokenYears(tokenise(text, vocabulary), vocabulary), lexicon)
  const settings = await figureSettings(tx, written, vocabulary)
  const bases = splitGenitives(written, lexicon, ([last]) => last !== undefined && !written.some(({ norm }) => norm === last))
  const query = worldQuery(text, written, lexicon)
  const world: World = {
    ...(await loadWorld(tx, bases.length === written.length ? query : both(query, worldQuery(text, bases, lexicon)), language)),
    settings,
    now: context.now,
  }
  const tokens = splitGenitives(written, lexicon, (words) => isNamed(words.join(' '), world))
  writeOut(tokens, lexicon, (word) => world.words.has(word) || isData(word, world))
  const doubtful = correctSpelling(tokens, world, lexicon)
  mendSlips(tokens, lexicon)
  const mended = isMended || doubtful.length === 0 ? undefined : await withNamesMended(tx, text, tokens, doubtful, world)
  if (mended !== undefined) return readQuestion(tx, mended, context, true)
  const periods = periodContext(text, tokens, vocabulary, {
    now: context.now,
    timeZone: context.timeZone,
    fiscalStart: settings.fiscalYearStartMonth,
    goesOnWith: context.previous?.frame?.entity,
  })
  const said = segment({ question: text, tokens, lexicon, world, periods })
  const write = writeAsked(tokens, said, language) ?? writeRequested(tokens, vocabulary)
  const cut = joinRecurringDays(inOrder(said, tokens, lexicon), tokens, vocabulary)
  const lexemes = await resolveNames(tx, text, cut, world, (lexeme) => ({
    from: (tokens[lexeme.start] as Token).start,
    to: (tokens[lexeme.end - 1] as Token).end,
  }))
  return { tokens, lexemes: lexemes.map((lexeme, index) => topicOf(lexeme, lexemes, index)), world, write }
}

/** "Notes about rain", "e-mails mentioning lunch": what they are about, though no record answers it. */
function topicOf(lexeme: Lexeme, lexemes: readonly Lexeme[], index: number): Lexeme {
  const [only] = lexeme.readings
  const previous = lexemes[index - 1]
  if (only?.reading.kind !== 'beyond' || previous === undefined) return lexeme
  const letters = ({ reading }: { reading: Reading }) => reading.kind === 'entity' && (reading.entity === 'notes' || reading.entity === 'emails')
  const introduces = ({ reading }: { reading: Reading }) =>
    (reading.kind === 'preposition' && reading.word === 'about') || reading.kind === 'contains' || (reading.kind === 'verb' && reading.verb === 'mention')
  const told = lexemes.slice(0, index).some(({ readings }) => readings.some(letters)) && previous.readings.some(introduces)
  return told ? { ...lexeme, readings: [{ reading: { kind: 'text', text: lexeme.text }, weight: 0 }] } : lexeme
}

/** What two cuts of the same words could be in the data. */
function both(a: WorldQuery, b: WorldQuery): WorldQuery {
  const union = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])]
  return { phrases: union(a.phrases, b.phrases), beginnings: union(a.beginnings, b.beginnings), words: union(a.words, b.words) }
}

function isNamed(phrase: string, world: World): boolean {
  return world.labels.has(phrase) || world.partialLabels.has(phrase) || world.values.has(phrase) || usersNamed(world, phrase).length > 0
}

/** "Kannst du den Deal löschen": the verb that orders a change ends the sentence. */
function writeRequested(tokens: readonly Token[], { clauses }: Vocabulary): string | undefined {
  const words = tokens.filter(({ kind }) => kind === 'word')
  const [first, last] = [words[0]?.norm ?? '', words.at(-1)?.norm ?? '']
  return clauses !== undefined && alternatives(clauses.requests).has(first) && alternatives(clauses.requested).has(last) ? last : undefined
}

/**
 * Turns mistyped words into the keywords they are near to; words that the data knows stay as they are.
 * @returns those that no keyword is clearly meant by
 */
function correctSpelling(tokens: Token[], world: World, lexicon: Lexicon): Token[] {
  const { commonWords, multipliers } = lexicon.vocabulary
  const { writes } = ordersOf(world.language)
  const names = [
    ...world.customFields.flatMap((field) => [field.label, field.key.replaceAll('_', ' ')]),
    ...world.stages.map((stage) => stage.name),
    ...world.pipelines.map((pipeline) => pipeline.name),
  ]
  const named = new Set(names.flatMap((name) => fold(name).split(/[^\p{L}\p{N}]+/u)))
  const doubtful: Token[] = []
  for (const [at, token] of tokens.entries()) {
    if (
      token.kind !== 'word' ||
      token.quoted ||
      (token.capital && !isMistypedNoun(token, lexicon)) ||
      isContrary(token.norm, lexicon) ||
      writes.has(token.norm) ||
      neverCorrected.has(token.norm) ||
      commonWords.has(token.norm) ||
      valueAliases.has(token.norm) ||
      lexicon.words.has(token.norm) ||
      lexicon.numberWords.has(token.norm) ||
      token.norm in multipliers
    )
      continue
    if (
      named.has(token.norm) ||
      named.has(token.norm.replace(/s$/, '')) ||
      world.words.has(token.norm) ||
      world.words.has(singular(token.norm)) ||
      isData(token.norm, world)
    )
      continue
    const { norm } = token
    const isWord = (word: string) => lexicon.words.has(word) || commonWords.has(word)
    const slipped = token.capital ? undefined : withoutSlip(norm, isWord)
    const corrected = undoubled(norm, lexicon.words) ?? slipped ?? correction(norm, lexicon, token.capital ? 1 : undefined) ?? misspelt(norm, named)
    const isClear = corrected !== undefined && slipped === undefined && lexicon.phrases.has(corrected) && editDistance(norm, corrected, 2) <= 1
    // A name that is written as one is asked about rather than put right.
    if (!isClear && !token.capital) doubtful.push(token)
    if (corrected !== undefined && !losesWord(tokens, at, corrected, lexicon)) token.norm = corrected
  }
  return doubtful
}

/** "Isntallations" of a pipeline, a stage or a field of the workspace's own. */
function misspelt(word: string, named: ReadonlySet<string>): string | undefined {
  const near = word.length < shortestNoun ? undefined : nearestWord(word, [...named])
  // "Uncertified" is no mistyped "certified".
  return near !== undefined && word.endsWith(near) ? undefined : near
}

/** Where nouns have a capital, it tells no name; a short word is none to be sure of. */
function isMistypedNoun({ norm }: Token, { vocabulary }: Lexicon): boolean {
  return vocabulary.orthography?.capitalNouns === true && norm.length >= shortestNoun
}

/** "Unverändert" is no mistyped "verändert". */
function isContrary(norm: string, { vocabulary, words }: Lexicon): boolean {
  const prefix = vocabulary.orthography?.negating
  return prefix !== undefined && norm.startsWith(prefix) && words.has(norm.slice(prefix.length))
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

function correction(word: string, lexicon: Lexicon, most = allowedEdits(word.length)): string | undefined {
  const { wordsByLength } = lexicon
  const edits = Math.min(most, allowedEdits(word.length))
  if (edits === 0) return undefined
  const near: string[] = []
  for (let length = word.length - edits; length <= word.length + edits; length++) near.push(...(wordsByLength.get(length) ?? []))
  const nearest = nearestWord(word, near)
  // "Reassigned" is no mistyped "unassigned".
  // "Undecided" is no mistyped "decided".
  if (lexicon.vocabulary.denials.split('|').some((prefix) => word === `${prefix}${nearest}`)) return undefined
  const denies = lexicon.vocabulary.denials.split('|').some((prefix) => nearest?.startsWith(prefix) && nearest.length - prefix.length > shortestNoun)
  return denies && nearest?.[0] !== word[0] ? undefined : nearest
}

/** "Raj the owner", "Acme a partner": somebody or something, and what it shall be. */
function appoints(tokens: readonly Token[], lexemes: readonly Lexeme[], articles: ReadonlySet<string | undefined>): boolean {
  const [who, what] = lexemes
  if (!who?.readings.some(({ reading }) => ['user', 'record', 'anaphor'].includes(reading.kind))) return false
  const between = tokens[who.end]?.norm ?? ''
  const said = what !== undefined && what.start > who.end && articles.has(between) ? what : lexemes[2]
  return articles.has(between) && said?.readings.some(({ reading }) => ['field', 'entity', 'value', 'state'].includes(reading.kind)) === true
}

/** "Draft quotes older than a month": what follows has that status. */
function isStatusOf(reading: Reading, noun: Lexeme | undefined): boolean {
  const nouns = noun?.readings.flatMap(({ reading: other }) => (other.kind === 'entity' && other.plural ? [other.entity] : [])) ?? []
  return reading.kind === 'value' && reading.options.some(({ entity, path }) => path === 'status' && nouns.includes(entity))
}

/** The imperative verb of a request for a change, when the first word that means anything is one. */
function writeAsked(tokens: readonly Token[], lexemes: readonly Lexeme[], language: Language): string | undefined {
  const { writes, article, actsOn, articles, makes } = ordersOf(language)
  // "Did we add more customers": what was done is asked.
  if (says(lexemes[0]?.text ?? '', 'askedOfPast', language)) return undefined
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
    if (makes.has(first.norm) && !first.quoted && appoints(tokens, lexemes.slice(index + 1), articles)) return first.norm
    if (orders && (object === article || actsOn.has(object)) && !lexemes.some((other) => other.readings.some(({ reading }) => reading.kind === 'shape')))
      return first.norm
    // "Which close this month" asks.
    if (lexeme.readings.some(({ reading }) => reading.kind === 'ask')) opening = false
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
      says(first.norm, 'ring', language) && lexemes[index + 1]?.readings.some(({ reading }) => ['record', 'user', 'unknown'].includes(reading.kind))
    if (called && index + 1 < lexemes.length) return first.norm
    // "Give me Mark's deals": what is asked for begins here.
    const asked = says(`${tokens[lexeme.start - 2]?.norm ?? ''} ${tokens[lexeme.start - 1]?.norm ?? ''}`, 'givesMe', language)
    const shaped = lexemes.some((other) => other.readings.some(({ reading }) => reading.kind === 'shape'))
    if (
      !first.quoted &&
      writes.has(first.norm) &&
      !shaped &&
      !asked &&
      !lexeme.readings.some(
        ({ reading }) =>
          ['aggregate', 'sort', 'count', 'concept', 'measure'].includes(reading.kind) ||
          // "Tag all contacts" is an order, whatever nouns its verb is too.
          (reading.kind === 'entity' && !actsOn.has(tokens[lexeme.end]?.norm ?? '')) ||
          isStatusOf(reading, lexemes[index + 1]) ||
          // "Email address of Sarah" names what is asked.
          ((reading.kind === 'movement' || reading.kind === 'field') && lexeme.end - lexeme.start > 1) ||
          (reading.kind === 'record' && reading.exact && /^\p{Lu}/u.test(first.text) && index > 0),
      ) &&
      lexemes.length > 1
    )
      return first.norm
  }
  return undefined
}
