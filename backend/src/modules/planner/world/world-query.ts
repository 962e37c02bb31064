import { LRUCache } from 'lru-cache'
import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import { spanNorm, type Token } from '#backend/modules/planner/language/tokenise.ts'
import { englishAbbreviations } from '#backend/modules/planner/vocabulary/en-places.ts'
import { valueAliases } from '#backend/modules/planner/vocabulary/places.ts'
import { languages, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { WorldQuery } from './world.ts'

const longestName = 6
/** What "&" in a name is read as, in any language. */
const joints = languages.map((language) => ` ${vocabularyOf(language).and.split('|')[0]} `)

/** Phrases that may name something in the data: every run of up to six words, and other spellings of it. */
export function worldQuery(question: string, tokens: readonly Token[], lexicon: Lexicon): WorldQuery {
  const phrases = new Set<string>()
  const beginnings = new Set<string>()
  const words = new Set<string>()
  tokens.slice(0, 200).forEach((token, from) => {
    if (token.kind === 'punctuation' || token.kind === 'possessive') return
    // A word of records in the plural is theirs too: "colleges" are no colleagues.
    if (token.kind === 'word' && !lexicon.words.has(token.norm)) for (const word of [token.norm, singular(token.norm)]) words.add(word)
    for (let to = from + 1; to <= Math.min(from + longestName, tokens.length); to++) {
      const last = tokens[to - 1] as Token
      if (last.kind === 'possessive' || (last.kind === 'punctuation' && !/^[.,&/]$/.test(last.text))) break
      if (last.kind === 'punctuation') continue
      const norm = spanNorm(question, tokens, from, to)
      const joined = tokens
        .slice(from, to)
        .map((part) => part.norm)
        .join(' ')
      const hasData = tokens.slice(from, to).some((part) => part.capital || part.quoted || part.kind !== 'word' || !lexicon.words.has(part.norm))
      const keyword = to === from + 1 && isFunctionWord(joined, lexicon)
      if (keyword && !token.capital && !token.quoted) continue
      for (const variant of spellings(norm, joined)) phrases.add(variant)
      if ((hasData || (from === 0 && to === from + 1)) && norm.length >= 3) {
        beginnings.add(norm)
        if (joined !== norm) beginnings.add(joined)
      }
    }
  })
  return { phrases: [...phrases].slice(0, 1500), beginnings: [...beginnings].slice(0, 300), words: [...words].slice(0, 200) }
}

/** The phrase as written, with words apart, in the singular or plural, and under other names. */
export function spellings(norm: string, joined: string): readonly string[] {
  const key = `${norm}\n${joined}`
  const known = keptSpellings.get(key)
  if (known !== undefined) return known
  const made = spell(norm, joined)
  keptSpellings.set(key, made)
  return made
}

/** Each phrase of a question is looked for and looked up. */
const keptSpellings = new LRUCache<string, readonly string[]>({ max: 4000 })

function spell(norm: string, joined: string): string[] {
  const variants = [norm]
  if (joined !== norm) variants.push(joined)
  for (const base of [norm, joined]) {
    const clean = base.replace(/[.]$/, '')
    if (clean !== base) variants.push(clean)
    if (clean.length > 3) {
      if (clean.endsWith('ies')) variants.push(`${clean.slice(0, -3)}y`)
      if (clean.endsWith('es')) variants.push(clean.slice(0, -2))
      if (clean.endsWith('s')) variants.push(clean.slice(0, -1))
      else variants.push(`${clean}s`)
      if (clean.endsWith('ed')) variants.push(`${clean.slice(0, -2)}ing`)
      if (clean.includes(' ')) variants.push(clean.replaceAll(' ', '-'), clean.replaceAll(' ', ''), clean.replaceAll(' ', '_'))
      variants.push(...withAmpersand(clean))
    }
    const full = spelledOut(clean)
    if (full !== clean) variants.push(full)
    for (const alias of valueAliases.get(base) ?? valueAliases.get(base.replace(/s$/, '')) ?? []) variants.push(alias)
  }
  return [...new Set(variants)]
}

/** "Straßen und Söhne" of a firm called "Straßen & Söhne". */
export function withAmpersand(phrase: string): string[] {
  return joints.flatMap((joint) => (phrase.includes(joint) ? [phrase.replaceAll(joint, ' & ')] : []))
}

/** "VPs of ops": each of them is a VP of operations. */
function spelledOut(phrase: string): string {
  const [first, ...rest] = phrase.split(' ')
  const words = [rest[0] === 'of' && first !== undefined ? first.replace(/s$/, '') : first, ...rest]
  return words.map((word) => englishAbbreviations.get(word ?? '') ?? word).join(' ')
}

/** Without the ending of a plural. */
export function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word
}

/** What a plural may be of: "lunches" of lunch, "academies" of academy. */
export function singularForms(word: string): string[] {
  const forms = [singular(word)]
  if (/(?:ch|sh|s|x|z)es$/.test(word)) forms.push(word.slice(0, -2))
  if (/ies$/.test(word)) forms.push(`${word.slice(0, -3)}y`)
  return forms
}

const functionKinds = new Set([
  'filler',
  'preposition',
  'conjunction',
  'count',
  'group',
  'negation',
  'ask',
  'have',
  'comparator',
  'me',
  'anaphor',
  'possessive',
])

function isFunctionWord(norm: string, lexicon: Lexicon): boolean {
  const entries = lexicon.phrases.get(norm)
  return entries?.some(({ reading }) => functionKinds.has(reading.kind)) ?? false
}
