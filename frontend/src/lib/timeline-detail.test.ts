import { expect, it } from 'vitest'
import { timelineDetail } from './timeline-detail.ts'

it.each([
  ['opportunity', 'open · 16550 USD', 'open · $16,550'],
  ['opportunity', 'won · -12.5 EUR', 'won · -€12.50'],
  ['opportunity', 'open', 'open'],
  ['order', '99 USD', '$99'],
  ['note', 'open · 16550 USD', 'open · 16550 USD'],
  ['task', null, ''],
])('%s: %s', (kind, detail, shown) => expect(timelineDetail({ kind, title: 'Title', detail })).toBe(shown))
