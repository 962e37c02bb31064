import { describe, expect, it } from 'vitest'
import type { MessagePart } from '#contracts/chat.ts'
import type { PlannerOutcome } from '../../answerer.ts'
import { createConfidential } from '../confidential/confidential.ts'
import { showsWords, toPrompt } from './planned.ts'

const outcome = (more: Partial<PlannerOutcome>): PlannerOutcome => ({
  kind: 'answer',
  confidence: 0.7,
  text: 'Casey White: 555 1234.',
  parts: [],
  citations: [],
  coverage: null,
  memory: null,
  plan: null,
  ...more,
})
const table: MessagePart = {
  type: 'data-table',
  data: {
    title: 'Contacts',
    columns: [
      { key: 'name', label: 'Name', type: 'text' },
      { key: 'phone', label: 'Phone', type: 'phone' },
    ],
    rows: [{ id: '1', name: 'Casey White', phone: '555 1234' }],
    total: 1,
  },
}
const plan = (data: object): MessagePart => ({ type: 'data-plan', data: { entity: 'contacts', ...data } as never })
const nothing = createConfidential([])
const phones = createConfidential([{ entity: 'contacts', field: 'phone' }])

describe('what a prompt may hold of the planner', () => {
  it('is its words and rows where nothing is kept back', () => {
    const told = toPrompt(outcome({ parts: [table, plan({})] }), nothing)
    expect(told).toMatchObject({
      text: 'Casey White: 555 1234.',
      tables: [{ entity: 'contacts', total: 1, rows: [{ id: '1', name: 'Casey White', phone: '555 1234' }] }],
    })
  })

  it('is without the words and columns of what is kept back, and nothing where the plan rests on it', () => {
    const told = JSON.stringify(toPrompt(outcome({ parts: [table, plan({})] }), phones))
    expect(told).toContain('Casey White')
    expect(told).not.toContain('555')
    expect(toPrompt(outcome({ parts: [table, plan({ filter: { field: 'phone', op: 'isEmpty' } })] }), phones)).toBeUndefined()
    // Without a plan nobody knows what its words rest on.
    expect(JSON.stringify(toPrompt(outcome({}), phones))).not.toContain('555')
  })

  it('never holds the sentences of a decline, whose examples name records', () => {
    expect(toPrompt(outcome({ kind: 'decline', text: 'You can ask: what is the phone of Casey White?' }), nothing)).not.toHaveProperty('text')
  })
})

describe('words of records', () => {
  it.each<[string, Partial<PlannerOutcome>, boolean]>([
    ['a figure', { parts: [{ type: 'text', text: '3' }, { type: 'data-metric', data: { label: 'Contacts', value: 3 } }, plan({})] }, false],
    ['a table', { parts: [table] }, true],
    ['a citation', { citations: [{ entity: 'contact', id: '1', label: 'x', url: '' }] }, true],
    ['a condition', { parts: [plan({ filter: { field: 'name', op: 'eq', value: 'Casey White' } })] }, true],
    ['a choice', { kind: 'clarify', parts: [{ type: 'data-clarify', data: { question: 'Who?', options: [] } }] }, true],
    ['a decline', { kind: 'decline' }, false],
  ])('%s: %s', (_name, more, shown) => {
    expect(showsWords(outcome(more))).toBe(shown)
  })
})
