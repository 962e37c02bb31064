import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import type { Candidate } from './candidates.ts'
import type { QueryToken } from './query-tokens.ts'
import type { WordMatch } from './vocabulary.ts'

/** A record that a search found. */
export interface SearchHit {
  /** Singular noun. */
  entity: string
  id: string
  label: string
  detail: string
  /** 0-1; 1 is the exact label. */
  score: number
  /** Why it was found, for people. */
  why: string
}

/** A token and the words of the workspace that may answer it. */
export interface ExpandedToken {
  token: QueryToken
  matches: ReadonlyMap<string, WordMatch>
  /** So short, or so common a beginning, that words of records are compared with it rather than looked up. */
  open: boolean
}

interface TokenHit {
  token: QueryToken
  word: string
  match: WordMatch
  inLabel: boolean
  value: number
}

export interface RankedCandidate {
  candidate: Candidate
  hit: SearchHit
  missing: number
  mistyped: boolean
}

const inDetail = 0.6
const identifying = 0.95

function bestHit({ token, matches, open }: ExpandedToken, candidate: Candidate): TokenHit | undefined {
  let best: TokenHit | undefined
  for (const [position, word] of candidate.terms.entries()) {
    let match = matches.get(word)
    if (match === undefined && open && word.startsWith(token.words[0] as string)) match = { word, kind: 'prefix', distance: 0, weight: 0.8 }
    if (match === undefined) continue
    const inLabel = position < candidate.label_words
    // An address or a number identifies its owner as well as a name does.
    const place = inLabel ? 1 : token.kind !== 'word' && match.kind === 'exact' ? identifying : inDetail
    const value = match.weight * place
    if (best === undefined || value > best.value) best = { token, word, match, inLabel, value }
  }
  return best
}

function reasonOf(hit: TokenHit): string {
  const place = hit.token.kind === 'phone' ? 'phone' : hit.token.kind === 'email' || hit.word.includes('@') ? 'e-mail' : hit.inLabel ? 'name' : 'details'
  if (hit.match.kind === 'typo') return `"${hit.token.text}" read as "${hit.word}" in the ${place}`
  if (hit.match.kind === 'prefix') return `${place} has "${hit.word}"`
  return `"${hit.token.text}" in the ${place}`
}

function explain(hits: readonly TokenHit[], missing: readonly QueryToken[], exactLabel: boolean): string {
  const found = exactLabel
    ? 'exact name'
    : hits.length > 0 && hits.every((hit) => hit.inLabel && hit.match.kind === 'exact')
      ? 'all words in the name'
      : [...new Set(hits.map(reasonOf))].join(', ')
  return missing.length === 0 ? found : `${found}; nothing has all words, this lacks ${missing.map((token) => `"${token.text}"`).join(', ')}`
}

/** Scores one record against what was asked; undefined when nothing of it fits. */
export function rankCandidate(candidate: Candidate, tokens: readonly ExpandedToken[], label: string): RankedCandidate | undefined {
  const hits: TokenHit[] = []
  const missing: QueryToken[] = []
  for (const token of tokens) {
    const hit = bestHit(token, candidate)
    if (hit === undefined) missing.push(token.token)
    else hits.push(hit)
  }
  const exactLabel = candidate.label_norm === label
  if (hits.length === 0 && !exactLabel) return undefined
  const labelWords = new Set(hits.filter((hit) => hit.inLabel).map((hit) => hit.word)).size
  const closeness = candidate.label_words === 0 ? 0 : Math.min(1, labelWords / candidate.label_words)
  const mean = hits.reduce((sum, hit) => sum + hit.value, 0) / tokens.length
  const partial = missing.length === 0 ? 1 : 0.6
  const score = exactLabel ? 1 : mean * (0.82 + 0.15 * closeness) * partial
  return {
    candidate,
    missing: exactLabel ? 0 : missing.length,
    mistyped: !exactLabel && hits.some((hit) => hit.match.kind === 'typo'),
    hit: {
      entity: entities[candidate.entity].singular,
      id: candidate.record_id,
      label: candidate.label,
      detail: candidate.detail,
      score: Math.round(score * 10_000) / 10_000,
      why: explain(hits, exactLabel ? [] : missing, exactLabel),
    },
  }
}

const rank: readonly EntityName[] = [
  'contacts',
  'organisations',
  'leads',
  'opportunities',
  'products',
  'pipelines',
  'orders',
  'quotes',
  'events',
  'tasks',
  'emails',
  'notes',
]
const rankOf = new Map(entityNames.map((name) => [name, rank.includes(name) ? rank.indexOf(name) : rank.length]))

/** Best first; equals in an order that is the same every time. */
export function byRank(a: RankedCandidate, b: RankedCandidate): number {
  return (
    b.hit.score - a.hit.score ||
    (rankOf.get(a.candidate.entity) ?? 0) - (rankOf.get(b.candidate.entity) ?? 0) ||
    a.candidate.label_norm.length - b.candidate.label_norm.length ||
    (a.candidate.label_norm < b.candidate.label_norm ? -1 : a.candidate.label_norm > b.candidate.label_norm ? 1 : 0) ||
    (a.candidate.record_id < b.candidate.record_id ? -1 : 1)
  )
}
