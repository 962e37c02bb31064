import type { Contractions, Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { fold } from '#contracts/fold.ts'
import { alternatives } from './alternatives.ts'

export type TokenKind = 'word' | 'number' | 'email' | 'punctuation' | 'possessive'

export interface Token {
  kind: TokenKind
  text: string
  /** Folded text; the form in which words are looked up. */
  norm: string
  /** Offsets in the question. */
  start: number
  end: number
  /** Begins with a capital letter and does not open the sentence. */
  capital: boolean
  /** Inside quotation marks: never a keyword. */
  quoted: boolean
}

const pattern =
  /\+\d[\d\s().-]{6,}\d|\(\d{2,5}\)[\d\s.-]{5,}\d|\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)*|\d{4}-\d{2}-\d{2}|[A-Za-z]{1,6}-(?!(?:19|20)\d\d(?![\w-]))\d[\w-]*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:19|20)\d\d-\d{2}(?![\d-])|\d{1,2}\/(?:19|20)\d\d(?!\d)|(?<![\p{L}\p{N}])\p{L}\/\p{L}?(?![\p{L}\p{N}])|(?<=[\d%kKmM])\+(?!\d)|[$€£¥]?\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?=[^\p{L}\p{N}]|$)(?![.,]\d)%?|[$€£¥]?\d+(?:[.,]\d+)*(?:k|m|mm|bn|b|K|M|MM|B)(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:['’][\p{L}]+)*['’]?(?:[._][\p{L}\p{N}]+)*|[<>]=?|[≥≤]|[=&$€£¥#%]|["“”„«»,;:?!./()]/gu

/** The words, numbers and marks of a question; slang and words run together become what they stand for. */
export function tokenise(question: string, { rewrites, contractions }: Pick<Vocabulary, 'rewrites' | 'contractions'>): Token[] {
  const tokens: Token[] = []
  let quoted = false
  let opensSentence = true
  const push = (kind: TokenKind, text: string, norm: string, start: number, end: number) => {
    const capital = kind === 'word' && !opensSentence && /^\p{Lu}/u.test(text)
    tokens.push({ kind, text, norm, start, end, capital, quoted })
    if (kind === 'word' || kind === 'number') opensSentence = false
  }
  for (const match of question.matchAll(pattern)) {
    const text = match[0]
    const start = match.index
    const end = start + text.length
    const norm = fold(text)
    if (/^["“”„«»]$/.test(text)) {
      quoted = text === '"' ? !quoted : /[“„«]/.test(text)
      continue
    }
    if (text.includes('@') || isPhone(text)) push('email', text, norm.replace(/[.]+$/, ''), start, end)
    else if (/^[$€£¥]?\d/.test(text) && !/^\d+\p{L}{2,}\d|^\d+[\p{L}]\d/u.test(text) && /^[$€£¥]?[\d.,/-]+(?:k|m|mm|bn|b|st|nd|rd|th|%)?$/i.test(text))
      push('number', text, norm, start, end)
    else if (/^[\p{L}\p{N}]/u.test(text)) {
      for (const [index, word] of words(norm, contractions).entries()) {
        if (word === "'s") tokens.push({ kind: 'possessive', text: "'s", norm: "'s", start, end, capital: false, quoted })
        else {
          const rewritten = quoted ? undefined : rewrites[word]
          for (const part of (rewritten ?? word).split(' ')) push('word', text, part, ...placeOf(word, index, norm, start, end))
        }
      }
    } else if (rewrites[text] !== undefined && !quoted) {
      for (const part of (rewrites[text] as string).split(' ')) push('word', text, part, start, end)
    } else {
      const last = tokens.at(-1)
      const abbreviated = text === '.' && last?.kind === 'word' && /^\s*\p{Ll}/u.test(question.slice(end)) ? rewrites[`${last.norm}.`] : undefined
      if (abbreviated !== undefined && last !== undefined) {
        last.norm = abbreviated
        continue
      }
      push('punctuation', text, norm, start, end)
      if (/[?!.;]/.test(text)) opensSentence = true
    }
  }
  return tokens
}

/** Where a word of a contraction stands: "should" and "n't" of "shouldn't". */
function placeOf(word: string, index: number, norm: string, start: number, end: number): [number, number] {
  if (word === norm) return [start, end]
  const apostrophe = norm.search(/n'|'/)
  if (index > 0 && apostrophe > 0 && start + apostrophe < end) return [start + apostrophe, end]
  return [start, start + Math.min(word.length, end - start)]
}

/** Digits with the marks of a telephone number around or between them. */
function isPhone(text: string): boolean {
  return /^[+(]|^\d{3}[-. ]\d{3}[-. ]\d{4}$/.test(text) && text.replace(/\D/g, '').length >= 7
}

function words(norm: string, { whole, tails, beforeS, s, denying }: Contractions): readonly string[] {
  const contraction = whole[norm]
  if (contraction !== undefined) return contraction
  if (denying !== undefined && norm.endsWith(denying[0])) return [norm.slice(0, -denying[0].length), denying[1]]
  const at = norm.lastIndexOf("'")
  if (at < 0) return [norm]
  const head = norm.slice(0, at)
  const tail = norm.slice(at + 1)
  if (tail === 's') return alternatives(beforeS).has(head) ? [head, s] : [head, "'s"]
  // A name may hold one itself: "O'Brien's", but no contraction.
  if (head.includes("'")) return [norm]
  if (tail === '') return head.endsWith('s') ? [head, "'s"] : [head]
  const verb = tails[tail]
  return verb === undefined ? [norm] : [head, verb]
}

/** The question's own words from one token to another, folded, as a name in the data would be. */
export function spanNorm(question: string, tokens: readonly Token[], from: number, to: number): string {
  const first = tokens[from]
  const last = tokens[to - 1]
  if (first === undefined || last === undefined) return ''
  return fold(question.slice(first.start, last.end)).replace(/\s+/g, ' ').trim()
}
