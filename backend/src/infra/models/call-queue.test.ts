import { describe, expect, it } from 'vitest'
import { createCallQueue, type QueuedCall } from './call-queue.ts'

/** Calls that note when they are admitted, and are ended by hand. */
function createLine(maxRunning: number, maxWaiting = 100) {
  const queue = createCallQueue({ maxRunning, maxWaiting })
  const admitted: string[] = []
  const releases: (() => void)[] = []
  const enter = (name: string, call: Partial<QueuedCall> = {}) =>
    queue.enter({ owner: name.split(' ')[0] ?? '', ...call }).then((release) => {
      admitted.push(name)
      releases.push(release)
    })
  const endNext = async () => {
    releases.shift()?.()
    await new Promise(setImmediate)
  }
  return { queue, admitted, enter, endNext }
}

describe('turns of calls', () => {
  it('go around between people, however much one of them asks', async () => {
    const { admitted, enter, endNext, queue } = createLine(1)
    const all = ['ann 1', 'ann 2', 'ann 3', 'bob 1', 'cid 1', 'bob 2'].map((name) => enter(name))
    for (let i = 0; i < 6; i++) await endNext()
    await Promise.all(all)
    expect(admitted).toEqual(['ann 1', 'ann 2', 'bob 1', 'cid 1', 'ann 3', 'bob 2'])
    await endNext()
    expect([queue.running, queue.waiting]).toEqual([0, 0])
  })

  it('let the background wait for people, but not for ever', async () => {
    const { admitted, enter, endNext } = createLine(1)
    const all = [enter('first'), enter('job', { background: true }), ...Array.from({ length: 12 }, (_, index) => enter(`person${index}`))]
    for (let i = 0; i < 14; i++) await endNext()
    await Promise.all(all)
    expect(admitted.indexOf('job')).toBe(9)
    const quiet = createLine(1)
    void quiet.enter('first')
    void quiet.enter('job', { background: true })
    await new Promise(setImmediate)
    await quiet.endNext()
    expect(quiet.admitted).toEqual(['first', 'job'])
  })

  it('are left by whoever gives up, without a trace', async () => {
    const { admitted, enter, endNext, queue } = createLine(1)
    void enter('first')
    const controller = new AbortController()
    const given = enter('second', { signal: controller.signal })
    void enter('third')
    controller.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    await endNext()
    expect(admitted).toEqual(['first', 'third'])
    expect([queue.running, queue.waiting]).toEqual([1, 0])
  })

  it('are given back once, whatever is said twice', async () => {
    const queue = createCallQueue({ maxRunning: 1, maxWaiting: 1 })
    const release = await queue.enter({ owner: 'ann' })
    release()
    release()
    expect(queue.running).toBe(0)
  })

  it('are not waited for by more than may', async () => {
    const { enter } = createLine(1, 1)
    void enter('first')
    void enter('second')
    await expect(enter('third')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 5 })
  })
})
