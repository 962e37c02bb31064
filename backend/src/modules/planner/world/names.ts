import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { editDistance } from '#backend/kernel/edit-distance.ts'
import { nearestLabels, searchRecords } from '#backend/modules/crm/index.ts'
import type { Lexeme, Reading, RecordOption, ValueOption } from '#backend/modules/planner/language/reading.ts'
import { allowedEdits } from '#backend/modules/planner/language/spelling.ts'
import { placeNames } from '#backend/modules/planner/vocabulary/places.ts'
import { vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { type EntityName, entities, entityBySingular, entityNames } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { isCode, productsBeginning, recordsCalled } from './codes.ts'
import { inOwnMoney } from './own-money.ts'
import { joinTitles } from './titles.ts'
import { usersNamed, type World } from './world.ts'

/** A plausible hit for a name as typed; below it a hit shares too little with the words. */
const enough = 0.5
const searchedEntities: readonly EntityName[] = ['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'quotes', 'tasks', 'events']

/** Joins neighbouring unknown words into names and gives each what the data offers for it. */
export async function resolveNames(
  tx: Transaction,
  question: string,
  lexemes: readonly Lexeme[],
  world: World,
  offsets: (lexeme: Lexeme) => { from: number; to: number },
): Promise<Lexeme[]> {
  const titled = await joinTitles(tx, question, joinPurpose(joinQuoted(question, lexemes, offsets)), offsets)
  const joined = joinUnknown(question, titled, offsets)
  const result: Lexeme[] = []
  for (const lexeme of joined) {
    if (lexeme.readings[0]?.reading.kind !== 'unknown') {
      result.push(lexeme)
      continue
    }
    const readings = await readingsOf(tx, lexeme.text, world)
    result.push(readings.length === 0 ? lexeme : { ...lexeme, readings })
  }
  return inOwnMoney(tx, result)
}

/** Who wrote or sent it is said after what it says. */
const writing = new Set(['author', 'send', 'create', 'receive'])
const topicKinds = new Set<Reading['kind']>(['unknown', 'text', 'field', 'value', 'record', 'entity', 'state', 'verb'])
/** Of what is written about, these are words like others: "a missing certificate". */
const describing = new Set<Reading['kind']>(['empty', 'negation', 'superlative', 'aggregate', 'measure'])

/** "Tasks to chase an invoice": what work is for is in its title, when one of its words is no keyword. */
function joinPurpose(lexemes: readonly Lexeme[]): Lexeme[] {
  const isWork = ({ readings }: Lexeme) =>
    readings.some(({ reading }) => reading.kind === 'entity' && (reading.entity === 'tasks' || reading.entity === 'events'))
  const isTo = ({ readings }: Lexeme) => readings.some(({ reading }) => reading.kind === 'preposition' && (reading.word === 'to' || reading.word === 'about'))
  const at = lexemes.findIndex((lexeme, index) => index > 0 && isTo(lexeme) && isWork(lexemes[index - 1] as Lexeme))
  if (at === -1) return [...lexemes]
  const isSaid = (lexeme: Lexeme | undefined) =>
    lexeme !== undefined && !startsAnew(lexeme) && lexeme.readings.some(({ reading }) => topicKinds.has(reading.kind))
  const isFiller = (lexeme: Lexeme | undefined) => lexeme?.readings.every(({ reading }) => reading.kind === 'filler') === true
  const isNoun = (lexeme: Lexeme | undefined) => lexeme?.readings.some(({ reading }) => ['unknown', 'entity', 'field'].includes(reading.kind)) === true
  let end = at + 1
  while (isSaid(lexemes[end]) || (isFiller(lexemes[end]) && isNoun(lexemes[end + 1]))) end++
  const words = lexemes.slice(at + 1, end).filter((lexeme) => !isFiller(lexeme))
  const [first, last] = [words[0], words.at(-1)]
  const papers = ({ readings }: Lexeme) => readings.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'orders')
  if (first === undefined || last === undefined || !words.some((word) => isMereWord(word) || papers(word))) return [...lexemes]
  const text = words.map((word) => word.text).join(' ')
  return [
    ...lexemes.slice(0, at + 1),
    { start: first.start, end: last.end, text, readings: [{ reading: { kind: 'text', text }, weight: 0 }] },
    ...lexemes.slice(end),
  ]
}

/** "Notes mentioning budget freeze": the words after such a verb are one text when one of them is no keyword. */
function joinQuoted(question: string, lexemes: readonly Lexeme[], offsets: (lexeme: Lexeme) => { from: number; to: number }): Lexeme[] {
  const said = lexemes.findIndex(
    (lexeme) => lexeme.readings[0]?.reading.kind === 'contains' || lexeme.readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'mention'),
  )
  const at = said === -1 ? topicOf(lexemes) : said
  if (at === -1) return [...lexemes]
  let from = at + 1
  // "Mention a budget freeze": the article is no part of it.
  while (lexemes[from]?.readings.every(({ reading }) => reading.kind === 'filler') === true) from++
  let end = from
  while (
    end < lexemes.length &&
    !startsAnew(lexemes[end] as Lexeme) &&
    !(end > from && lexemes[end]?.readings.some(({ reading }) => reading.kind === 'verb' && writing.has(reading.verb))) &&
    lexemes[end]?.readings.some(
      ({ reading }) =>
        topicKinds.has(reading.kind) ||
        (said === -1 && describing.has(reading.kind)) ||
        (end > from && (reading.kind === 'number' || (reading.kind === 'negation' && topicGoesOn(lexemes[end + 1])))),
    )
  )
    end++
  const words = lexemes.slice(from, end)
  const [first, last] = [words[0], words.at(-1)]
  const few = said === -1 ? words.length < 1 : words.length < 2
  if (few || first === undefined || last === undefined || (said !== -1 && !words.some(isMereWord))) return [...lexemes]
  return [
    ...lexemes.slice(0, at + 1),
    {
      start: first.start,
      end: last.end,
      text: question.slice(offsets(first).from, offsets(last).to),
      readings: [{ reading: { kind: 'text', text: question.slice(offsets(first).from, offsets(last).to) }, weight: 0 }],
    },
    ...lexemes.slice(end),
  ]
}

/** "The key does not work": the denial is of what is said. */
function topicGoesOn(lexeme: Lexeme | undefined): boolean {
  return lexeme?.readings.some(({ reading }) => reading.kind === 'unknown' || reading.kind === 'verb' || reading.kind === 'text') === true
}

/** "Notes about late delivery": where the words begin that written things are about; -1 when what they are about has a name. */
function topicOf(lexemes: readonly Lexeme[]): number {
  const written = lexemes.findIndex((lexeme) =>
    lexeme.readings.some(({ reading }) => reading.kind === 'entity' && (reading.entity === 'notes' || reading.entity === 'emails')),
  )
  if (written === -1) return -1
  const at = lexemes.findIndex(
    (lexeme, index) => index > written && lexeme.readings.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'about'),
  )
  const next = at === -1 ? undefined : lexemes[at + 1]
  if (next === undefined || startsAnew(next)) return -1
  // "Notes about open deals" are about records.
  const rest = lexemes.slice(at + 1)
  const end = rest.findIndex(startsAnew)
  const nouns = (end === -1 ? rest : rest.slice(0, end)).some(({ readings }) => readings.some(({ reading }) => reading.kind === 'entity'))
  return nouns ? -1 : at
}

function isMereWord({ readings }: Lexeme): boolean {
  return readings[0]?.reading.kind === 'unknown' || readings.every(({ reading }) => reading.kind === 'record' && !reading.exact)
}

/** A name, a person or a kind of record is no mere word. */
function startsAnew(lexeme: Lexeme): boolean {
  return lexeme.readings.some(
    ({ reading }) => reading.kind === 'user' || reading.kind === 'period' || (reading.kind === 'record' && reading.exact) || reading.kind === 'preposition',
  )
}

function joinUnknown(question: string, lexemes: readonly Lexeme[], offsets: (lexeme: Lexeme) => { from: number; to: number }): Lexeme[] {
  const result: Lexeme[] = []
  for (const lexeme of lexemes) {
    const last = result.at(-1)
    const isNamePart = (one: Lexeme) =>
      one.readings[0]?.reading.kind === 'unknown' ||
      (one.readings.length > 0 &&
        one.readings.every(({ reading }) => (reading.kind === 'record' && !reading.exact) || (reading.kind === 'value' && reading.near === 'part')))
    const unknownPair =
      last !== undefined &&
      last.end === lexeme.start &&
      isNamePart(last) &&
      isNamePart(lexeme) &&
      (last.readings[0]?.reading.kind === 'unknown' || lexeme.readings[0]?.reading.kind === 'unknown')
    if (unknownPair && last !== undefined) {
      result[result.length - 1] = {
        start: last.start,
        end: lexeme.end,
        text: question.slice(offsets(last).from, offsets(lexeme).to),
        readings: [{ reading: { kind: 'unknown' }, weight: 0 }],
      }
    } else result.push(lexeme)
  }
  return result
}

async function readingsOf(tx: Transaction, text: string, world: World): Promise<{ reading: Reading; weight: number }[]> {
  const norm = fold(text).replace(/[.?!]+$/, '')
  const { commonWords } = vocabularyOf(world.language)
  // An everyday word that names nothing here is no name mistyped.
  if (!/^\p{Lu}/u.test(text) && norm.split(' ').every((word) => commonWords.has(word)))
    if (!norm.includes(' ') || !norm.split(' ').every((word) => world.words.has(word)))
      return world.words.has(norm) ? [{ reading: { kind: 'text', text }, weight: -0.3 }] : []
  const readings: { reading: Reading; weight: number }[] = []
  if (isCode(norm)) {
    const called = await recordsCalled(tx, text)
    const options = called.length > 0 ? called : await productsBeginning(tx, text)
    if (options.length > 0) return [{ reading: { kind: 'record', options, exact: called.length > 0, query: norm }, weight: 0.4 }]
  }
  const users = usersNamed(world, norm)
  const closeUsers =
    users.length > 0
      ? users
      : world.users
          .filter(
            (user) =>
              fold(user.name)
                .split(' ')
                .some((part) => part.length > 3 && part[0] === norm[0] && editDistance(part, norm, 1) <= 1) ||
              (norm.length > 6 && editDistance(fold(user.name), norm, 2) <= 2),
          )
          .map(({ id, name }) => ({ id, name }))
  if (closeUsers.length > 0) readings.push({ reading: { kind: 'user', options: closeUsers }, weight: users.length > 0 ? 0.3 : 0.1 })
  const values = [
    ...(await nearValues(tx, norm, freeText(world))).filter(({ value }) => !isContraryOf(norm, fold(value), world)),
    ...((world.counts.products ?? 0) === 0 && (world.counts.order_lines ?? 0) > 0 ? await lineDescriptions(tx, norm) : []),
  ]
  // "Hamburg" may not be the fair called "SMM Hamburg".
  const called = /^\p{Lu}/u.test(text)
  const guessed = values.length > 0 && values.every(({ value }) => isGuess(fold(value), norm) || (called && fold(value).includes(` ${norm}`)))
  if (values.length > 0) readings.push({ reading: { kind: 'value', options: values, ...(guessed ? { near: 'guess' as const } : {}) }, weight: 0.1 })
  else if (isPlace(norm) && (norm.length > 3 || /^\p{Lu}+$/u.test(text)))
    readings.push({ reading: { kind: 'value', options: placesCalled(text) }, weight: 0.1 })
  if (norm.length >= 2) {
    const hits = await searchRecords(tx, { q: text, entities: searchedEntities, limit: 12 })
    const best = hits[0]?.score ?? 0
    const options: RecordOption[] = hits
      .filter(
        (hit) =>
          (hit.score >= enough || (/\d/.test(norm) && fold(hit.detail).includes(norm))) &&
          hit.score >= best - 0.12 &&
          !/\black(?:s|ing)?\b/.test(hit.why) &&
          bears(hit, norm, called ? 3 : 4),
      )
      .flatMap((hit) => {
        const entity = entityBySingular(hit.entity)?.name ?? (hit.entity as EntityName)
        return [{ entity, id: hit.id, label: hit.label, detail: hit.detail }]
      })
    if (options.length > 0) readings.push({ reading: { kind: 'record', options, exact: false, query: norm }, weight: values.length > 0 ? -0.05 : 0.05 })
  }
  readings.push({ reading: { kind: 'text', text }, weight: -0.3 })
  return readings.sort((a, b) => b.weight - a.weight)
}

/**
 * Each word said is one of the record's, a typing mistake aside; a short word must begin alike. Words run together count as one.
 * @param beginning letters that must be said of a word for its beginning to be enough
 */
function bears({ label, detail }: { label: string; detail: string }, norm: string, beginning: number): boolean {
  const whole = fold(`${label} ${detail}`)
  if (norm.length > beginning && bare(label).includes(bare(norm))) return true
  const words = wordsIn(whole)
  return wordsIn(norm).every((said) =>
    words.some(
      (word) =>
        word === said ||
        (said.length >= beginning && word.startsWith(said)) ||
        (word[0] === said[0] || said.length > 5 ? editDistance(said, word, allowedEdits(said.length)) : 9) <= allowedEdits(said.length),
    ),
  )
}

function bare(text: string): string {
  return wordsIn(fold(text)).join('')
}

function wordsIn(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** Values within a typing mistake of the text, or that hold it as a word or begin with it. */
export async function nearValues(tx: Transaction, norm: string, whole: ReadonlySet<string> = new Set()): Promise<ValueOption[]> {
  if (norm.length < 3) return []
  const first = norm[0] as string
  const rows = await tx.query<ValueRow>(sql`
    select distinct entity, field, value, norm from field_values where workspace_id = ${tx.workspaceId}
      and ((norm >= ${first} and norm < ${`${first}\uffff`}) or strpos(norm, ${` ${norm}`}) > 0 or strpos(norm, ${norm.slice(1)}) > 0) limit 5000`)
  let found = nearestRows(norm, rows, (row) => [row.norm])
  const partly = rows.filter((row) => !whole.has(`${row.entity} ${row.field}`))
  if (found.length === 0 && norm.length >= 4) {
    const stem = norm.replace(/(?:ies|es|s|ing|er|ers)$/, '')
    found = partly
      .filter(
        (row) =>
          row.norm.startsWith(norm) ||
          (stem.length >= 4 && row.norm.startsWith(stem)) ||
          row.norm.includes(` ${norm}`) ||
          (stem.length >= 4 && row.norm.includes(` ${stem}`)),
      )
      .slice(0, 40)
  }
  if (found.length === 0 && norm.length >= 5) {
    const all = await tx.query<ValueRow>(
      sql`select distinct entity, field, value, norm from field_values where workspace_id = ${tx.workspaceId} and length(norm) <= 60 limit 5000`,
    )
    // A word within a longer value must begin alike and be one letter off at most.
    found = nearestRows(norm, all, (row) => [row.norm])
    if (found.length === 0)
      found = all
        .filter(
          (row) =>
            !whole.has(`${row.entity} ${row.field}`) &&
            row.norm.split(' ').some((word) => word.length > 4 && word[0] === norm[0] && editDistance(norm, word, 1) <= 1),
        )
        .slice(0, 40)
  }
  return found.map((row) => ({ entity: row.entity, path: row.field, value: row.value }))
}

/** Two mistakes in a word, one in the first letter of a short one, or a word that only a part resembles, may as well be another word. */
function isGuess(value: string, norm: string): boolean {
  if (value === norm || value.includes(norm)) return false
  const distance = editDistance(value, norm, 3)
  if (distance === 1) return value[0] !== norm[0] && norm.length < 8
  return distance === 2 ? norm.length < 11 : distance > 2
}

/** A country that exists, though nobody here is in it. */
function isPlace(norm: string): boolean {
  return placeNames.has(norm)
}

function placesCalled(value: string): ValueOption[] {
  return entityNames.filter((entity) => entities[entity].fields.country !== undefined).map((entity) => ({ entity, path: 'country', value }))
}

/** Fields of free text, of which a word is no value. */
function freeText({ customFields }: World): Set<string> {
  return new Set(customFields.filter(({ type }) => type === 'text').map(({ entity, key }) => `${entity} custom.${key}`))
}

interface ValueRow {
  entity: EntityName
  field: string
  value: string
  norm: string
}

/** Rows of which one of the words is nearest to the text, within what a typing mistake may be. */
function nearestRows(norm: string, rows: readonly ValueRow[], wordsOf: (row: ValueRow) => string[]): ValueRow[] {
  const limit = allowedEdits(norm.length)
  let best = limit + 1
  let found: ValueRow[] = []
  for (const row of rows) {
    const distance = Math.min(...wordsOf(row).map((word) => (word === norm ? 0 : editDistance(norm, word, limit))))
    if (distance < best) [best, found] = [distance, [row]]
    else if (distance === best && distance <= limit) found.push(row)
  }
  return found
}

/** "Uncontacted" is no mistyped "Contacted". */
function isContraryOf(said: string, value: string, { language }: World): boolean {
  return vocabularyOf(language)
    .denials.split('|')
    .some((prefix) => said === `${prefix}${value}`)
}

/** What order lines say, where no catalogue names the products. */
async function lineDescriptions(tx: Transaction, norm: string): Promise<ValueOption[]> {
  const rows = await tx.query<{ description: string }>(sql`
    select distinct description from order_lines where workspace_id = ${tx.workspaceId} and deleted_at is null and strpos(fold(description), ${norm}) > 0 limit 40`)
  return rows.map(({ description }) => ({ entity: 'order_lines', path: 'description', value: description }))
}

/** The nearest things that exist, for an answer that found nothing. */
export async function nearest(tx: Transaction, text: string, entities: readonly EntityName[]): Promise<string[]> {
  const labels = await nearestLabels(tx, text, entities, 3)
  return labels.map((label) => (typeof label === 'string' ? label : (label as { label: string }).label))
}
