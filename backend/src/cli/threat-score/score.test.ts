import { appendFileSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assessRequest } from '#backend/modules/security/index.ts'
import { skippedSuitesVariable } from '../../../test/requirements.ts'
import { asBody, asQuery } from './attack-lists.ts'
import { placeholders } from './placeholders.ts'
import { scoreLines } from './report.ts'
import { type Figure, figure, measureFigures } from './score.ts'

const data = join(process.env.CHATSG_SHARED ?? resolve(import.meta.dirname, '../../../../../shared'), 'data')
const isThere = existsSync(join(data, 'threat'))
const list = process.env[skippedSuitesVariable]
if (!isThere && list !== undefined)
  appendFileSync(list, `${JSON.stringify({ suite: 'Figures of the threat detector', program: 'the folder of attack lists (CHATSG_SHARED)' })}\n`)

describe.skipIf(!isThere)('on attack lists and on what people write', () => {
  const figures = isThere ? measureFigures(data) : []

  it.each(figures.filter(({ target }) => target !== undefined))('$name meets its target', ({ isMet, rate }) => {
    expect(isMet, `${(rate * 100).toFixed(2)} %`).toBe(true)
  })

  it('reads every list', () => {
    for (const name of [
      'GoTestWAF community',
      'HttpParams sqli',
      'HttpParams norm',
      'libinjection sqli',
      'Core Rule Set attacks, level 1',
      'Business text in a body',
    ])
      expect(figures.find((one) => one.name === name)?.total ?? 0, name).toBeGreaterThan(50)
  })

  it('flags hardly any benign parameter', () => {
    expect(figures.find(({ name }) => name === 'HttpParams norm')?.rate).toBeLessThan(0.002)
  })
})

// Otherwise a place would be caught for its wrapping and not for its payload.
it.each(Object.keys(placeholders))('%s carries harmless text unnoticed', (name) => {
  expect(assessRequest(placeholders[name]?.(name === 'JSONBody' ? '{"a":"hello"}' : 'hello') ?? asQuery('')).score).toBeLessThan(25)
})

it('says which targets are missed', () => {
  const bad: Figure = figure('Attacks', [asQuery('hello'), asBody('<script>alert(1)</script>')], { atLeast: 0.9 })
  expect(bad).toMatchObject({ flagged: 1, total: 2, rate: 0.5, isMet: false })
  expect(scoreLines({ figures: [bad], missing: ['Others'], medianMs: 0.1, maximumMs: 0.3, isMet: false })).toEqual([
    expect.stringMatching(/^MISSED Attacks .*50\.00 %.*1 of 2.*at least 90\.00 %$/),
    expect.stringMatching(/^ok .*0\.100 ms/),
    expect.stringMatching(/Others .*not in this folder$/),
    '1 target is missed.',
  ])
})
