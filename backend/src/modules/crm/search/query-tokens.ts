import { fold } from '#contracts/fold.ts'
import { phoneWords } from './phone-numbers.ts'
import { maxWordLength } from './tokenizer.ts'

/** One thing looked for: a word, an e-mail address or a telephone number. */
export interface QueryToken {
  kind: 'word' | 'email' | 'phone'
  /** As typed, for explanations. */
  text: string
  /** Words any of which answers the token exactly; the first is the one that beginnings and typing mistakes are looked for. */
  words: string[]
}

const maxTokens = 8
const phonePattern = /(?<![\p{L}\p{N}@-])\+?\(?\d[\d\s().\-/]{4,}\d(?![\p{L}\p{N}@])/gu
const partPattern = /[\p{L}\p{N}\p{M}]+/gu

function phoneToken(text: string): QueryToken | undefined {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 17 || /^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  return { kind: 'phone', text: text.trim(), words: [...new Set([digits, ...phoneWords(text)])] }
}

function wordTokens(chunk: string): QueryToken[] {
  if (chunk.includes('@')) {
    const address = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    return address === '' ? [] : [{ kind: 'email', text: address, words: [address.slice(0, 254)] }]
  }
  const parts = chunk.replace(/'s?$/u, '').match(partPattern) ?? []
  // "O'Brien" and "Coca-Cola" are also written as one word.
  const compound = parts.length > 1 && parts.length <= 5 ? parts.join('') : undefined
  return parts.map((part) => {
    const word = part.slice(0, maxWordLength)
    return { kind: 'word', text: word, words: compound === undefined ? [word] : [word, compound] }
  })
}

/** What a search text asks for, in order, each thing once. */
export function queryTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = []
  const rest = fold(text.slice(0, 500)).replace(phonePattern, (match) => {
    const token = phoneToken(match)
    if (token === undefined) return match
    tokens.push(token)
    return ' '
  })
  for (const chunk of rest.split(/\s+/)) tokens.push(...wordTokens(chunk))
  const seen = new Set<string>()
  return tokens.filter((token) => !seen.has(token.text) && seen.add(token.text)).slice(0, maxTokens)
}

/** An address that nobody has, as the words it is made of. */
export function addressParts(token: QueryToken): QueryToken[] {
  return (token.text.match(partPattern) ?? []).map((word) => ({ kind: 'word', text: word, words: [word.slice(0, maxWordLength)] }))
}
