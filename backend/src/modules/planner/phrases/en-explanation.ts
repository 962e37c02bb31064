import type { NamesById } from './phrase-book.ts'

/** The query in words with the names of its records in place of their ids. */
export function englishExplanation(inEnglish: string, names: NamesById): string {
  return inEnglish
    .replace(/(?:record )?([0-9a-f]{8}-[0-9a-f-]{27})/g, (all, id: string) => names.get(id) ?? all)
    .replace(/(?:any of |one of )?record [0-9a-f]{8}-[0-9a-f-]{27}(?:(?:, | or | and )record [0-9a-f]{8}-[0-9a-f-]{27})*/g, 'one of those shown before')
    .replace(/\bid is (?=\S)/g, 'it is ')
    .replace(/, \d+ at most$/, '')
}
