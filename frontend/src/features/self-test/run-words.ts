import type { SelfTestRun } from '#contracts/self-test.ts'
import type { Runnable } from './api/self-test.ts'

const names: Readonly<Record<string, string>> = {
  'all suites': 'All suites',
  validate_system: 'What is configured',
  benchmark: 'Timing',
}
export const runName = (name: string): string => names[name] ?? name

export const runStatusWords: Readonly<Record<SelfTestRun['status'], string>> = {
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
  broken: 'Not finished',
}

export const aboutRunnable: Readonly<Record<Runnable['kind'], string>> = {
  all: 'Every suite in a database of its own, filled with the demo company and dropped afterwards. Takes up to two minutes.',
  suite: 'One suite in a database of its own, which is dropped afterwards.',
  validate_system: 'Asks the database, the models, the mail server and whatever else is configured whether they answer. Changes nothing.',
  benchmark: 'Times real operations over HTTP in a database of its own: half of them, and 95 of 100, were faster than what it tells.',
}
