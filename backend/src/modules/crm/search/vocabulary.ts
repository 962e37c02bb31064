import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { editDistance } from '#backend/kernel/edit-distance.ts'
import { forgivenEdits } from './forgiven-edits.ts'
import { beginningForms, deletionsOf, toleratesTypos } from './tokenizer.ts'

/** A word of the workspace that a typed word may stand for. */
export interface WordMatch {
  word: string
  kind: 'exact' | 'prefix' | 'typo'
  /** Edits between the two; 0 unless a typo. */
  distance: number
  /** 0-1, how well it answers what was typed. */
  weight: number
}

export interface Expansion {
  matches: WordMatch[]
  /** More words begin with what was typed than are listed. */
  truncated: boolean
}

const maxMatches = 60
const prefixScan = 300
const nearScan = 2000
const longWord = 8

function matchOf(typed: string, word: string): WordMatch | undefined {
  if (word === typed) return { word, kind: 'exact', distance: 0, weight: 1 }
  if (word.startsWith(typed)) return { word, kind: 'prefix', distance: 0, weight: 0.8 + 0.15 * (typed.length / word.length) }
  if (!toleratesTypos(word) && !toleratesTypos(typed)) return undefined
  // Neither may be a number: 2024 is no misspelt 2025.
  if (/\d/.test(typed) || /\d/.test(word) || word.includes('@')) return undefined
  const distance = editDistance(typed, word, forgivenEdits(typed))
  if (distance > forgivenEdits(typed)) return undefined
  // The first letter is seldom the mistaken one.
  return { word, kind: 'typo', distance, weight: (distance === 1 ? 0.76 : 0.62) - (word[0] === typed[0] ? 0 : 0.06) }
}

/** Forms of a typed word that may equal a stored form: one letter left out, and two of a long word. */
function lookedFor(word: string): string[] {
  if (word.includes('@') || /\d/.test(word) || word.length < 3) return []
  const once = deletionsOf(word)
  const twice = word.length < longWord || word.length > 20 ? [] : once.flatMap(deletionsOf)
  return [...new Set([...once, ...twice, ...beginningForms(word)])]
}

/**
 * The words of the workspace that each typed word may stand for, best first, at most 60 each, in one round trip:
 * itself, those that begin with it, and those within one edit (two when it has eight letters or more).
 */
export async function expandWords(tx: Transaction, words: readonly string[]): Promise<Expansion[]> {
  if (words.length === 0) return []
  const forms = words.flatMap((word, index) => lookedFor(word).map((form) => ({ form, index })))
  const long = words.map((word) => (word.length >= longWord && !/[\d@]/.test(word) ? word.slice(0, 4) : null))
  const rows = await tx.query<{ n: number; word: string; near: string }>(
    sql`
    select (t.n - 1)::int as n, found.word, 'begins' as near
    from unnest(${sql.param(words)}::text[]) with ordinality t (typed, n) cross join lateral (
      select word from search_words where workspace_id = ${tx.workspaceId} and word >= t.typed and word < t.typed || chr(1114111) order by word limit ${prefixScan}) found
    union all
    select f.n, d.word, 'form' from unnest(${sql.param(forms.map(({ form }) => form))}::text[], ${sql.param(forms.map(({ index }) => index))}::int[]) f (form, n)
      join search_deletions d on d.workspace_id = ${tx.workspaceId} and d.deletion = f.form
    union all
    select (t.n - 1)::int, found.word, 'start'
    from unnest(${sql.param(long)}::text[], ${sql.param(words.map(({ length }) => length))}::int[]) with ordinality t (start, size, n) cross join lateral (
      select word from search_words where workspace_id = ${tx.workspaceId} and word >= t.start and word < t.start || chr(1114111) limit ${nearScan}) found
    where t.start is not null and length(found.word) between t.size - 2 and t.size + 2`,
    { name: 'search.words' },
  )
  const found = words.map(() => new Map<string, WordMatch>())
  const begins = words.map(() => 0)
  for (const { n, word, near } of rows) {
    if (near === 'begins') begins[n] = (begins[n] ?? 0) + 1
    const matches = found[n] as Map<string, WordMatch>
    if (matches.has(word)) continue
    const match = matchOf(words[n] as string, word)
    if (match !== undefined) matches.set(word, match)
  }
  return found.map((matches, index) => ({ matches: bestOf(matches), truncated: (begins[index] ?? 0) > maxMatches }))
}

/** How well words that begin with a typed one answer it, best first. */
export function matchesOf(typed: string, words: readonly string[]): WordMatch[] {
  return bestOf(new Map(words.flatMap((word) => matchOf(typed, word) ?? []).map((match) => [match.word, match])))
}

function bestOf(matches: ReadonlyMap<string, WordMatch>): WordMatch[] {
  return [...matches.values()].sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1)).slice(0, maxMatches)
}

/** The words of the workspace that one typed word may stand for, best first. */
export async function expandWord(tx: Transaction, word: string): Promise<WordMatch[]> {
  const [expansion] = await expandWords(tx, [word])
  return expansion?.matches ?? []
}
