import type { Transaction } from '#backend/infra/database/database.ts'
import { searchRecords } from '#backend/modules/crm/index.ts'
import type { Lexeme, Reading, RecordOption } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entityBySingular } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { singularForms } from './world-query.ts'

/** Records that share words of their titles: "site walk", "crane refit". */
const titled: readonly EntityName[] = ['opportunities', 'events', 'tasks']
/** Of whose names such words are no title. */
const named: readonly EntityName[] = ['organisations', 'contacts', 'leads', 'products']
/** Called so only beside their noun: "invoice query e-mails". */
const written: readonly EntityName[] = ['emails', 'notes']
const fewest = 2
const mostWords = 4
const mostFound = 12

/** "Upcoming site walks", "crane refit deals": words in a row that stand so in titles of several records are one phrase, whatever each of them is elsewhere. */
export async function joinTitles(
  tx: Transaction,
  question: string,
  lexemes: readonly Lexeme[],
  offsets: (lexeme: Lexeme) => { from: number; to: number },
): Promise<Lexeme[]> {
  const planned = plannedNoun(lexemes)
  for (const [from, to] of [...runsOf(lexemes), ...(planned === -1 ? [] : [[planned, planned + 1] as const])]) {
    const first = lexemes[from] as Lexeme
    const last = lexemes[to - 1] as Lexeme
    const text = question.slice(offsets(first).from, offsets(last).to)
    const found = await titledSo(tx, text, from === planned ? 'events' : nounBeside(lexemes, from, to))
    if (found === undefined) continue
    const reading: Reading = { kind: 'record', options: found.options, exact: false, query: found.phrase }
    return [...lexemes.slice(0, from), { start: first.start, end: last.end, text, readings: [{ reading, weight: 0.4 }] }, ...lexemes.slice(to)]
  }
  return [...lexemes]
}

/** "Any webinars coming up", "demos scheduled for next week": the only noun of what is planned; -1 when there is none. */
function plannedNoun(lexemes: readonly Lexeme[]): number {
  const says = (test: (reading: Reading) => boolean) => lexemes.some(({ readings }) => readings.some(({ reading }) => test(reading)))
  const planned = says((reading) => (reading.kind === 'state' && reading.state === 'upcoming') || (reading.kind === 'verb' && reading.verb === 'start'))
  const noun = says((reading) => (reading.kind === 'entity' && reading.plural) || (reading.kind === 'record' && reading.exact))
  if (noun) return -1
  const soon = says((reading) => reading.kind === 'period')
  return lexemes.findIndex(
    (lexeme) => isTitle(lexeme) && /s$/i.test(lexeme.text) && isNamed(lexeme) && (planned || (soon && (isUnsure(lexeme) || isStage(lexeme)))),
  )
}

/** One word, or the name of a stage, which what is planned there is called by too: "site visits coming up". */
function isTitle(lexeme: Lexeme): boolean {
  return isWord(lexeme) || isStage(lexeme)
}

function isStage({ readings }: Lexeme): boolean {
  return readings.some(({ reading }) => reading.kind === 'value' && reading.options.some(({ path }) => path === 'stage'))
}

/** No word of the sentence's frame. */
function isNamed({ readings }: Lexeme): boolean {
  return readings.every(({ reading }) => ['unknown', 'text', 'record', 'value'].includes(reading.kind))
}

/** Neighbouring words of which one at least says nothing for sure, the longest first. */
function runsOf(lexemes: readonly Lexeme[]): [number, number][] {
  const runs: [number, number][] = []
  for (let from = 0; from < lexemes.length; from++) {
    for (let to = from + 2; to <= Math.min(lexemes.length, from + mostWords); to++) {
      const run = lexemes.slice(from, to)
      const adjacent = run.every((lexeme, index) => index === 0 || run[index - 1]?.end === lexeme.start)
      if (!adjacent || !run.every(isWord)) break
      if (run.some(isUnsure) && !isNoun(run.at(-1))) runs.push([from, to])
    }
  }
  return runs.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, mostWords)
}

const words = new Set<Reading['kind']>(['unknown', 'text', 'record', 'value', 'field', 'bucket', 'entity', 'verb', 'unit', 'state'])

function isWord({ readings, text }: Lexeme): boolean {
  return /^[\p{L}-]+$/u.test(text) && readings.some(({ reading }) => words.has(reading.kind)) && !readings.some(({ reading }) => isSure(reading))
}

function isSure(reading: Reading): boolean {
  return (
    (reading.kind === 'record' && reading.exact) ||
    reading.kind === 'user' ||
    reading.kind === 'period' ||
    reading.kind === 'number' ||
    reading.kind === 'filler'
  )
}

/** Its meaning here is guessed, if it has one. */
function isUnsure({ readings }: Lexeme): boolean {
  const [best] = readings
  if (best === undefined || best.reading.kind === 'unknown' || best.reading.kind === 'bucket') return true
  return readings.every(
    ({ reading }) =>
      (reading.kind === 'record' && !reading.exact) ||
      (reading.kind === 'value' && reading.near === 'part') ||
      (reading.kind === 'field' && reading.part === true),
  )
}

function isNoun(lexeme: Lexeme | undefined): boolean {
  return lexeme?.readings.some(({ reading }) => reading.kind === 'entity' && reading.plural) === true
}

function nounBeside(lexemes: readonly Lexeme[], from: number, to: number): EntityName | undefined {
  for (const beside of [lexemes[to], lexemes[from - 1]]) {
    const noun = beside?.readings.find(({ reading }) => reading.kind === 'entity')?.reading
    if (noun?.kind === 'entity' && (titled.includes(noun.entity) || written.includes(noun.entity))) return noun.entity
  }
  return undefined
}

function phrasesOf(text: string): string[] {
  const said = fold(text).split(/[^\p{L}\p{N}]+/u)
  return singularForms(said.at(-1) ?? '').map((last) => [...said.slice(0, -1), last].join(' '))
}

interface Titled {
  phrase: string
  options: RecordOption[]
}

async function titledSo(tx: Transaction, text: string, noun: EntityName | undefined): Promise<Titled | undefined> {
  for (const phrase of phrasesOf(text)) {
    const hits = await searchRecords(tx, {
      q: phrase,
      entities: noun !== undefined && written.includes(noun) ? written : [...titled, ...named],
      limit: mostFound,
    })
    const found = hits.flatMap(({ entity, id, label, detail }): RecordOption[] => {
      const stands = ` ${fold(label).replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${phrase} `)
      return stands ? [{ entity: entityBySingular(entity)?.name ?? (entity as EntityName), id, label, detail }] : []
    })
    const most = titled.toSorted((a, b) => countOf(found, b) - countOf(found, a))[0]
    const isMeant = meant(phrase, found, noun)
    const options = found.filter((option) => option.entity === (noun ?? most) && isMeant(option))
    if (options.length >= fewest) return { phrase, options }
  }
  return undefined
}

/** "Webinar Acme" is a webinar; "Induction Grand Hotel" is no hotel. */
function meant(phrase: string, found: readonly RecordOption[], noun: EntityName | undefined): (option: RecordOption) => boolean {
  const isName = found.some(({ entity }) => named.includes(entity))
  return ({ label }) => !isName || (noun === 'events' && fold(label).startsWith(`${phrase} `))
}

function countOf(found: readonly RecordOption[], of: EntityName): number {
  return found.filter(({ entity }) => entity === of).length
}
