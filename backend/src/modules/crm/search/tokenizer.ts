import { fold } from '#contracts/fold.ts'

/** Longest word kept; what is longer (a pasted key, a hash) is cut. */
export const maxWordLength = 64

const emailPattern = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
/** Parts written as one ("O'Brien", "Coca-Cola", "U.S.A.") are found without the sign between them too. */
const joinedPattern = /[\p{L}\p{N}\p{M}]+(?:['-][\p{L}\p{N}\p{M}]+){1,2}|(?:\p{L}\.){2,5}/gu

// In plain ASCII the same patterns need no table of letters, which is most of what finding words costs.
const asciiEmailPattern = /[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/g
const asciiWordPattern = /[a-z0-9]+/g
const asciiJoinedPattern = /[a-z0-9]+(?:['-][a-z0-9]+){1,2}|(?:[a-z]\.){2,5}/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
const ascii = /^[\x00-\x7f]*$/

const compoundSign = /['.-]/
const compoundSigns = /['.-]/g

// Cities, organisations and titles come again and again.
const recent = new Map<string, readonly string[]>()
const maxRecent = 5000
const maxRecentLength = 60

/**
 * The words a text is found by, folded and distinct, in order of appearance: e-mail addresses whole, then every run of letters
 * and digits, then compounds without their sign.
 */
export function searchWords(text: string): readonly string[] {
  const known = recent.get(text)
  if (known !== undefined) return known
  const words = freshWords(text)
  if (text.length > maxRecentLength) return words
  if (recent.size >= maxRecent) recent.clear()
  recent.set(text, words)
  return words
}

/** The same of a text that hardly comes again, such as an address or a number: remembering it would cost more than finding its words. */
export function freshWords(text: string): string[] {
  const folded = fold(text)
  const isAscii = ascii.test(folded)
  const words: string[] = []
  if (folded.includes('@')) for (const address of folded.match(isAscii ? asciiEmailPattern : emailPattern) ?? []) addWord(words, address, 254)
  for (const word of folded.match(isAscii ? asciiWordPattern : wordPattern) ?? []) addWord(words, word, maxWordLength)
  if (compoundSign.test(folded))
    for (const compound of folded.match(isAscii ? asciiJoinedPattern : joinedPattern) ?? []) addWord(words, compound.replace(compoundSigns, ''), maxWordLength)
  return words
}

function addWord(words: string[], word: string, length: number): void {
  const kept = word.length > length ? word.slice(0, length) : word
  // A page of notes has hundreds, and of those thirty are kept.
  if (!words.includes(kept)) words.push(kept)
}

/** A word of which typing mistakes are looked for: letters, four or more; numbers, ids and addresses are matched as they are. */
export function toleratesTypos(word: string): boolean {
  return word.length >= 4 && word.length <= 40 && /^[\p{L}\p{M}]+$/u.test(word)
}

/**
 * The word and, when it tolerates typing mistakes, every form of it with one letter left out.
 * Two words one edit apart share at least one of these forms.
 */
export function deletionsOf(word: string): string[] {
  const forms = [word]
  if (!toleratesTypos(word)) return forms
  let before = ''
  let previous: string | undefined
  for (const letter of word) {
    // Of two equal letters beside each other it is all the same which is left out.
    if (letter !== previous) forms.push(before + word.slice(before.length + letter.length))
    before += letter
    previous = letter
  }
  return forms
}

/** Letters of a word whose forms are kept whole. */
const wholeWord = 14
/** Letters that the forms of a longer word are made of: twenty or thirty forms of each would be most of the index. */
const beginning = 9

/**
 * The word and the forms by which its misspellings find it: the rows of `search_deletions`. Of a long word its beginning is
 * taken (prefix index of SymSpell, W. Garbe).
 */
export function storedForms(word: string): string[] {
  if (word.length <= wholeWord || !toleratesTypos(word)) return deletionsOf(word)
  return [word, ...deletionsOf(word.slice(0, beginning))]
}

/** The forms under which a typed word finds long words whose beginning is at most one edit from its own. */
export function beginningForms(typed: string): string[] {
  // A long word may have two letters more than what was typed.
  if (typed.length <= wholeWord - 2) return []
  return [...deletionsOf(typed.slice(0, beginning)), ...deletionsOf(typed.slice(0, beginning + 1))]
}
