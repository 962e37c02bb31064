import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'

interface Chosen {
  lexeme: Lexeme
  reading: Reading
}

const opening = new Set<Reading['kind']>(['filler', 'ask', 'followUp', 'conjunction'])
const figures = new Set<Reading['kind']>(['state', 'measure', 'aggregate', 'currency'])

/** What was meant, where the words say it in two goes: a noun taken back, a wrapper around a figure, a currency inside a phrase. */
export function mended(chosen: readonly Chosen[]): Chosen[] {
  return unitsSold(pipelinesIn(unwrapped(takenBack(chosen))))
}

/** "New customers, I mean organisations added in May": the second noun stands for the first. */
function takenBack(chosen: readonly Chosen[]): Chosen[] {
  const at = chosen.findIndex(({ reading }) => reading.kind === 'concept' && reading.concept === 'correction')
  if (at === -1) return [...chosen]
  const noun = chosen.slice(at + 1).find(({ reading }) => !opening.has(reading.kind))
  const first = chosen.findLastIndex(({ reading }, index) => index < at && reading.kind === 'entity')
  if (noun?.reading.kind !== 'entity' || first === -1) return [...chosen]
  return chosen.map((one, index) => (index === first || (index >= at && index < chosen.indexOf(noun)) ? { ...one, reading: { kind: 'filler' } } : one))
}

/** "Break down the open pipeline by owner": what is broken down is read as without it. */
function unwrapped(chosen: readonly Chosen[]): Chosen[] {
  const at = chosen.findIndex(({ reading }) => !opening.has(reading.kind))
  const isGroup = ({ reading }: Chosen) => reading.kind === 'group'
  const following = chosen.slice(at + 1).find(({ reading }) => reading.kind !== 'filler')
  if (at === -1 || !isGroup(chosen[at] as Chosen) || following === undefined || !figures.has(following.reading.kind)) return [...chosen]
  if (!chosen.slice(at + 1).some(isGroup)) return [...chosen]
  return chosen.map((one, index) => (index === at ? { ...one, reading: { kind: 'filler' } } : one))
}

const ofThePipeline = new Set(['weightedValue', 'forecast', 'pipelineValue'])

/** "My pipeline in euros", "the open USD pipeline": money, so what is open is added up; "the weighted value of Tom's pipeline" says it already. */
function pipelinesIn(chosen: readonly Chosen[]): Chosen[] {
  const said = chosen.some(({ reading }) => reading.kind === 'measure' && ofThePipeline.has(reading.measure))
  const measured = said || chosen.some(({ reading }) => reading.kind === 'measure' || reading.kind === 'aggregate')
  return chosen.map((one, index) => {
    const previous = chosen[index - 1]?.reading.kind
    const following = chosen[index + 1]?.reading.kind
    if (!isPipeline(one)) return one
    if (!measured && (previous === 'currency' || following === 'currency')) return { ...one, reading: { kind: 'measure', measure: 'pipelineValue' } }
    const owned = previous === 'possessive' || previous === 'me'
    return said && owned && following !== 'value' ? { ...one, reading: { kind: 'filler' } } : one
  })
}

function isPipeline({ reading }: Chosen): boolean {
  if (reading.kind === 'entity') return reading.entity === 'pipelines' && !reading.plural
  return reading.kind === 'field' && reading.concept === 'pipeline'
}

/** "Which product sold the most units": of what is sold, units are a figure. */
function unitsSold(chosen: readonly Chosen[]): Chosen[] {
  const sold = chosen.some(({ reading }) => reading.kind === 'verb' && (reading.verb === 'sell' || reading.verb === 'buy'))
  return chosen.map((one, index) => {
    const before = chosen[index - 1]?.reading
    if (before?.kind === 'superlative' && before.by === 'sold' && one.reading.kind === 'field' && one.reading.concept === 'quantity')
      return { ...one, reading: { kind: 'filler' } }
    const most = before?.kind === 'superlative' && before.by === 'count'
    return sold && most && one.reading.kind === 'field' && one.reading.concept === 'quantity'
      ? { ...one, reading: { kind: 'measure', measure: 'quantity' } }
      : one
  })
}
