import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { storedForms } from '../search/words.ts'
import { allDone, begun } from './all-done.ts'

/** Takes the words of new records, and writes them in a transaction beside that of the records. */
export interface WordKeeper {
  add(words: Iterable<string>): void
  /** Resolves when all that was added is written; the records are not to be committed before. */
  written(): Promise<void>
}

/** Words of records that land soon; enough that a long import sends those of every row but once. */
const mostKnown = 50_000

/**
 * Lets the database write words on one connection while it writes their records on another. Words that no record has do no harm, so that
 * they may stay when the records do not land.
 */
export function createWordKeepers(transact: (work: (tx: Transaction) => Promise<void>) => Promise<void>): () => WordKeeper {
  const known = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()
  async function write(words: readonly string[]): Promise<void> {
    await transact(async (tx) => {
      // Who holds one of the words may wait for a record of this import, which PostgreSQL cannot see. The commit of the records
      // writes these to disk.
      await tx.query(sql`set local lock_timeout = '2s'`)
      await tx.query(sql`set local synchronous_commit = off`)
      await addWords(tx, words)
    })
    if (known.size > mostKnown) known.clear()
    for (const word of words) known.add(word)
  }
  return () => {
    const writing: Promise<void>[] = []
    return {
      add(words) {
        const fresh = [...words].filter((word) => !known.has(word))
        if (fresh.length === 0) return
        const own = begun(last.then(() => write(fresh)))
        // Whoever began it is told when it fails.
        last = own.catch(() => undefined)
        writing.push(own)
      },
      written: () => allDone(writing),
    }
  }
}

/** Adds words to those by which mistyped and unfinished words are understood. */
export async function addWords(tx: Transaction, given: Iterable<string>): Promise<void> {
  // Sorted, so that two writers take the rows' locks in one order.
  const words = [...given].sort()
  if (words.length === 0) return
  const added = await tx.query<{ word: string }>(sql`
    insert into search_words (workspace_id, word) select ${tx.workspaceId}, word from unnest(${arrayLiteral(words)}::text[]) as word
    on conflict do nothing returning word`)
  if (added.length === 0) return
  // Nobody else adds the forms of a word that this transaction has added, so that none needs to be looked for one by one. A word that has
  // forms all the same, whoever left them, keeps those it has.
  const deletions: string[] = []
  const originals: string[] = []
  for (const { word } of added) {
    for (const deletion of storedForms(word)) {
      deletions.push(deletion)
      originals.push(word)
    }
  }
  await tx.query(sql`
    insert into search_deletions (workspace_id, deletion, word)
    select ${tx.workspaceId}, x.deletion, x.word from unnest(${arrayLiteral(deletions)}::text[], ${arrayLiteral(originals)}::text[]) as x(deletion, word)
    where x.word <> all (array(select d.word from search_deletions d
      where d.workspace_id = ${tx.workspaceId} and d.deletion = any(${arrayLiteral(added.map(({ word }) => word))}::text[]) and d.word = d.deletion))
    order by x.deletion collate "C"`)
}

const plainWord = /^[a-z]+$/
const plainSign = /[0-9@._-]/

/** Words of letters; addresses, numbers and codes are looked up whole, never by a typing mistake or a beginning. */
export function belongsToVocabulary(term: string): boolean {
  return term.length >= 2 && (plainWord.test(term) || (!plainSign.test(term) && /^[\p{L}\p{M}]+$/u.test(term)))
}
