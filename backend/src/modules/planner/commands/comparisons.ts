import type { Row } from '#contracts/query.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { readMinutes } from './moments.ts'
import { readSelection, type Selection } from './selection.ts'
import { readTarget } from './targets.ts'

/** Records of which there are more or fewer than of others. */
export interface Comparison {
  selection: Selection
  against: Selection
  compares: (count: number, other: number) => boolean
}

const ways: Readonly<Record<string, Comparison['compares']>> = {
  more: (count, other) => count > other,
  fewer: (count, other) => count < other,
  less: (count, other) => count < other,
  'as many': (count, other) => count === other,
  'the same number of': (count, other) => count === other,
  'at least as many': (count, other) => count >= other,
}
const way = '(more|fewer|less|at least as many|as many|the same number of)'
const than = '(?:than|as)'
const theirs = new RegExp(`^(.+?) (?:has|have|'s got|has got|got|holds|owns) ${way} (.+?) ${than} (.+?)(?: (?:has|have|does|do|is|are))?$`, 'i')
const all = new RegExp(`^there (?:are|is) ${way} (.+?) ${than} (.+)$`, 'i')

/** "Raj has more leads than Akira", "there are fewer lost customers than won customers". */
export function readComparison(said: string, lexis: Lexis): Comparison | undefined {
  const [, who, how = '', what, whom] = theirs.exec(clean(said)) ?? []
  const [, over = '', these, those] = who === undefined ? (all.exec(clean(said)) ?? []) : []
  const compares = ways[(how === '' ? over : how).toLowerCase()]
  if (compares === undefined) return undefined
  const whose = (one: string) => (/^(?:i|me)$/i.test(one) ? 'my' : `${one.replace(/'s$/, '')}'s`)
  const [first, second] =
    who === undefined || whom === undefined
      ? [these, those]
      : [`all of ${whose(who)} ${what}`, `all of ${whose(whom)} ${what}`].map((one) => one.replace('of my', 'my'))
  const [selection, against] = [first, second].map((one) => (one === undefined ? undefined : readSelection(one, lexis)))
  if (selection === undefined || against === undefined || selection.order !== undefined || against.order !== undefined) return undefined
  return { selection: { ...selection, many: true }, against: { ...against, many: true }, compares }
}

/** One meeting that lasts longer or shorter than is said. */
export interface Length {
  meeting: Selection
  fits: (row: Row) => boolean
}

const lasts = /^(.+?) (?:is|lasts|takes|goes on for|runs)(?: for)? (longer than|shorter than|more than|less than|over|under|at least|at most) (.+?)(?: long)?$/i

/** "My meeting with Raj on December 11 is longer than an hour." */
export function readLengthOf(said: string, lexis: Lexis): Length | undefined {
  const [, what, how = '', length = ''] = lasts.exec(clean(said)) ?? []
  const minutes = readMinutes(length)
  const meeting = what === undefined || minutes === undefined ? undefined : readTarget(what, lexis)
  if (minutes === undefined || meeting?.entities[0] !== 'events' || (meeting.many && meeting.order === undefined)) return undefined
  const isLonger = /longer|more|over|least/i.test(how)
  const isWithin = /least|most/i.test(how)
  return {
    meeting: { ...meeting, entities: ['events'] },
    fits: ({ starts_at, ends_at }) => {
      const lasting = (Date.parse(String(ends_at)) - Date.parse(String(starts_at))) / 60_000
      return (isWithin && lasting === minutes) || (isLonger ? lasting > minutes : lasting < minutes)
    },
  }
}
