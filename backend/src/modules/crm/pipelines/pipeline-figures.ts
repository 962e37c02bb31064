import { Decimal } from 'decimal.js'
import type { PipelineReport } from '#contracts/pipeline.ts'

/** Deals that stand at one stage of one pipeline in one state and currency; sums of money are decimal strings. */
export interface Standing {
  pipelineId: string | null
  currency: string | null
  stageId: string | null
  state: string
  deals: number
  value: string
  /** Sum of value x the deal's own probability (0-100). */
  weightedByDeal: string
  /** Value of the deals without a probability of their own; their stage's counts. */
  valueWithoutProbability: string
  /** Sum of days since the stage changed, over the `aged` deals that say when it did. */
  ageDays: number
  aged: number
  /** Sum of days from creation to close, over the `closed` deals that have a close date. */
  cycleDays: number
  closed: number
  closedLast90: number
  closedValueLast90: string
}

interface Stage {
  id: string
  name: string
  position: number
  probability: number | null
}

type Block = PipelineReport['pipelines'][number]

const noMoney = new Decimal(0)

/** The figures of one pipeline in one currency. */
export function figuresOf(stages: readonly Stage[], standings: readonly Standing[]): Pick<Block, 'stages' | 'winRate' | 'meanCycleDays' | 'velocityPerDay'> {
  const won = standings.filter(({ state }) => state === 'won')
  const wonDeals = sum(won, ({ deals }) => deals)
  const lostDeals = sum(
    standings.filter(({ state }) => state === 'lost'),
    ({ deals }) => deals,
  )
  const openDeals = sum(
    standings.filter(({ state }) => state === 'open'),
    ({ deals }) => deals,
  )
  const winRate = wonDeals + lostDeals === 0 ? null : wonDeals / (wonDeals + lostDeals)
  const closed = sum(won, (standing) => standing.closed)
  const meanCycleDays = closed === 0 ? null : sum(won, ({ cycleDays }) => cycleDays) / closed
  const recent = sum(won, ({ closedLast90 }) => closedLast90)
  const recentValue = money(won, ({ closedValueLast90 }) => closedValueLast90)
  return {
    stages: stageFigures(stages, standings, wonDeals),
    winRate,
    meanCycleDays,
    // Sales velocity: open deals x win rate x mean won value / mean cycle, in money a day.
    velocityPerDay:
      winRate === null || recent === 0 || meanCycleDays === null || meanCycleDays <= 0
        ? null
        : recentValue.div(recent).times(openDeals).times(winRate).div(meanCycleDays).toFixed(2),
  }
}

/** Stages that a deal must have passed to stand where it stands count as reached; a won deal reached them all. */
function stageFigures(stages: readonly Stage[], standings: readonly Standing[], wonDeals: number): Block['stages'] {
  const positions = new Map(stages.map(({ id, position }) => [id, position]))
  const unfinished = standings.filter(({ state, stageId }) => state !== 'won' && stageId !== null && positions.has(stageId))
  const reached = stages.map(
    ({ position }) =>
      wonDeals +
      sum(
        unfinished.filter(({ stageId }) => (positions.get(stageId ?? '') ?? 0) >= position),
        ({ deals }) => deals,
      ),
  )
  return stages.map((stage, index) => {
    const open = standings.filter(({ state, stageId }) => state === 'open' && stageId === stage.id)
    const aged = sum(open, (standing) => standing.aged)
    const here = reached[index] ?? 0
    const next = reached[index + 1]
    const weighted = money(open, ({ weightedByDeal }) => weightedByDeal).plus(
      money(open, ({ valueWithoutProbability }) => valueWithoutProbability).times(stage.probability ?? 0),
    )
    return {
      id: stage.id,
      name: stage.name,
      count: sum(open, ({ deals }) => deals),
      value: money(open, ({ value }) => value).toFixed(),
      weightedValue: weighted.div(100).toFixed(2),
      meanAgeDays: aged === 0 ? null : sum(open, ({ ageDays }) => ageDays) / aged,
      conversionToNext: next === undefined || here === 0 ? null : next / here,
    }
  })
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((total, item) => total + figure(item), 0)
}

function money<T>(items: readonly T[], amount: (item: T) => string): Decimal {
  return items.reduce((total, item) => total.plus(amount(item)), noMoney)
}
