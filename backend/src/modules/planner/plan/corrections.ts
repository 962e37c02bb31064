import type { Reading, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { Item } from './parse-state.ts'

const beforeCorrected = new Set<ReadingKind>(['filler', 'preposition', 'conjunction', 'verb', 'have', 'ask'])
const replaces = new Set<ReadingKind>(['user', 'record', 'value', 'period', 'number', 'state', 'field', 'comparison', 'entity'])
/** What a word that nothing here is called was meant to be. */
const named = new Set<ReadingKind>(['value', 'record', 'user', 'period', 'entity', 'state'])
const places = new Set(['city', 'state', 'country'])
/** What asks, and says nothing of what is asked for. */
const asking = new Set<ReadingKind>(['filler', 'ask', 'count', 'have', 'concept', 'conjunction', 'preposition', 'me', 'verb', 'anaphor', 'followUp'])
const nominal = new Set<ReadingKind>(['entity', 'value', 'record', 'unknown', 'state', 'text', 'superlative', 'number'])

/** What a mere "no" takes back: who, when and where. */
const takenBack = new Set<ReadingKind>(['period', 'user', 'record', 'number'])
const betweenBoth = new Set<ReadingKind>(['filler', 'preposition', 'conjunction'])

/** "The deals in March, no, April": between two of a kind a "no" takes back the first; between others it denies what follows. */
function takesBack(items: readonly Item[], { index, lexeme, reading }: Item, language: Language): boolean {
  if (reading.kind !== 'negation' || !says(lexeme.text, 'no', language)) return false
  const [joint, behind] = [items[index - 1], items[index + 1]]
  const first = items.slice(0, index).findLast((one) => !betweenBoth.has(one.reading.kind))
  const second = items.slice(index + 1).find((one) => !betweenBoth.has(one.reading.kind))
  if (first === undefined || second === undefined) return false
  const isAmount = first.reading.kind === 'comparison' && second.reading.kind === 'number'
  if (!isAmount && !replaceEachOther(first.reading, second.reading)) return false
  const isApart = joint?.lexeme.text === ',' && behind?.lexeme.text === ','
  const isPlace = first.reading.kind === 'value' && first.reading.options.some(({ path }) => places.has(path))
  return isApart || isAmount || isPlace || takenBack.has(first.reading.kind)
}

/** "In Leeds, sorry, in York": what is taken back is not said; at the beginning there is nothing to take back. */
export function withoutCorrected(items: readonly Item[], language: Language): Item[] {
  const said = items.map((item) =>
    takesBack(items, item, language) ? { ...item, reading: { kind: 'concept' as const, concept: 'correction' as const } } : item,
  )
  const silence = (index: number) => {
    const item = said[index]
    if (item !== undefined) said[index] = { ...item, reading: { kind: 'filler' } }
  }
  for (const [index, { reading }] of [...said].entries()) {
    if (reading.kind !== 'concept' || reading.concept !== 'correction') continue
    let wrong = said.findLastIndex((one, at) => at < index && !beforeCorrected.has(one.reading.kind))
    let right = said.findIndex((one, at) => at > index && !beforeCorrected.has(one.reading.kind))
    if (right === -1 && wrong > 0) {
      // "London, Leeds I mean".
      right = wrong
      wrong = said.findLastIndex((one, at) => at < right && !beforeCorrected.has(one.reading.kind))
    }
    const [before, after] = [said[wrong]?.reading, said[right]?.reading]
    // "No wait, I mean": the last of them takes back.
    if (after?.kind === 'concept' && after.concept === 'correction') {
      silence(index)
      continue
    }
    if (before === undefined) silence(index)
    if (before === undefined || after === undefined) continue
    if (before.kind === 'comparison' && before.op !== 'between' && after.kind === 'number') {
      // "Over 50k, sorry, 20k".
      said[wrong] = { ...(said[wrong] as Item), reading: { ...before, values: [after.value] } }
      silence(right)
      silence(index)
      continue
    }
    const whole = right > index && isNoun(said.slice(index + 1)) ? nounBefore(said, index) : undefined
    if (whole !== undefined) {
      const described = said.slice(index + 1).some((one) => nominal.has(one.reading.kind) && one.reading.kind !== 'entity')
      // "Contacts in Leeds, I mean leads": in Leeds all the same.
      for (const at of whole) if (described || said[at]?.reading.kind === 'entity') silence(at)
      silence(index)
      continue
    }
    if (!replaceEachOther(before, after)) continue
    for (let at = wrong; at === wrong || said[at]?.reading.kind === 'preposition'; at--) silence(at)
    silence(index)
  }
  return said
}

/** The words of a reading without those that it takes back itself. */
export function withoutTakenBack<T extends { lexeme: Item['lexeme']; reading: Reading }>({
  chosen,
  state,
}: {
  chosen: readonly T[]
  state: { items: readonly Item[] }
}): readonly T[] {
  if (!chosen.some(({ reading }) => reading.kind === 'concept' && reading.concept === 'correction')) return chosen
  const silent = new Set(state.items.filter(({ reading }) => reading.kind === 'filler').map(({ lexeme }) => lexeme))
  return chosen.filter(({ lexeme, reading }) => reading.kind === 'filler' || !silent.has(lexeme))
}

/** Where the one noun stands that a question is about, when nothing else is said of it. */
function nounBefore(items: readonly Item[], index: number): number[] | undefined {
  const told = items.slice(0, index).flatMap(({ reading }, at) => (asking.has(reading.kind) ? [] : [at]))
  return told.length > 0 && told.every((at) => nominal.has((items[at] as Item).reading.kind)) ? told : undefined
}

/** "How many schools, I mean education organisations": a noun and what goes with it, and nothing more. */
function isNoun(items: readonly Item[]): boolean {
  const told = items.filter(({ reading }) => reading.kind !== 'filler')
  return told.some(({ reading }) => reading.kind === 'entity') && told.every(({ reading }) => nominal.has(reading.kind))
}

function replaceEachOther(before: Reading, after: Reading): boolean {
  if (before.kind === 'unknown' || (before.kind === 'text' && before.quoted !== true)) return named.has(after.kind)
  if (before.kind === 'value' && after.kind === 'value') {
    const place = (path: string) => (places.has(path) ? 'place' : path)
    const paths = new Set(before.options.map(({ path }) => place(path)))
    return after.options.some(({ path }) => paths.has(place(path)))
  }
  return before.kind === after.kind && replaces.has(before.kind)
}
