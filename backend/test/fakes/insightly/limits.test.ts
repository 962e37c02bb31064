import { describe, expect, it } from 'vitest'
import { openFake } from './fake-client.ts'
import { busiestWindow } from './http/recorder.ts'

const noon = Date.UTC(2026, 8, 1, 12)

describe('the limits of the fake', () => {
  it('grants so many calls in any window, and says that the day is not over', async () => {
    let now = noon
    const client = await openFake({ now: () => now, settings: { rateRequests: 3, rateWindowMs: 1000 } })
    const statuses: number[] = []
    const callAt = async (offset: number) => {
      now = noon + offset
      statuses.push((await client.get('/Pipelines')).status)
    }
    for (const offset of [0, 400, 800, 999, 1000, 1001, 1399, 1400]) await callAt(offset)
    expect(statuses).toEqual([200, 200, 200, 429, 200, 429, 429, 200])
    now = noon + 1401
    const refused = await client.get('/Pipelines')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('99995')
    expect(refused.headers.get('retry-after')).toBeNull()
    await client.close()
  })

  it('counts no refused call, neither for the window nor for the day', async () => {
    let now = noon
    const client = await openFake({ now: () => now, settings: { rateRequests: 1, rateWindowMs: 1000 } })
    await client.get('/Pipelines')
    for (const offset of [300, 600, 900]) {
      now = noon + offset
      expect((await client.get('/Pipelines')).status).toBe(429)
    }
    now = noon + 1000
    expect((await client.get('/Pipelines')).status).toBe(200)
    expect((await client.admin('GET', '/quota')).row).toEqual({ limit: 100_000, remaining: 99_998 })
    await client.close()
  })

  it('ends with the day and begins anew with the next', async () => {
    let now = noon
    const client = await openFake({ now: () => now, settings: { dailyCalls: 2 } })
    expect((await client.get('/Pipelines')).headers.get('x-ratelimit-remaining')).toBe('1')
    expect((await client.get('/Pipelines')).headers.get('x-ratelimit-remaining')).toBe('0')
    const over = await client.get('/Pipelines')
    expect([over.status, over.headers.get('x-ratelimit-remaining'), over.headers.get('x-ratelimit-limit')]).toEqual([429, '0', '2'])
    now = Date.UTC(2026, 8, 2)
    expect((await client.get('/Pipelines')).status).toBe(200)
    await client.admin('PUT', '/quota', { used: 2 })
    expect((await client.get('/Pipelines')).status).toBe(429)
    await client.close()
  })

  it('records every call with its time, refused ones too, and tells the busiest window', async () => {
    let now = noon
    const client = await openFake({ now: () => now, settings: { rateRequests: 2, rateWindowMs: 1000 } })
    for (const offset of [0, 10, 20, 1015]) {
      now = noon + offset
      await client.get(`/Contacts?skip=${offset}`)
    }
    const calls = client.fake.calls().map(({ at, status, counted, path }) => [at - noon, status, counted, path])
    expect(calls).toEqual([
      [0, 200, true, '/v3.1/Contacts?skip=0'],
      [10, 200, true, '/v3.1/Contacts?skip=10'],
      [20, 429, false, '/v3.1/Contacts?skip=20'],
      [1015, 200, true, '/v3.1/Contacts?skip=1015'],
    ])
    expect((await client.admin('GET', '/calls/busiest')).row).toEqual({ windowMs: 1000, calls: 4, busiest: 3 })
    expect((await client.admin('GET', '/calls?since=3')).row.calls).toHaveLength(1)
    await client.admin('DELETE', '/calls')
    expect(client.fake.calls()).toEqual([])
    await client.close()
  })

  it('finds the busiest window wherever it begins', () => {
    const at = (...times: number[]) => times.map((time) => ({ at: time }))
    expect(busiestWindow([], 1000)).toBe(0)
    expect(busiestWindow(at(0, 999), 1000)).toBe(2)
    expect(busiestWindow(at(0, 1000), 1000)).toBe(1)
    expect(busiestWindow(at(0, 600, 700, 800, 1599, 1600), 1000)).toBe(4)
    expect(busiestWindow(at(0, 600, 700, 800, 1500, 1599), 1000)).toBe(5)
  })
})
