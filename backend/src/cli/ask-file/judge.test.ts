import { describe, expect, it } from 'vitest'
import type { MessagePart } from '#contracts/chat.ts'
import type { Column } from '#contracts/query.ts'
import { viewAnswer } from './answer-view.ts'
import { type Gold, judge } from './judge.ts'
import type { Question } from './question.ts'

const answer = (...parts: MessagePart[]) => viewAnswer({ text: 'There they are.', parts: [{ type: 'text', text: 'There they are.' }, ...parts], citations: [] })
const metric = (value: number | string | null, rest: { currency?: string; unit?: string } = {}): MessagePart => ({
  type: 'data-metric',
  data: { label: 'Figure', value, ...rest },
})
const columnsOf = (row: Record<string, unknown> = {}): Column[] =>
  Object.entries(row).map(([key, cell]) => ({ key, label: key, type: typeof cell === 'number' ? 'integer' : 'text' }))
const table = (rows: Record<string, unknown>[], total = rows.length, columns = columnsOf(rows[0])): MessagePart => ({
  type: 'data-table',
  data: { title: 'Table', columns, rows, total },
})
const verdict = (expectation: Question['expect'], gold: Gold, view: ReturnType<typeof answer>, ordered = false) =>
  judge({ expect: expectation, ordered }, gold, view).verdict
const rows = (columns: string[], ...cells: unknown[][]): Gold => ({ columns, rows: cells })

describe('metric', () => {
  const count = rows(['count'], ['42'])
  const money = rows(['value', 'currency'], ['1200.50', 'USD'], ['300', 'EUR'])

  it('takes the same figure, in any order of currencies', () => {
    expect(verdict('metric', count, answer(metric(42)))).toBe('right')
    expect(verdict('metric', money, answer(metric('300.00', { currency: 'EUR' }), metric('1200.50', { currency: 'USD' })))).toBe('right')
  })
  it('takes one row a currency for figures', () => {
    const columns = [
      { key: 'currency', label: 'Currency', type: 'currency' as const },
      { key: 'sum', label: 'Sum', type: 'money' as const },
    ]
    expect(
      verdict(
        'metric',
        money,
        answer(
          table(
            [
              { currency: 'USD', sum: '1200.5' },
              { currency: 'EUR', sum: '300' },
            ],
            2,
            columns,
          ),
        ),
      ),
    ).toBe('right')
    expect(
      verdict(
        'metric',
        money,
        answer(
          table(
            [
              { currency: 'USD', sum: '1200.5' },
              { currency: 'EUR', sum: '301' },
            ],
            2,
            columns,
          ),
        ),
      ),
    ).toBe('wrong')
  })
  it('refuses a wrong number, a wrong or missing or extra currency, and no figure', () => {
    expect(verdict('metric', count, answer(metric(41)))).toBe('wrong')
    expect(verdict('metric', count, answer(table([{ name: 'A' }])))).toBe('wrong')
    expect(verdict('metric', money, answer(metric('1200.50', { currency: 'USD' })))).toBe('wrong')
    expect(verdict('metric', money, answer(metric('1200.50', { currency: 'GBP' }), metric('300', { currency: 'EUR' })))).toBe('wrong')
    expect(verdict('metric', money, answer(metric('1200.50', { currency: 'USD' }), metric('300', { currency: 'EUR' }), metric('5', { currency: 'GBP' })))).toBe(
      'wrong',
    )
    expect(verdict('metric', money, answer(metric('1500.50')))).toBe('wrong')
  })
  it('reads a share written either way, but not another share', () => {
    expect(verdict('metric', rows(['share'], ['0.3333']), answer(metric(33.3, { unit: '%' })))).toBe('right')
    expect(verdict('metric', rows(['share'], ['0.3333']), answer(metric(0.3333, { unit: 'percent' })))).toBe('right')
    expect(verdict('metric', rows(['share'], ['0.3333']), answer(metric(34.3, { unit: '%' })))).toBe('wrong')
    expect(verdict('metric', rows(['share'], ['0.3333']), answer(metric(33.3)))).toBe('wrong')
  })
  it('takes nothing or zero where there is none', () => {
    expect(verdict('metric', rows(['avg'], [null]), answer(metric(null)))).toBe('right')
    expect(verdict('metric', rows(['avg'], [null]), answer(metric(3)))).toBe('wrong')
    expect(verdict('metric', rows(['value', 'currency']), answer(metric(7, { currency: 'USD' })))).toBe('wrong')
  })
})

describe('labels and ids', () => {
  const gold = rows(['name'], ['Zoë Brontë'], ['Will Summers'])

  it('takes the same records in any order, accents aside', () => {
    expect(
      verdict(
        'labels',
        gold,
        answer(
          table([
            { id: '2', name: 'Will Summers' },
            { id: '1', name: 'Zoe Bronte' },
          ]),
        ),
      ),
    ).toBe('right')
    expect(
      verdict(
        'labels',
        gold,
        answer(
          table([
            { first_name: 'Will', last_name: 'Summers' },
            { first_name: 'Zoë', last_name: 'Brontë' },
          ]),
        ),
      ),
    ).toBe('right')
    expect(verdict('ids', rows(['id'], ['a'], ['b']), answer(table([{ id: 'b' }, { id: 'a' }])))).toBe('right')
  })
  it('refuses a missing row, an extra row, another row, a doubled row', () => {
    expect(verdict('labels', gold, answer(table([{ name: 'Will Summers' }])))).toBe('wrong')
    expect(verdict('labels', gold, answer(table([{ name: 'Will Summers' }, { name: 'Zoë Brontë' }, { name: 'Mark Price' }])))).toBe('wrong')
    expect(verdict('labels', gold, answer(table([{ name: 'Will Summers' }, { name: 'Mark Price' }])))).toBe('wrong')
    expect(verdict('labels', gold, answer(table([{ name: 'Will Summers' }, { name: 'Will Summers' }])))).toBe('wrong')
    expect(verdict('ids', rows(['id'], ['a']), answer(table([{ id: 'c', name: 'a' }])))).toBe('wrong')
  })
  it('takes a page of a long list only with the true total', () => {
    const many = rows(['name'], ...Array.from({ length: 40 }, (_, index) => [`N${index}`]))
    const page = Array.from({ length: 20 }, (_, index) => ({ name: `N${index}` }))
    expect(verdict('labels', many, answer(table(page, 40)))).toBe('right')
    expect(verdict('labels', many, answer(table(page, 20)))).toBe('wrong')
    expect(verdict('labels', many, answer(table(page.slice(0, 3), 40)))).toBe('wrong')
  })
  it('takes the top of a longer list when the plan asks for so many', () => {
    const plan = (limit: number): MessagePart => ({ type: 'data-plan', data: { entity: 'contacts', limit } })
    const two = [{ name: 'Will Summers' }, { name: 'Zoë Brontë' }]
    expect(verdict('labels', gold, answer(table(two, 500), plan(2)))).toBe('right')
    expect(verdict('labels', gold, answer(table(two, 500), plan(50)))).toBe('wrong')
  })
  it('minds the order where it counts, but not between ties', () => {
    const ranked = rows(['name', 'rank'], ['A', 9], ['B', 5], ['C', 5])
    expect(verdict('labels', ranked, answer(table([{ name: 'A' }, { name: 'C' }, { name: 'B' }])), true)).toBe('right')
    expect(verdict('labels', ranked, answer(table([{ name: 'B' }, { name: 'A' }, { name: 'C' }])), true)).toBe('wrong')
  })
  it('takes an empty table for no records, and a record for none as wrong', () => {
    expect(verdict('labels', rows(['name']), answer(table([])))).toBe('right')
    expect(verdict('labels', rows(['name']), answer(table([{ name: 'A' }])))).toBe('wrong')
  })
})

describe('groups', () => {
  const gold = rows(['owner', 'count'], ['Raj Patel', '7'], [null, '2'])
  const money = rows(['stage', 'currency', 'sum'], ['Demo', 'USD', '100'], ['Demo', 'EUR', '50'])

  it('takes the same groups', () => {
    expect(
      verdict(
        'groups',
        gold,
        answer(
          table([
            { owner: null, count: 2 },
            { owner: 'Raj Patel', owner_id: '7', count: 7 },
          ]),
        ),
      ),
    ).toBe('right')
    expect(
      verdict(
        'groups',
        money,
        answer(
          table([
            { stage: 'Demo', currency: 'EUR', sum_value: '50.00' },
            { stage: 'Demo', currency: 'USD', sum_value: '100' },
          ]),
        ),
      ),
    ).toBe('right')
    expect(verdict('groups', rows(['month', 'count'], ['2026-11-01', 3]), answer(table([{ created_at: '2026-11-01', count: 3 }])))).toBe('right')
  })
  it('tells groups of one name apart by their figures, and reads a chart without a table', () => {
    const stages = rows(['stage', 'count'], ['Negotiation', 5], ['Negotiation', 4])
    expect(
      verdict(
        'groups',
        stages,
        answer(
          table([
            { stage: 'Negotiation', count: 4 },
            { stage: 'Negotiation', count: 5 },
          ]),
        ),
      ),
    ).toBe('right')
    expect(
      verdict(
        'groups',
        stages,
        answer(
          table([
            { stage: 'Negotiation', count: 5 },
            { stage: 'Negotiation', count: 5 },
          ]),
        ),
      ),
    ).toBe('wrong')
    const chart = (value: number): MessagePart => ({
      type: 'data-chart',
      data: {
        kind: 'bar',
        title: 'Owners',
        series: [
          {
            name: 'Count',
            points: [
              { label: 'Raj Patel', value: 7 },
              { label: 'Unassigned', value },
            ],
          },
        ],
      },
    })
    expect(verdict('groups', gold, answer(chart(2)))).toBe('right')
    expect(verdict('groups', gold, answer(chart(3)))).toBe('wrong')
  })
  it('refuses a wrong figure, a missing, an extra and another group, a swapped currency', () => {
    expect(
      verdict(
        'groups',
        gold,
        answer(
          table([
            { owner: null, count: 3 },
            { owner: 'Raj Patel', count: 7 },
          ]),
        ),
      ),
    ).toBe('wrong')
    expect(verdict('groups', gold, answer(table([{ owner: 'Raj Patel', count: 7 }])))).toBe('wrong')
    expect(
      verdict(
        'groups',
        gold,
        answer(
          table([
            { owner: null, count: 2 },
            { owner: 'Raj Patel', count: 7 },
            { owner: 'Kenji', count: 1 },
          ]),
        ),
      ),
    ).toBe('wrong')
    expect(
      verdict(
        'groups',
        money,
        answer(
          table([
            { stage: 'Demo', currency: 'USD', sum: '50' },
            { stage: 'Demo', currency: 'EUR', sum: '100' },
          ]),
        ),
      ),
    ).toBe('wrong')
    expect(verdict('groups', gold, answer(metric(9)))).toBe('wrong')
  })
})

describe('contains, decline, clarify', () => {
  const view = viewAnswer({
    text: "Sarah Connor's phone number is +1 (512) 555-0143.",
    parts: [{ type: 'data-plan', data: { entity: 'contacts' } }],
    citations: [],
  })

  it('finds a value in the text, phones by their digits', () => {
    expect(verdict('contains', rows(['phone'], ['+1 512-555-0143']), view)).toBe('right')
    expect(verdict('contains', rows(['phone'], ['+1 512-555-0144']), view)).toBe('wrong')
  })
  it('refuses a whole list as the answer about one', () => {
    expect(verdict('contains', rows(['city'], ['Austin']), answer(table(Array.from({ length: 30 }, () => ({ city: 'Austin' })))))).toBe('wrong')
  })
  it('counts declining as declined, answering the unanswerable as wrong', () => {
    const declined = answer()
    expect(verdict('metric', rows(['count'], [1]), declined)).toBe('declined')
    expect(verdict('decline', rows([]), declined)).toBe('right')
    expect(verdict('decline', rows([]), answer(metric(1)))).toBe('wrong')
  })
  it('counts a question back as right only where one is wanted', () => {
    const back = answer({ type: 'data-clarify', data: { question: 'Which?', options: [] } })
    expect(verdict('clarify', rows([]), back)).toBe('right')
    expect(verdict('metric', rows(['count'], [1]), back)).toBe('declined')
    expect(verdict('clarify', rows([]), answer(metric(1)))).toBe('wrong')
    const both = rows(['name'], ['John Smith'], ['John Smith'])
    expect(
      verdict(
        'clarify',
        both,
        answer(
          table([
            { name: 'John Smith', phone: '1' },
            { name: 'John Smith', phone: '2' },
          ]),
        ),
      ),
    ).toBe('right')
    expect(verdict('clarify', both, answer(table([{ name: 'John Smith', phone: '1' }])))).toBe('wrong')
  })
})
