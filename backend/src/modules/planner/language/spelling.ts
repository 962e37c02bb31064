import { editDistance } from '#backend/kernel/edit-distance.ts'

/** Edits a word of this length may differ by and still be taken for another. */
export function allowedEdits(length: number): number {
  return length < 4 ? 0 : length < 7 ? 1 : 2
}

/** The word without a letter typed twice ("wonn", "conntacts"), when that makes it a known one. */
export function undoubled(word: string, known: ReadonlySet<string>): string | undefined {
  for (let at = 1; at < word.length; at++) {
    if (word[at] !== word[at - 1]) continue
    const shorter = word.slice(0, at) + word.slice(at + 1)
    if (shorter.length >= 3 && known.has(shorter)) return shorter
  }
  return undefined
}

/** The known word of which two neighbouring letters were swapped ("perfer", "hwich"), when there is one such word. */
function unswapped(word: string, isKnown: (word: string) => boolean): string | undefined {
  const found = new Set<string>()
  if (word.length < 4) return undefined
  for (let at = 1; at < word.length; at++) {
    const [before, after] = [word[at - 1], word[at]]
    if (before === after) continue
    const swapped = word.slice(0, at - 1) + after + before + word.slice(at + 1)
    if (isKnown(swapped)) found.add(swapped)
  }
  return found.size === 1 ? [...found][0] : undefined
}

/** The known word of which an ending was formed by ear: "orderd", "companys". */
function wellFormed(word: string, isKnown: (word: string) => boolean): string | undefined {
  if (word.length < 5) return undefined
  const formed = /[^aeiouy]d$/.test(word) ? `${word.slice(0, -1)}ed` : /[^aeiou]ys$/.test(word) ? `${word.slice(0, -2)}ies` : undefined
  return formed !== undefined && isKnown(formed) ? formed : undefined
}

/** The known word that a slip of the fingers or of the ear made another of. */
export function withoutSlip(word: string, isKnown: (word: string) => boolean): string | undefined {
  return unswapped(word, isKnown) ?? wellFormed(word, isKnown)
}

/** The nearest of `words`, or undefined when none is within reach or two are equally near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  let limit = allowedEdits(word.length)
  let nearest: string | undefined
  let tie = false
  for (const candidate of words) {
    if (candidate.length < 4) continue
    const distance = editDistance(word, candidate, limit)
    if (distance > limit) continue
    // Another ending makes another word: "manufacturng" is no "manufacturer".
    if (distance === 2 && candidate.length === word.length && candidate.slice(0, -2) === word.slice(0, -2)) continue
    // Two mistakes in a short word leave little to go by: its first letter and about its length must be right.
    if (distance === 2 && word.length < 8 && (candidate[0] !== word[0] || candidate.length < word.length - 1)) continue
    // A first letter is seldom mistyped, so it decides between two equally near words.
    if (nearest !== undefined && distance === limit) {
      const better = candidate[0] === word[0] && nearest[0] !== word[0]
      const worse = candidate[0] !== word[0] && nearest[0] === word[0]
      if (worse) continue
      if (!better) {
        tie = candidate.replace(/s$/, '') !== nearest.replace(/s$/, '')
        if (tie && candidate.length === word.length && nearest.length !== word.length) {
          nearest = candidate
          tie = false
        } else if (tie && nearest.length === word.length && candidate.length !== word.length) tie = false
        continue
      }
    }
    nearest = candidate
    tie = false
    limit = distance
  }
  return tie ? undefined : nearest
}
