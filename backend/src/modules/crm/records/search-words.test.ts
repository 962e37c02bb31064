import { beforeAll, expect, it } from 'vitest'
import type { Transaction } from '#backend/infra/database/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { addWords, createWordKeepers } from './search-words.ts'

let world: TestWorkspace
beforeAll(async () => {
  world = await createTestWorkspace()
})

const transact = (work: (tx: Transaction) => Promise<void>) => world.database.transaction(world.actor, work)
const words = async () => (await world.gold<{ word: string }>('select word from search_words where workspace_id = $1 order by 1')).map(({ word }) => word)

it('has written the words, with the forms by which mistakes find them, when it says so', async () => {
  const keeper = createWordKeepers(transact)()
  keeper.add(['zebra', 'apple'])
  keeper.add(['mango'])
  await keeper.written()
  expect(await words()).toEqual(['apple', 'mango', 'zebra'])
  const forms = await world.gold<{ deletion: string }>("select deletion from search_deletions where workspace_id = $1 and word = 'mango' order by 1")
  expect(forms.map(({ deletion }) => deletion)).toEqual(['ango', 'mago', 'mang', 'mango', 'mano', 'mngo'])
})

it('sends a word that is written but once', async () => {
  let sent = 0
  const keepers = createWordKeepers((work) => {
    sent += 1
    return transact(work)
  })
  for (const some of [['once'], ['once'], ['once', 'more'], ['more']]) {
    const keeper = keepers()
    keeper.add(some)
    await keeper.written()
  }
  expect(sent).toBe(2)
  expect(await words()).toEqual(expect.arrayContaining(['more', 'once']))
})

it('gives up on a word that somebody holds, and writes it the next time', async () => {
  const keepers = createWordKeepers(transact)
  const first = keepers()
  await transact(async (tx) => {
    await addWords(tx, ['contested'])
    first.add(['contested', 'other'])
    // Nobody waits for it yet.
    await expect(first.written()).rejects.toMatchObject({ code: '55P03' })
  })
  const second = keepers()
  second.add(['other'])
  await second.written()
  expect(await words()).toEqual(expect.arrayContaining(['contested', 'other']))
})
