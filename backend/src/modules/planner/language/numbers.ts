import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { phrasesIn } from './alternatives.ts'
import type { Token } from './tokenise.ts'

export interface NumberSpan {
  end: number
  value: number
  currency?: string
  percent?: boolean
  /** Written in digits that could be a year (four digits, no unit). */
  bare: boolean
  ordinal?: boolean
}

const written = /^([$€£¥])?(\d+(?:[.,]\d+)*)(k|m|mm|bn|b|%|st|nd|rd|th)?$/

/** Reads "50k", "$1,250.50", "1.5 million euros", "fifty thousand", "a dozen", "20 %" at a token; undefined when none begins there. */
export function readNumber(tokens: readonly Token[], at: number, vocabulary: Vocabulary): NumberSpan | undefined {
  let index = at
  let currency: string | undefined
  const first = tokens[index]
  if (first === undefined) return undefined
  if (first.text.length === 1 && vocabulary.currencies[first.text] !== undefined && first.kind === 'punctuation') {
    currency = vocabulary.currencies[first.text]
    index++
  } else if (dollarsOf(first, tokens[index + 1], vocabulary) !== undefined) {
    currency = dollarsOf(first, tokens[index + 1], vocabulary)
    index += tokens[index + 1]?.kind === 'number' ? 1 : 2
  } else if (first.kind === 'word' && tokens[index + 1]?.kind === 'number' && vocabulary.currencies[first.norm] === first.norm.toUpperCase()) {
    currency = vocabulary.currencies[first.norm]
    index++
  }
  const token = tokens[index]
  if (token === undefined) return undefined
  let value: number
  let bare = currency === undefined
  let percent = false
  let ordinal = false
  if (token.kind === 'number') {
    const match = written.exec(token.norm)
    if (match === null) return undefined
    const [, symbol, digits, suffix] = match
    value = parseDigits(digits as string, vocabulary.decimalComma)
    if (symbol !== undefined) currency ??= vocabulary.currencies[symbol]
    if (suffix === '%') percent = true
    else if (suffix !== undefined && /^(?:st|nd|rd|th)$/.test(suffix)) ordinal = true
    else if (suffix !== undefined) value = round(value * (vocabulary.multipliers[suffix] as number))
    if (symbol !== undefined || suffix !== undefined || /[.,]/.test(digits as string)) bare = false
    index++
    const half = readPhrase(tokens, index, vocabulary.amounts.andAHalf)
    if (half !== undefined) {
      value += 0.5
      index = half
      bare = false
    }
  } else {
    const words = readNumberWords(tokens, index, vocabulary)
    if (words === undefined) return undefined
    value = words.value
    index = words.end
    bare = false
  }
  const multiplier = multiplierAt(tokens, index, vocabulary)
  if (multiplier !== undefined) {
    value = round(value * multiplier)
    index++
    bare = false
  }
  const unit = tokens[index]
  if (unit !== undefined && currency === undefined) {
    const two = `${unit.norm} ${tokens[index + 1]?.norm ?? ''}`
    const percentEnd = readPhrase(tokens, index, vocabulary.amounts.percent)
    if (percentEnd !== undefined) {
      percent = true
      index = percentEnd
    } else if (vocabulary.currencies[two] !== undefined) {
      currency = vocabulary.currencies[two]
      index += 2
    } else if ((unit.kind === 'word' && vocabulary.currencies[unit.norm] !== undefined) || (unit.kind === 'punctuation' && /^[$€£¥]$/.test(unit.text))) {
      currency = vocabulary.currencies[unit.norm]
      index++
    }
  }
  if (percent || currency !== undefined) bare = false
  return { end: index, value, bare, ...(currency === undefined ? {} : { currency }), ...(percent ? { percent } : {}), ...(ordinal ? { ordinal } : {}) }
}

/** "C$", "US$": a sign with letters before it, and no space between. */
function dollarsOf(letters: Token, sign: Token | undefined, { currencies }: Vocabulary): string | undefined {
  if (letters.kind !== 'word' || sign === undefined || !sign.text.startsWith('$') || sign.start !== letters.end) return undefined
  return currencies[`${letters.norm}$`]
}

/** "1,250.50" and "1.250,50" alike; one separator followed by three digits groups thousands, unless it is the decimal one of the language. */
function parseDigits(digits: string, decimalComma: boolean): number {
  const comma = digits.lastIndexOf(',')
  const dot = digits.lastIndexOf('.')
  if (comma === -1 && dot === -1) return Number(digits)
  if (comma !== -1 && dot !== -1) return comma > dot ? Number(digits.replaceAll('.', '').replace(',', '.')) : Number(digits.replaceAll(',', ''))
  const separator = comma === -1 ? '.' : ','
  const groups = digits.split(separator)
  if (groups.length > 2 || (groups[1]?.length === 3 && !(decimalComma && separator === ','))) return Number(groups.join(''))
  return Number(groups.join('.'))
}

function multiplierAt(tokens: readonly Token[], at: number, vocabulary: Vocabulary): number | undefined {
  const token = tokens[at]
  if (token === undefined || token.kind !== 'word') return undefined
  return vocabulary.multipliers[token.norm]
}

/** Where one of several phrases ends that begins at a token. */
function readPhrase(tokens: readonly Token[], at: number, phrases: string): number | undefined {
  for (const words of phrasesIn(phrases))
    if (words[0] === tokens[at]?.norm && words.every((word, index) => tokens[at + index]?.norm === word)) return at + words.length
  return undefined
}

/** "Half a million", "a quarter of a million": a part of what follows. */
function readFraction(tokens: readonly Token[], at: number, vocabulary: Vocabulary): { value: number; end: number } | undefined {
  const { half, quarter } = vocabulary.amounts
  return readPart(tokens, at, half, 0.5, vocabulary) ?? readPart(tokens, at, quarter, 0.25, vocabulary)
}

function readPart(tokens: readonly Token[], at: number, phrases: string, part: number, vocabulary: Vocabulary): { value: number; end: number } | undefined {
  const end = readPhrase(tokens, at, phrases)
  const multiplier = end === undefined ? undefined : multiplierAt(tokens, end, vocabulary)
  return end !== undefined && multiplier !== undefined && multiplier >= 1000 ? { value: multiplier * part, end: end + 1 } : undefined
}

function readNumberWords(tokens: readonly Token[], at: number, vocabulary: Vocabulary): { value: number; end: number } | undefined {
  const fraction = readFraction(tokens, at, vocabulary)
  if (fraction !== undefined) return fraction
  const couple = readPhrase(tokens, at, vocabulary.amounts.couple)
  if (couple !== undefined) return { value: 2, end: couple }
  let index = at
  let total = 0
  let current: number | undefined
  const article = readPhrase(tokens, index, vocabulary.amounts.one)
  if (article !== undefined) {
    const next = tokens[article]?.norm ?? ''
    // "A dozen" and "a thousand", but not "a b" and "a k".
    if (next.length < 2 || vocabulary.multipliers[next] === undefined) return undefined
    current = 1
    index = article
  }
  for (; index < tokens.length; index++) {
    const token = tokens[index] as Token
    if (token.kind !== 'word') break
    const small = vocabulary.numberWords[token.norm]
    if (small !== undefined) {
      current = (current ?? 0) + small
      continue
    }
    const multiplier = token.norm.length > 1 ? vocabulary.multipliers[token.norm] : undefined
    if (multiplier === undefined || current === undefined) break
    if (multiplier === 100) current *= 100
    else {
      total += current * multiplier
      current = undefined
      if (vocabulary.numberWords[tokens[index + 1]?.norm ?? ''] === undefined) {
        index++
        break
      }
    }
  }
  if (current === undefined && total === 0) return undefined
  return { value: total + (current ?? 0), end: index }
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
