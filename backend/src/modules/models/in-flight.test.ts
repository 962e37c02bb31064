import { describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createInFlight } from './in-flight.ts'

const workspaceId = newId()
const person = (inWorkspace = workspaceId): Actor => ({ type: 'user', workspaceId: inWorkspace, userId: newId(), name: 'Ann', role: 'rep', via: 'session' })
const tick = () => new Promise((resolve) => setImmediate(resolve))

describe('what is in flight', () => {
  it('is added up for the installation, a workspace and a person, each kind by itself', () => {
    const flight = createInFlight()
    const [ann, bob, other] = [person(), person(), person(newId())]
    const leave = flight.add('made', ann, '0.1')
    flight.add('made', bob, '0.2')
    flight.add('made', other, '1')
    flight.add('noted', ann, '5')
    const sums = (actor: Actor) => Object.values(flight.of('made', actor)).map(String)
    expect(sums(ann)).toEqual(['1.3', '0.3', '0.1'])
    leave()
    leave()
    expect(sums(ann)).toEqual(['1.2', '0.2', '0'])
    expect(flight.of('noted', ann).person.toNumber()).toBe(5)
  })

  it('is never counted twice, and never not at all: nobody reads while a line is written', async () => {
    const flight = createInFlight()
    const ann = person()
    let books = 0
    const stored = flight.add('noted', ann, '1')
    const seen = () =>
      flight
        .whileReading(async () => {
          await tick()
          return books
        })
        .then((read) => flight.of('noted', ann).person.plus(read).toNumber())
    const write = () =>
      flight.whileWriting(async () => {
        books += 1
        await tick()
        stored()
      })
    const all = await Promise.all([seen(), write(), seen(), seen()])
    expect(all.filter((one) => one !== undefined)).toEqual([1, 1, 1])
  })

  it('is read and written on after a failure', async () => {
    const flight = createInFlight()
    await expect(flight.whileWriting(() => Promise.reject(new Error('no database')))).rejects.toThrow('no database')
    await expect(flight.whileReading(() => Promise.reject(new Error('no database')))).rejects.toThrow('no database')
    expect(await flight.whileWriting(() => Promise.resolve(1))).toBe(1)
    expect(await flight.whileReading(() => Promise.resolve(2))).toBe(2)
  })
})
