import { fold } from '#contracts/fold.ts'

const endings = ['', 'e', 'er', 'es', 'en', 'em'] as const

/**
 * Phrases of a list as they are looked up: folded, and with every form of its adjectives. `offen~` stands for "offen", "offene",
 * "offener" and so on; several adjectives of one phrase agree with each other.
 */
export function forms(list: string): string {
  return [...new Set(list.split('|').flatMap(formsOf))].join('|')
}

function formsOf(phrase: string): string[] {
  const folded = fold(phrase.trim())
  return folded.includes('~') ? endings.map((ending) => folded.replaceAll('~', ending)) : [folded]
}

/** The same of the lists of a record. */
export function formsOfAll<K extends string>(lists: Readonly<Record<K, string>>): Record<K, string> {
  return Object.fromEntries(Object.entries<string>(lists).map(([key, list]) => [key, forms(list)])) as Record<K, string>
}

/** A table of words with each word folded and inflected. */
export function wordTable<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([list, value]) =>
      forms(list)
        .split('|')
        .map((word) => [word, value] as const),
    ),
  )
}

export interface Nouns {
  /** Singulars, several separated by `|`. */
  list: string
  plurals: Readonly<Record<string, string>>
  /** Genitives and datives, by which a noun is looked up as the nominative. */
  cases: Readonly<Record<string, string>>
}

/** Nouns written as "kontakt/kontakte": singular and plural; one without a plural has the same. */
export function nounsOf(source: string): Nouns {
  const plurals: Record<string, string> = {}
  const cases: Record<string, string> = {}
  const singulars: string[] = []
  for (const pair of source.split('|')) {
    const [singular, plural = singular] = fold(pair.trim()).split('/') as [string, string?]
    singulars.push(singular)
    plurals[singular] = plural
    if (singular.includes(' ')) continue
    if (!/[sxz]$/.test(singular) && `${singular}s` !== plural) cases[`${singular}s`] = singular
    cases[`${singular}es`] = singular
    if (!/[ns]$/.test(plural)) cases[`${plural}n`] = plural
  }
  for (const known of [...singulars, ...Object.values(plurals)]) delete cases[known]
  return { list: singulars.join('|'), plurals, cases }
}
