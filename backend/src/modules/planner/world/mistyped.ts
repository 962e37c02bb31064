import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { editDistance } from '#backend/kernel/edit-distance.ts'
import { expandWord } from '#backend/modules/crm/index.ts'
import { losesWord } from '#backend/modules/planner/language/idle-correction.ts'
import { lexiconOf } from '#backend/modules/planner/language/lexicons.ts'
import { withoutSlip } from '#backend/modules/planner/language/spelling.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import { vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { fold } from '#contracts/fold.ts'
import { loadWorld, type World } from './world.ts'
import { singular } from './world-query.ts'

/** Mistyped words of one question that are looked for, and what each may be. */
const mostWords = 3
const mostCandidates = 6
/** Words of a name on either side of the mistyped one. */
const widest = 2
/** Letters of a word of which one may be wrong though nothing beside it tells. */
const shortestTopic = 6

interface Window {
  phrase: string
  /** How many words beside the mistyped one the name has. */
  beside: number
  word: string
}

/**
 * The question with a mistyped word of a name put right, where what stands beside it makes the whole name ("new yrok", "decison makers",
 * "open dor realty"); undefined when no name comes of it, or more than one.
 */
export async function withNamesMended(
  tx: Transaction,
  question: string,
  tokens: readonly Token[],
  doubtful: readonly Token[],
  world: World,
): Promise<string | undefined> {
  const mends: { token: Token; word: string }[] = []
  for (const token of doubtful.slice(0, mostWords)) {
    const word = (await wordOfName(tx, tokens, token, world)) ?? knownWord(tokens, token, world) ?? (await wordOfTopic(tx, tokens, token, world))
    if (word !== undefined) mends.push({ token, word })
  }
  if (mends.length === 0) return undefined
  mends.sort((a, b) => b.token.start - a.token.start)
  return mends.reduce((text, { token, word }) => text.slice(0, token.start) + word + text.slice(token.end), question)
}

async function wordOfName(tx: Transaction, tokens: readonly Token[], token: Token, world: World): Promise<string | undefined> {
  const said = fold(token.text)
  const at = tokens.indexOf(token)
  const candidates = await wordsNear(tx, said, tokens.slice(Math.max(0, at - widest), at), world)
  // "Slow payers" are several of the value, and no mistake.
  if (candidates.some((word) => singular(said) === singular(word))) return undefined
  // "Referal" is nearer to the value than to "renewal", which it was taken for.
  const alone = token.norm === said ? [] : candidates.filter((word) => editDistance(said, word, 1) === 1).map((word) => ({ phrase: word, beside: 0, word }))
  const windows = [...alone, ...candidates.flatMap((word) => windowsOf(tokens, at, word))]
  if (windows.length === 0) return undefined
  const phrases = [...new Set(windows.flatMap(({ phrase }) => [phrase, phrase.replace(/s$/, '')]))]
  const found = await loadWorld(tx, { phrases, beginnings: [...new Set(windows.map(({ phrase }) => phrase))], words: [] }, world.language)
  const named = windows.filter(({ phrase, beside }) => (beside === 0 ? found.values.has(phrase) : isNamed(phrase, found)))
  const most = Math.max(...named.map(({ beside }) => beside))
  const words = new Set(named.filter(({ beside }) => beside === most).map(({ word }) => word))
  const [word] = words
  return words.size === 1 && word !== undefined ? severalAs(said, word) : undefined
}

/** "Gold partnes" are several. */
function severalAs(said: string, word: string): string {
  const plural = `${word}s`
  return said.endsWith('s') && !word.endsWith('s') && editDistance(said, plural, 2) <= editDistance(said, word, 2) ? plural : word
}

/** "Discoutn", "contcated": only the text itself tells a value, or what is looked for. */
function knownWord(tokens: readonly Token[], token: Token, { language }: World): string | undefined {
  const { commonWords } = vocabularyOf(language)
  const lexicon = lexiconOf(language)
  const word = token.capital ? undefined : withoutSlip(fold(token.text), (known) => lexicon.words.has(known) || commonWords.has(known))
  return word === undefined || losesWord(tokens, tokens.indexOf(token), word, lexicon) ? undefined : word
}

/** "Notes about insatllations": a word of records one letter off, where nothing but what they say is looked for. */
async function wordOfTopic(tx: Transaction, tokens: readonly Token[], token: Token, { language }: World): Promise<string | undefined> {
  const said = fold(token.text)
  const before = lexiconOf(language).phrases.get(tokens[tokens.indexOf(token) - 1]?.norm ?? '') ?? []
  const isTopic = before.some(
    ({ reading }) =>
      reading.kind === 'contains' || (reading.kind === 'preposition' && reading.word === 'about') || (reading.kind === 'verb' && reading.verb === 'mention'),
  )
  if (!isTopic || said.length < shortestTopic) return undefined
  const near = (await expandWord(tx, said)).filter(
    ({ kind, distance, word }) => kind === 'typo' && distance === 1 && word[0] === said[0] && word.at(-1) === said.at(-1),
  )
  return near.length === 1 ? near[0]?.word : undefined
}

function isNamed(phrase: string, { values, labels, partialLabels, partialValues, users }: World): boolean {
  const singular = phrase.replace(/s$/, '')
  return (
    [phrase, singular].some((form) => values.has(form) || labels.has(form)) ||
    partialLabels.has(phrase) ||
    partialValues.has(phrase) ||
    users.some(({ name }) => fold(name) === phrase)
  )
}

/** The candidate with up to so many words before and after it. */
function windowsOf(tokens: readonly Token[], at: number, word: string): Window[] {
  const beside = (step: 1 | -1) => {
    const norms: string[] = []
    for (let index = at + step; norms.length < widest; index += step) {
      const other = tokens[index]
      if (other === undefined || (other.kind !== 'word' && other.kind !== 'number')) break
      norms.push(fold(other.text))
    }
    return norms
  }
  const before = beside(-1).reverse()
  const after = beside(1)
  const windows: Window[] = []
  for (let left = 0; left <= before.length; left++)
    for (let right = 0; right <= after.length; right++)
      if (left + right > 0)
        windows.push({ phrase: [...before.slice(before.length - left), word, ...after.slice(0, right)].join(' '), beside: left + right, word })
  return windows
}

/** Words of names and values that are a typing mistake away. */
async function wordsNear(tx: Transaction, said: string, before: readonly Token[], { users, language }: World): Promise<string[]> {
  const edits = said.length < 7 ? 1 : 2
  const beginnings = before.map((_, from) =>
    before
      .slice(from)
      .map(({ text }) => fold(text))
      .join(' '),
  )
  const { partialLabels } = await loadWorld(tx, { phrases: [], beginnings, words: [] }, language)
  const labels = [...partialLabels.values()].flat().map(({ label }) => fold(label))
  const rows = await tx.query<{ norm: string }>(
    sql`select distinct norm from field_values where workspace_id = ${tx.workspaceId} and length(norm) <= 60 limit 5000`,
  )
  const words = new Set([...labels, ...rows.map(({ norm }) => norm), ...users.map(({ name }) => fold(name))].flatMap((name) => name.split(/[^\p{L}\p{N}]+/u)))
  const near = [...words].filter((word) => word !== said && word.length > 2 && editDistance(said, word, edits) <= edits)
  const ofRecords = (await expandWord(tx, said)).filter(({ kind }) => kind === 'typo').map(({ word }) => word)
  return [...new Set([...near, ...ofRecords])].slice(0, mostCandidates)
}
