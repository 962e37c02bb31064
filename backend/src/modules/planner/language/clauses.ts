import type { ClauseOrder } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { fold } from '#contracts/fold.ts'
import type { Lexicon } from './lexicon.ts'
import type { Lexeme, ReadingKind } from './reading.ts'
import type { Token } from './tokenise.ts'

const verbal = new Set<ReadingKind>(['verb', 'state', 'contains'])
const filler = [{ reading: { kind: 'filler' as const }, weight: 0 }]

/**
 * The lexemes with each verb behind the subject of its clause, where the language has verbs at the end:
 * "Kontakte, die wir seit März nicht kontaktiert haben" as "Kontakte nicht kontaktiert seit März".
 */
export function inOrder(lexemes: readonly Lexeme[], tokens: readonly Token[], { vocabulary, phrases }: Lexicon): Lexeme[] {
  const { clauses: order } = vocabulary
  if (order === undefined) return [...lexemes]
  const words = wordsOf(order)
  const placed = cutClauses(withNor(withParticles(lexemes, words, phrases), order), tokens, words).flatMap((clause) =>
    denialFirst(sortFirst(verbFirst(clause, words))),
  )
  return timesBehind(placed)
    .map((lexeme, index, all) => (isAuxiliaryHave(lexeme, words) && isSomebody(all[index + 1]) ? { ...lexeme, readings: filler } : lexeme))
    .map((lexeme, index, all) => fromSender(lexeme, all.slice(0, index), order))
}

/** "Laufen diesen Monat ab": a verb whose particle stands at the end means what both mean beside each other. */
function withParticles(lexemes: readonly Lexeme[], { particles }: Words, phrases: Lexicon['phrases']): Lexeme[] {
  const last = lexemes.findLastIndex((lexeme) => !/^[.?!]$/.test(lexeme.text))
  const particle = lexemes[last]
  if (particle === undefined || !particles.has(said(particle))) return [...lexemes]
  const parted = (lexeme: Lexeme) =>
    phrases.get(`${said(lexeme)} ${said(particle)}`)?.filter(({ reading }) => reading.kind === 'verb' || reading.kind === 'state')
  const at = lexemes.findIndex((lexeme, index) => index < last - 1 && (parted(lexeme)?.length ?? 0) > 0)
  const readings = parted(lexemes[at] ?? particle)
  if (at === -1 || readings === undefined) return [...lexemes]
  return lexemes.map((lexeme, index) => (index === at ? { ...lexeme, readings: [...readings] } : lexeme))
}

interface Words {
  relatives: ReadonlySet<string>
  auxiliaries: ReadonlySet<string>
  particles: ReadonlySet<string>
}

const kept = new WeakMap<ClauseOrder, Words>()

function wordsOf(order: ClauseOrder): Words {
  const known = kept.get(order)
  if (known !== undefined) return known
  const [relatives, auxiliaries, particles] = [order.relatives, order.auxiliaries, order.particles].map((list) => new Set(list.split('|')))
  const made = { relatives, auxiliaries, particles } as Words
  kept.set(order, made)
  return made
}

interface Clause {
  lexemes: Lexeme[]
  /** Says something of a noun before it. */
  relative: boolean
}

function cutClauses(lexemes: readonly Lexeme[], tokens: readonly Token[], { relatives, auxiliaries }: Words): Clause[] {
  const clauses: Clause[] = [{ lexemes: [], relative: false }]
  lexemes.forEach((lexeme, index) => {
    const previous = lexemes[index - 1]
    const following = lexemes[index + 1]
    const current = clauses.at(-1) as Clause
    const ended = previous !== undefined && tokens.slice(previous.end, lexeme.start).some(({ text }) => /^[.?!;:]$/.test(text))
    if (ended) clauses.push({ lexemes: [lexeme], relative: false })
    else if (lexeme.text === ',' && following !== undefined && opensRelative(following, relatives)) clauses.push({ lexemes: [], relative: true })
    else if (lexeme.text === ',' && current.relative) clauses.push({ lexemes: [lexeme], relative: false })
    else if (isJoint(lexeme) && previous !== undefined && current.relative && (isVerbal(previous) || auxiliaries.has(said(previous))))
      clauses.push({ lexemes: [lexeme], relative: true })
    else current.lexemes.push(lexeme)
  })
  return clauses
}

/** A time may have taken the pronoun for its article: "die letztes Jahr bestellt haben". */
function opensRelative(lexeme: Lexeme, relatives: ReadonlySet<string>): boolean {
  const words = said(lexeme)
  return relatives.has(words) || relatives.has(words.split(' ')[0] ?? '')
}

function verbFirst({ lexemes, relative }: Clause, words: Words): Lexeme[] {
  let end = lexemes.length
  const rest = [...lexemes]
  // What follows the verb says nothing: "… haben wir denn bitte".
  while (end > 0 && isQuiet(rest[end - 1] as Lexeme, words)) {
    const last = rest[end - 1] as Lexeme
    if (words.particles.has(said(last)) && !isVerbal(last)) rest[end - 1] = { ...last, readings: filler }
    end--
  }
  let start = end
  while (start > 0 && isVerbal(rest[start - 1] as Lexeme) && !isGroup(rest[start - 2])) start--
  const auxiliary = start === end && relative ? rest.findLastIndex((lexeme) => isAuxiliaryHave(lexeme, words)) : -1
  // "Die keine E-Mail haben": what is had is said before it.
  if (auxiliary > 1 && rest.slice(auxiliary + 1).every((lexeme) => isQuiet(lexeme, words))) {
    start = auxiliary
    end = auxiliary + 1
  }
  if (start === end) return rest
  while (start > 0 && isNegation(rest[start - 1] as Lexeme) && auxiliary < 0) start--
  const to = destination(rest.slice(0, start), relative)
  const verbs = rest.slice(start, end)
  const between = rest.slice(to, start)
  if (between.every((lexeme) => lexeme.readings.every(({ reading }) => reading.kind === 'filler'))) return rest
  const quieted = (lexeme: Lexeme) => (auxiliary < 0 && isAuxiliaryHave(lexeme, words) ? { ...lexeme, readings: filler } : lexeme)
  return [...rest.slice(0, to).map(quieted), ...verbs, ...between.map(quieted), ...rest.slice(end).map(quieted)]
}

/** Behind the subject of a question, at the beginning of a clause that says something of a noun. */
function destination(before: readonly Lexeme[], relative: boolean): number {
  if (relative) {
    const first = Math.max(
      0,
      before.findIndex((lexeme) => !lexeme.readings.every(({ reading }) => reading.kind === 'filler' || reading.kind === 'ask')),
    )
    const [have, field] = before.slice(first, first + 2)
    const owned = have?.readings.some(({ reading }) => reading.kind === 'have') && field?.readings.some(({ reading }) => reading.kind === 'field')
    return owned ? first + 2 : have?.readings.some(({ reading }) => reading.kind === 'have') ? first + 1 : first
  }
  const asked = before.findIndex(({ readings }) => readings.some(({ reading }) => reading.kind === 'ask' && reading.word === 'who'))
  const subject = before.findIndex(({ readings }) => readings.some(({ reading }) => reading.kind === 'entity'))
  if (asked !== -1) return asked + 1
  if (subject !== -1) return endOfNoun(before, subject + 1)
  const asks = before.findLastIndex(({ readings }) => readings.some(({ reading }) => ['ask', 'count', 'field', 'measure'].includes(reading.kind)))
  return endOfNoun(before, asks + 1)
}

/** "Deals von Raj": a noun with what belongs to it. */
function endOfNoun(lexemes: readonly Lexeme[], from: number): number {
  const [of, owner] = lexemes.slice(from, from + 2)
  const isOf = of?.readings.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'of')
  return isOf && isSomebody(owner) ? from + 2 : from
}

/** "Weder Telefon noch E-Mail": the second word denies as the first does. */
function withNor(lexemes: readonly Lexeme[], { neither, nor }: ClauseOrder): Lexeme[] {
  const from = lexemes.findIndex((lexeme) => said(lexeme) === neither)
  const denied = [{ reading: { kind: 'negation' as const }, weight: 0 }]
  return lexemes.map((lexeme, index) => (from !== -1 && index > from && said(lexeme) === nor ? { ...lexeme, readings: denied } : lexeme))
}

/** "Nach Mitarbeitern sortieren": the verb stands before what is sorted by. */
function sortFirst(lexemes: readonly Lexeme[]): Lexeme[] {
  const at = lexemes.findLastIndex(({ readings }) => readings.some(({ reading }) => reading.kind === 'sort'))
  const by = lexemes.findLastIndex((lexeme) => isGroup(lexeme))
  const verb = lexemes[at]
  if (verb === undefined || by === -1 || by > at || at - by > 3) return [...lexemes]
  return [...lexemes.slice(0, by), verb, ...lexemes.slice(by, at), ...lexemes.slice(at + 1)]
}

/** "Aber dieses Jahr nicht": what is denied stands before the denial. */
function denialFirst(lexemes: readonly Lexeme[]): Lexeme[] {
  const last = lexemes.at(-1)
  const times = lexemes.slice(0, -1).filter(({ readings }) => !readings.every(({ reading }) => reading.kind === 'filler' || reading.kind === 'conjunction'))
  const onlyTimes = times.length > 0 && times.every(({ readings }) => readings.some(({ reading }) => reading.kind === 'period'))
  if (last === undefined || !isNegation(last) || !onlyTimes) return [...lexemes]
  const at = lexemes.indexOf(times[0] as Lexeme)
  const before = lexemes.slice(0, at).map((lexeme) => (lexeme.text === ',' ? { ...lexeme, readings: filler } : lexeme))
  return [...before, last, ...lexemes.slice(at, -1)]
}

/** "Im September gewonnene Deals", "dieses Quartal mehr Deals gewonnen": a time before what is said of a noun stands behind both. */
function timesBehind(lexemes: readonly Lexeme[]): Lexeme[] {
  const result = [...lexemes]
  for (let at = 0; at < result.length; at++) {
    if (!result[at]?.readings.some(({ reading }) => reading.kind === 'period')) continue
    let noun = at + 1
    while (noun < result.length && [isVerbal, isCompared, isNegation].some((is) => is(result[noun] as Lexeme))) noun++
    if (noun === at + 1 || !result[noun]?.readings.some(({ reading }) => reading.kind === 'entity')) continue
    while (result.slice(at + 1, noun).some(isCompared) && isVerbal(result[noun + 1] ?? { start: 0, end: 0, text: '', readings: [] })) noun++
    const denied = result.slice(at + 1, noun).some(isNegation)
    const [time] = result.splice(at, 1)
    if (time !== undefined) result.splice(noun, 0, time)
    // "Nicht kontaktierte Kontakte" as "Kontakte nicht kontaktiert".
    if (denied) result.splice(at, 0, ...result.splice(noun - 1, 1))
    at = noun
  }
  return result
}

function isCompared({ readings }: Lexeme): boolean {
  return readings.some(({ reading }) => reading.kind === 'movement')
}

/** The name of a person or a record, or who asks. */
function isSomebody(lexeme: Lexeme | undefined): boolean {
  return lexeme?.readings.some(({ reading }) => reading.kind === 'user' || reading.kind === 'record' || reading.kind === 'me') === true
}

function isGroup(lexeme: Lexeme | undefined): boolean {
  return lexeme?.readings.some(({ reading }) => reading.kind === 'group') === true
}

/** A verb or a participle, unless its capital or another reading makes it a noun. */
function isVerbal({ text, readings }: Lexeme): boolean {
  const noun = readings.some(({ reading }) => reading.kind === 'field') && /^\p{Lu}/u.test(text)
  return !noun && readings.some(({ reading }) => verbal.has(reading.kind)) && !readings.some(({ reading }) => reading.kind === 'entity')
}

function isNegation({ readings }: Lexeme): boolean {
  return readings.some(({ reading }) => reading.kind === 'negation')
}

function isAuxiliaryHave(lexeme: Lexeme, { auxiliaries }: Words): boolean {
  return auxiliaries.has(said(lexeme)) && lexeme.readings.some(({ reading }) => reading.kind === 'have')
}

function isQuiet(lexeme: Lexeme, { auxiliaries, particles }: Words): boolean {
  const words = said(lexeme)
  return lexeme.readings.every(({ reading }) => reading.kind === 'filler') || (!isVerbal(lexeme) && (auxiliaries.has(words) || particles.has(words)))
}

function isJoint({ readings }: Lexeme): boolean {
  return readings.some(({ reading }) => reading.kind === 'conjunction')
}

function said({ text }: Lexeme): string {
  return fold(text)
}

/** "E-Mails von Sarah": of letters, the word for "of" names who sent them. */
function fromSender(lexeme: Lexeme, before: readonly Lexeme[], { ofLetters }: ClauseOrder): Lexeme {
  if (!lexeme.readings.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'of')) return lexeme
  const noun = before.findLast(({ readings }) => readings.some(({ reading }) => reading.kind === 'entity'))
  const latest = before.some(({ readings }) => readings.some(({ reading }) => reading.kind === 'superlative' || reading.kind === 'top'))
  const letters = noun?.readings.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'emails' && (reading.plural || latest)) === true
  if (!letters) return lexeme
  return {
    ...lexeme,
    readings: lexeme.readings.map((one) => (one.reading.kind === 'preposition' ? { ...one, reading: { kind: 'preposition', word: ofLetters } } : one)),
  }
}
