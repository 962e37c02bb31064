import { expect, it } from 'vitest'
import { timeLeft } from './time-left.ts'

it.each([
  [null, undefined],
  [0, 'almost done'],
  [12, 'about 15 seconds left'],
  [100, 'about 2 minutes left'],
  [3540, 'about 59 minutes left'],
  [7200, 'about 2 hours left'],
])('says %s seconds as "%s"', (seconds, text) => {
  expect(timeLeft(seconds)).toBe(text)
})
