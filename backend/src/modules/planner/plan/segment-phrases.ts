import { alternatives } from '#backend/modules/planner/language/alternatives.ts'
import type { LexiconEntry } from '#backend/modules/planner/language/lexicon.ts'
import { readNumber } from '#backend/modules/planner/language/numbers.ts'
import type { Reading } from '#backend/modules/planner/language/reading.ts'
import { longestAt } from '#backend/modules/planner/language/time-words.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import { customNames, customReadings } from './custom-names.ts'
import { type AddSpan, longestName, type SegmentInput } from './spans.ts'

/** Where two cuts are equally long, words with a meaning of their own win over those of the sentence's frame. */
const structural = new Set<Reading['kind']>(['filler', 'count', 'group', 'ask', 'negation', 'have', 'beyond'])

/** Times that come again, and units of time that stand alone. */
export function addTimes({ tokens, lexicon, periods }: SegmentInput, from: number, add: AddSpan): void {
  const { time, units } = lexicon.vocabulary
  const recurring = longestAt(time.recurring, tokens, from)
  if (recurring !== undefined)
    add(
      recurring.end,
      (recurring.end - from) * 1.35 + 0.25,
      { kind: 'recurring', ...recurring.value, now: periods.today.toUTC().toISO() as string, timeZone: periods.today.zoneName as string },
      0.2,
    )
  const unit = units[tokens[from]?.norm ?? '']
  if (unit !== undefined && unit !== 'hour') add(from + 1, 1, { kind: 'unit', unit }, 0.1)
  const place = readNumber(tokens, from, lexicon.vocabulary)
  if (place?.ordinal === true && place.value < 100 && alternatives(lexicon.vocabulary.percentile).has(tokens[place.end]?.norm ?? ''))
    add(place.end + 1, 2.6, { kind: 'percentile', at: place.value / 100 }, 0.2)
  const short = /^p(\d\d)$/.exec(tokens[from]?.norm ?? '')
  if (short !== null) add(from + 1, 1.1, { kind: 'percentile', at: Number(short[1]) / 100 }, 0.1)
}

const nothing: readonly LexiconEntry[] = []

/** Words of the vocabulary and names of custom fields that begin here. */
export function addPhrases({ tokens, lexicon, world }: SegmentInput, from: number, add: AddSpan) {
  let phrase = ''
  for (let to = from + 1; to <= Math.min(from + Math.max(lexicon.maxWords, longestName), tokens.length); to++) {
    const token = tokens[to - 1] as Token
    if (token.quoted || token.kind === 'punctuation') break
    phrase = phrase === '' ? token.norm : `${phrase} ${token.norm}`
    const length = to - from
    const score = length + (length - 1) * 0.25
    // "Won or over 100k": what stands after its number is no "100k or over".
    const numberAhead = length > 1 && tokens[to]?.kind === 'number'
    for (const { reading, weight } of readingsHere(lexicon.phrases.get(phrase) ?? nothing, world))
      if (!(numberAhead && reading.kind === 'comparator' && reading.postfix === true))
        // "Canadian dollars" is a currency, whatever place is called Canadian.
        add(to, score - (structural.has(reading.kind) ? (length - 1) * 0.06 : 0) + (reading.kind === 'currency' ? (length - 1) * 0.5 : 0), reading, weight)
    for (const reading of customReadings(tokens.slice(from, to), world, lexicon))
      if (reading.kind === 'field' && reading.part === true) add(to, score, reading, -0.1)
      else add(to, score + 0.1 + (length - 1) * 0.45, reading, length === 1 && lexicon.words.has(phrase) ? -0.05 : 0.2)
    for (const field of world.customFields) {
      const names = customNames(field, lexicon)
      if (names.has(phrase) || (phrase.length > 3 && phrase.endsWith('s') && names.has(phrase.slice(0, -1))))
        add(
          to,
          score + 0.1 + (length - 1) * 0.4,
          { kind: 'field', concept: `custom.${field.key}`, options: [{ entity: field.entity, path: `custom.${field.key}` }] },
          0.05,
        )
    }
  }
}

/** Without what is said of quotes where there are none: "quote", "expires" and the like are mere words there, or names of something else. */
function readingsHere(entries: readonly LexiconEntry[], { counts }: SegmentInput['world']): readonly LexiconEntry[] {
  const hasQuotes = (counts.quotes ?? 0) > 0
  if (hasQuotes) return entries
  let known = withoutOffers.get(entries)
  if (known === undefined) {
    known = entries.flatMap(notOfOffers)
    withoutOffers.set(entries, known)
  }
  return known
}

const withoutOffers = new WeakMap<readonly LexiconEntry[], readonly LexiconEntry[]>()

function notOfOffers(entry: LexiconEntry): LexiconEntry[] {
  const { reading } = entry
  if (reading.kind === 'entity') return isOffer(reading.entity) ? [] : [entry]
  if (reading.kind === 'state') return statesOfOffers.has(reading.state) ? [] : [entry]
  if (reading.kind !== 'field' || !reading.options.some(({ entity }) => isOffer(entity))) return [entry]
  const options = reading.options.filter(({ entity }) => !isOffer(entity))
  return options.length === 0 ? [] : [{ ...entry, reading: { ...reading, options } }]
}

const statesOfOffers: ReadonlySet<string> = new Set(['accepted', 'declined', 'expired'])

function isOffer(entity: string): boolean {
  return entity === 'quotes' || entity === 'quote_lines'
}
