import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'

interface Chosen {
  lexeme: Lexeme
  reading: Reading
}

const opening = new Set<Reading['kind']>(['filler', 'ask', 'followUp', 'conjunction'])
const figures = new Set<Reading['kind']>(['state', 'measure', 'aggregate', 'currency'])

/** What was meant, where the words say it in two goes: a noun taken back, a wrapper around a figure, a currency inside a phrase. */
export function mended(chosen: readonly Chosen[]): Chosen[] {
  return unitsSold(pipelinesIn(worthOfDeals(unwrapped(takenBack(chosen)))))
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

const dealStates = new Set(['open', 'won', 'lost', 'abandoned'])
const dealWorth = [{ entity: 'opportunities' as const, path: 'value' }]

/** "Won value by industry", "total open value": the value of deals in that state. */
function worthOfDeals(chosen: readonly Chosen[]): Chosen[] {
  const at = chosen.findIndex(({ reading }, index) => {
    const following = chosen[index + 1]?.reading
    return reading.kind === 'state' && dealStates.has(reading.state) && following?.kind === 'field' && following.options.some(isDealWorth)
  })
  const [state, figure] = [chosen[at], chosen[at + 1]]
  const said = chosen.slice(0, Math.max(at, 0)).findLast(({ reading }) => reading.kind !== 'filler')?.reading
  if (
    at === -1 ||
    state === undefined ||
    figure === undefined ||
    said?.kind === 'superlative' ||
    (said?.kind === 'group' && chosen.some(({ reading }) => reading.kind === 'top')) ||
    chosen.some(isDeal)
  )
    return [...chosen]
  const worth: Chosen = { ...figure, reading: { kind: 'field', concept: 'value', options: dealWorth } }
  const of: Chosen = { ...state, reading: { kind: 'preposition', word: 'of' } }
  const deals: Chosen = { ...figure, reading: { kind: 'entity', entity: 'opportunities', plural: true } }
  return [...chosen.slice(0, at), worth, of, state, deals, ...chosen.slice(at + 2)]
}

function isDealWorth({ entity, path }: { entity: string; path: string }): boolean {
  return entity === 'opportunities' && path === 'value'
}

function isDeal({ reading }: Chosen): boolean {
  return reading.kind === 'entity' && reading.entity === 'opportunities'
}

const ofThePipeline = new Set(['weightedValue', 'forecast', 'pipelineValue'])

/** "My pipeline in euros", "the open USD pipeline": money, so what is open is added up; "the weighted value of Tom's pipeline" says it already. */
function pipelinesIn(chosen: readonly Chosen[]): Chosen[] {
  const said = chosen.some(({ reading }) => reading.kind === 'measure' && ofThePipeline.has(reading.measure))
  const measured = said || chosen.some(({ reading }) => reading.kind === 'measure' || reading.kind === 'aggregate')
  const mended = chosen.map((one, index): Chosen => {
    const previous = chosen[index - 1]?.reading.kind
    const following = chosen[index + 1]?.reading.kind
    if (!isPipeline(one)) return one
    const value: Chosen = { ...one, reading: { kind: 'measure', measure: 'pipelineValue' } }
    if (!measured && (previous === 'currency' || following === 'currency' || isWorth(chosen, index))) return value
    const owned = previous === 'possessive' || previous === 'me'
    // "The pipeline of Sofia", "Sofia's pipeline by stage".
    const whose = following === 'preposition' && ['user', 'me'].includes(chosen[index + 2]?.reading.kind ?? '')
    if (!measured && (whose || (owned && (following === 'group' || following === 'period')) || (previous === 'possessive' && following === undefined)))
      return value
    return said && owned && following !== 'value' ? { ...one, reading: { kind: 'filler' } } : one
  })
  // "The value of the renewals pipeline": what it is worth is said once.
  const valued = mended.findIndex(({ reading }, index) => reading.kind === 'measure' && chosen[index]?.reading.kind !== 'measure')
  const figure = mended.findIndex(({ reading }, index) => index < valued && reading.kind === 'field' && reading.options.some(isDealWorth))
  return mended.map((one, index) => (index === figure ? { ...one, reading: { kind: 'filler' } } : one))
}

/** "The value of our renewals pipeline". */
function isWorth(chosen: readonly Chosen[], at: number): boolean {
  const figure = chosen.findIndex(({ reading }, index) => index < at && reading.kind === 'field' && reading.options.some(isDealWorth))
  const between = chosen.slice(figure + 1, at).filter(({ reading }) => reading.kind !== 'filler')
  const [of, ...rest] = between
  const follows = of?.reading.kind === 'preposition' && of.reading.word === 'of'
  return (
    figure !== -1 &&
    follows &&
    !chosen.some(isDeal) &&
    rest.every(({ reading }) => reading.kind === 'value' || reading.kind === 'me' || reading.kind === 'state')
  )
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
