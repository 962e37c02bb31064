import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

describe('turns', () => {
  it('are handed out in the order they are asked for, no more at once than there are', async () => {
    const turns = createTurns(2, 10_000)
    const order: number[] = []
    const given = [await turns.take(), await turns.take()]
    const later = [0, 1, 2].map((place) =>
      turns.take().then((giveBack) => {
        order.push(place)
        return giveBack
      }),
    )
    await Promise.resolve()
    expect(order).toEqual([])
    given[0]?.()
    given[0]?.()
    ;(await later[0])?.()
    await later[1]
    expect(order).toEqual([0, 1])
    given[1]?.()
    await later[2]
    expect(order).toEqual([0, 1, 2])
  })

  it('end for all who wait when the database is away, and go on for those who come afterwards', async () => {
    const turns = createTurns(1, 10_000)
    const giveBack = await turns.take()
    const waiting = [turns.take(), turns.take()]
    turns.refuse(new Error('away'))
    for (const one of waiting) await expect(one).rejects.toThrow('away')
    giveBack()
    expect(await turns.take()).toBeTypeOf('function')
  })

  it('end for who waits too long', async () => {
    const turns = createTurns(1, 30)
    const giveBack = await turns.take()
    await expect(turns.take()).rejects.toThrow('No connection to the database was free for 0.03 s.')
    giveBack()
    expect(await turns.take()).toBeTypeOf('function')
  })
})
