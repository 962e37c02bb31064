import { fold } from '#contracts/fold.ts'

const before = 40
const longest = 160

/**
 * The passage of a text around the first of the words, on one line.
 * @param words folded
 */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const folded = fold(line)
  const places = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0)
  const first = places.length === 0 ? 0 : Math.min(...places)
  const start = Math.max(0, first - before)
  const passage = line.slice(start, start + longest)
  return `${start > 0 ? '…' : ''}${passage}${start + longest < line.length ? '…' : ''}`
}
