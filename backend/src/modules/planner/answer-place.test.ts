import { beforeAll, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { fillVocabulary } from '../../../test/vocabulary.ts'
import { answerPlace } from './answer-place.ts'
import { answerQuestion, type PlannerOutcome } from './index.ts'
import { emptyFrame } from './plan/frame.ts'
import type { Interpretation } from './plan/interpret.ts'

let world: TestWorkspace
beforeAll(async () => {
  world = await createTestWorkspace()
  const add = (name: string, city: string | null, state: string | null) =>
    world.gold(
      "insert into contacts (workspace_id, id, last_name, city, state, created_at, updated_at) values ($1, $2, $3, $4, $5, '2026-01-01', '2026-01-01')",
      [world.workspaceId, newId(), name, city, state],
    )
  await add('Adams', 'New York', null)
  await add('Brown', 'Buffalo', 'New York')
  await add('Clark', 'Salem', null)
  await fillVocabulary(world)
})

const ask = (question: string) =>
  world.database.transaction(world.actor, (tx) => answerQuestion(tx, question, { now: new Date('2026-11-20T12:00:00Z'), timeZone: 'UTC', actor: world.actor }))

it('asks which is meant where a city and a state are called so and differ', async () => {
  expect((await ask('contacts in New York')).kind).toBe('clarify')
  expect((await ask('contacts in Salem')).kind).toBe('answer')
})

it.each(['Foo (Bar', '[', '$&', 'a\\', '"Quoted"'])('takes a place called %s for what it is', async (value) => {
  const frame = { ...emptyFrame('contacts'), constraints: [{ slot: 'city', filter: { field: 'city', op: 'eq' as const, value } }] }
  const options = ['city', 'state'].map((path) => ({ entity: 'contacts', path, value }))
  const chosen = [{ lexeme: { text: value }, reading: { kind: 'value', options } }] as unknown as Interpretation['chosen']
  let asked = 0
  const answer = async (of: typeof frame) =>
    ({
      parts: [{ type: 'data-metric', data: { value: JSON.stringify(of).includes('"field":"state"') ? '1' : '2', n: ++asked } }],
    }) as unknown as PlannerOutcome
  const told = await answerPlace(`contacts in ${value}`, frame, chosen, 'en', (of) => answer(of as typeof frame))
  expect(asked).toBe(2)
  expect('ask' in told && told.ask.options.map(({ message }) => message)).toEqual([`contacts in the city of ${value}`, `contacts in the state of ${value}`])
})
