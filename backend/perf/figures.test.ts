import { describe, expect, it } from 'vitest'
import { exitCodeOf, type Figure, passes, percentilesOf, reachesGoal, toAmount } from './figures.ts'

const slow: Figure = { name: 'search p95', value: 1200, unit: 'ms', target: 1000 }
const quick: Figure = { name: 'search p95', value: 800, unit: 'ms', target: 1000, goal: 25 }
const broken = { what: 'scenario sync', why: 'The server ended.' }
const offline = { what: 'Mastra loop', why: 'could not be installed', isTolerated: true }

describe('the exit code', () => {
  it('is 1 exactly when a target is missed, whatever else could not be measured', () => {
    expect(exitCodeOf({ figures: [quick, slow], unmeasured: [] })).toBe(1)
    expect(exitCodeOf({ figures: [quick, slow], unmeasured: [broken] })).toBe(1)
    expect(exitCodeOf({ figures: [{ ...quick, value: Number.NaN }], unmeasured: [] })).toBe(1)
  })

  it('is 2 when something could not be measured, unless a run is whole without it', () => {
    expect(exitCodeOf({ figures: [quick], unmeasured: [broken] })).toBe(2)
    expect(exitCodeOf({ figures: [quick], unmeasured: [offline, broken] })).toBe(2)
    expect(exitCodeOf({ figures: [quick], unmeasured: [offline] })).toBe(0)
  })

  it('is 0 when only goals are missed', () => {
    expect(reachesGoal(quick)).toBe(false)
    expect(exitCodeOf({ figures: [quick, { name: 'memory', value: 500, unit: 'MB' }], unmeasured: [] })).toBe(0)
  })
})

describe('a figure', () => {
  it('of a rate is good from its target on', () => {
    expect(passes({ name: 'import', value: 9000, unit: 'rows/s', target: 10_000, atLeast: true })).toBe(false)
    expect(passes({ name: 'import', value: 10_000, unit: 'rows/s', target: 10_000, atLeast: true })).toBe(true)
  })

  it('shows hundredths where a tenth would hide the difference', () => {
    expect([toAmount(0.314, 'ms'), toAmount(66.54, 'ms'), toAmount(1234.5, 'MB')]).toEqual(['0.31 ms', '66.5 ms', '1,235 MB'])
  })

  it('has percentiles that are measured values', () => {
    expect(percentilesOf([5, 1, 4, 2, 3])).toEqual({ p50: 3, p95: 5, p99: 5 })
  })
})
