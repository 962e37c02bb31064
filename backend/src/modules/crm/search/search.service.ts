import type { Transaction } from '#backend/infra/database/database.ts'
import { requireScope } from '#backend/kernel/actor.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { type Candidate, type CandidateSet, type Found, findAsTyped, findCandidates, mostBeginnings, visibleRecords } from './candidates.ts'
import { addressParts, type QueryToken, queryTokens } from './query-tokens.ts'
import { byRank, type ExpandedToken, type RankedCandidate, rankCandidate, type SearchHit } from './ranking.ts'
import { expandWords, matchesOf, type WordMatch } from './vocabulary.ts'

export type { SearchHit } from './ranking.ts'
export { expandWord, type WordMatch } from './vocabulary.ts'

export interface SearchInput {
  q: string
  /** Plural names; default: everything searchable. */
  entities?: readonly EntityName[]
  limit: number
}

const searchable = entityNames.filter((name) => entities[name].searchable)
const exactAtMost = 200
const expandedAtMost = 500
/** When a token is compared record by record, more records are looked at. */
const openAtMost = 3000
const spare = 20
/** Score of a hit that has every word as typed in its name. */
const typedExists = 0.85
/** Score of a hit whose name is what was typed. */
const exactName = 1

/** Candidates in their order, and which of them the actor may see where that is known already. */
interface Ranking {
  ranked: RankedCandidate[]
  visible: Found['visible']
}

function exactMatch(word: string): WordMatch {
  return { word, kind: 'exact', distance: 0, weight: 1 }
}

async function expandTokens(tx: Transaction, tokens: readonly QueryToken[]): Promise<ExpandedToken[]> {
  const expansions = await expandWords(
    tx,
    tokens.map((token) => token.words[0] as string),
  )
  return tokens.map((token, index) => {
    const expansion = expansions[index]
    const matches = new Map<string, WordMatch>(token.words.map((word) => [word, exactMatch(word)]))
    for (const match of expansion?.matches ?? []) if (!matches.has(match.word)) matches.set(match.word, match)
    return { token, matches, open: token.kind === 'word' && ((expansion?.truncated ?? false) || (token.words[0] as string).length <= 2) }
  })
}

/** Addresses nobody has are looked for by their parts, which tolerate typing mistakes. */
async function withoutUnknownAddresses(tx: Transaction, expanded: ExpandedToken[]): Promise<ExpandedToken[]> {
  const unknown = expanded.filter(({ token, matches }) => token.kind === 'email' && matches.size <= 1 && token.text.includes('@'))
  if (unknown.length === 0) return expanded
  const parts = await expandTokens(
    tx,
    unknown.flatMap(({ token }) => addressParts(token)),
  )
  return [...expanded, ...parts]
}

function candidateSets(tokens: readonly ExpandedToken[]): CandidateSet[] {
  const looked = tokens.some((token) => !token.open) ? tokens.filter((token) => !token.open) : tokens
  if (looked.length === 0) return []
  return [
    { alternatives: tokens.map((token) => token.token.words), atMost: exactAtMost },
    { alternatives: looked.map((token) => [...token.matches.keys()]), atMost: looked.length < tokens.length ? openAtMost : expandedAtMost },
  ]
}

async function rank(
  tx: Transaction,
  tokens: readonly ExpandedToken[],
  sets: readonly CandidateSet[],
  wanted: readonly EntityName[],
  label: string,
): Promise<Ranking> {
  const found = await findCandidates(tx, sets, wanted, label)
  return { ranked: rankAll(found.candidates, tokens, label), visible: found.visible }
}

/** Records that have as many of the words as any record has, when none has all. */
async function rankWithout(tx: Transaction, tokens: readonly ExpandedToken[], wanted: readonly EntityName[], label: string): Promise<Ranking> {
  if (tokens.length < 2) return { ranked: [], visible: undefined }
  const allButOne = tokens.map((_, left) => candidateSets(tokens.filter((_, index) => index !== left)).map((set) => ({ ...set, atMost: exactAtMost })))
  let found = await rank(tx, tokens, allButOne.flat(), wanted, label)
  if (found.ranked.length === 0 && tokens.length > 2)
    found = await rank(
      tx,
      tokens,
      tokens.flatMap((token) => candidateSets([token]).map((set) => ({ ...set, atMost: exactAtMost }))),
      wanted,
      label,
    )
  const fewest = Math.min(...found.ranked.map((candidate) => candidate.missing))
  return { ...found, ranked: found.ranked.filter((candidate) => candidate.missing === fewest) }
}

/**
 * Finds records by name in any order, beginnings of words, e-mail, phone in any format, organisation; forgives typing mistakes.
 * When no record has all the words, those with the most of them are returned, and `why` says so.
 */
export async function searchRecords(tx: Transaction, { q, entities: wanted = searchable, limit }: SearchInput): Promise<readonly SearchHit[]> {
  requireScope(tx.actor, 'crm:read')
  return tx.cached(`search ${limit} ${wanted.join()} ${q}`, () => search(tx, { q, entities: wanted, limit }))
}

async function search(tx: Transaction, { q, entities: wanted, limit }: Required<SearchInput>): Promise<SearchHit[]> {
  const label = fold(q).replace(/\s+/g, ' ').trim()
  const typed = queryTokens(q)
  if (typed.length === 0) return []
  const asTyped = await rankAsTyped(tx, typed, wanted, label)
  if (asTyped !== undefined) return listed(tx, asTyped, limit)
  const tokens = await expandTokens(tx, typed)
  const all = await rank(tx, tokens, candidateSets(tokens), wanted, label)
  let ranked = all.ranked.filter((candidate) => candidate.missing === 0)
  if (ranked.length === 0) return listed(tx, await rankWithout(tx, await withoutUnknownAddresses(tx, tokens), wanted, label), limit)
  // What was typed exists, so nothing was mistyped.
  if (ranked.some((candidate) => !candidate.mistyped && candidate.hit.score >= typedExists)) ranked = ranked.filter((candidate) => !candidate.mistyped)
  return listed(tx, { ...all, ranked }, limit)
}

/**
 * Records that have every word as it was typed, followed by those whose words begin with the last one.
 * Undefined when there are none in whose name they stand: then other beginnings and typing mistakes are to be considered.
 */
async function rankAsTyped(tx: Transaction, typed: readonly QueryToken[], wanted: readonly EntityName[], label: string): Promise<Ranking | undefined> {
  const last = typed.at(-1) as QueryToken
  const found = await findAsTyped(
    tx,
    typed.map((token) => token.words),
    last.kind === 'word' ? last.words : [],
    wanted,
    label,
  )
  const tokens = typed.map((token): ExpandedToken => ({ token, matches: new Map(token.words.map((word) => [word, exactMatch(word)])), open: false }))
  const exact = rankAll(found.candidates, tokens, label).filter(({ missing }) => missing === 0)
  // An address or a number names its owner, whatever the name is.
  const identifies = typed.every(({ kind }) => kind !== 'word')
  // A last word that so much begins with tells little, unless it ends a name that there is.
  const enough = found.beginnings.length > mostBeginnings || last.text.length <= 2 ? exactName : typedExists
  if (!exact.some(({ hit }) => identifies || hit.score >= enough)) return undefined
  const longer = matchesOf(last.words[0] as string, found.beginnings).filter(({ word }) => !last.words.includes(word))
  if (longer.length === 0) return { ranked: exact, visible: found.visible }
  const begun = tokens.map((token) =>
    token.token === last ? { ...token, matches: new Map([...token.matches, ...longer.map((match) => [match.word, match] as const)]) } : token,
  )
  return { ranked: rankAll(found.candidates, begun, label).filter(({ missing }) => missing === 0), visible: found.visible }
}

function rankAll(candidates: readonly Candidate[], tokens: readonly ExpandedToken[], label: string): RankedCandidate[] {
  return candidates.flatMap((candidate) => rankCandidate(candidate, tokens, label) ?? []).sort(byRank)
}

/** The best of them that the actor may see. */
async function listed(tx: Transaction, { ranked, visible: known }: Ranking, limit: number): Promise<SearchHit[]> {
  const best = ranked.slice(0, limit + spare)
  const visible =
    known ??
    (await visibleRecords(
      tx,
      best.map(({ candidate }) => candidate),
    ))
  const seen = known === undefined ? best : ranked
  return seen
    .filter(({ candidate }) => visible.has(`${candidate.entity} ${candidate.record_id}`))
    .slice(0, limit)
    .map(({ hit }) => hit)
}

/** The records most like a text that named nothing: "the nearest thing that exists". Empty when nothing is at all like it. */
export async function nearestLabels(tx: Transaction, text: string, wanted: readonly EntityName[], limit: number): Promise<readonly SearchHit[]> {
  return searchRecords(tx, { q: text, entities: wanted, limit })
}
