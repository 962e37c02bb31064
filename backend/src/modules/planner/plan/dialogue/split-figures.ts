import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { textFrom, type Word, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ aggregates: { sum, avg, min, max, median }, superlatives, words, and, prepositions }) => ({
  figures: singles(`${sum}|${avg}|${min}|${max}|${median}`),
  counts: singles(words.count ?? ''),
  extremes: singles(['measure desc', 'measure asc', 'any desc', 'any asc'].map((key) => superlatives[key] ?? '').join('|')),
  and: singles(and),
  of: singles(prepositions.of ?? 'of'),
}))

function singles(list: string): ReadonlySet<string> {
  return new Set(list.split('|').flatMap((phrase) => /^(\p{L}+)(?: of)?$/u.exec(phrase)?.[1] ?? []))
}

/** "The total and average value of won deals", "minimum, maximum and average price": several figures of one thing are a question each. */
export function splitFigures(text: string, language: Language): string[] {
  const { figures, counts, extremes, and, of } = compiled(language)
  const words = wordsOf(text)
  const isFigure = (word: Word | undefined) => word !== undefined && [figures, counts, extremes].some((kind) => kind.has(word.norm))
  const first = words.findIndex((word, at) => isFigure(word) && joins(at) > 0)
  if (first === -1) return [text]
  const named = [first]
  let last = first
  for (let step = joins(last); step > 0; step = joins(last)) {
    last += step
    named.push(last)
  }
  const rest = words[last + 1]
  const said = named.filter((at) => !counts.has(words[at]?.norm ?? ''))
  if (rest === undefined || said.length === 0) return [text]
  const opening = text.slice(0, words[first]?.from)
  return named.map((at) => {
    const word = words[at] as Word
    // "The number and the value of deals": what is counted is what the value is of.
    const noun = words.findIndex(({ norm }, other) => other > last && of.has(norm))
    const from = counts.has(word.norm) && noun !== -1 ? noun : last + 1
    return `${opening}${text.slice(word.from, word.to)} ${textFrom(text, words, from)}`
  })

  /** Words to the next figure that stands right behind, joined by a comma or a word for "and"; none when there is none. */
  function joins(at: number): number {
    const [here, next, after] = [words[at], words[at + 1], words[at + 2]]
    if (here === undefined || next === undefined) return 0
    if (isFigure(next)) return /^\s*[,/&]\s*$/.test(text.slice(here.to, next.from)) ? 1 : 0
    if (!and.has(next.norm) || after === undefined) return 0
    return isFigure(after) ? 2 : 0
  }
}
