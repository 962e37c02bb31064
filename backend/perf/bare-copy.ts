import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { InsightlyProcess, Rate } from './insightly-process.ts'

export const pageRows = 500
/** A call counts until a window after its answer began, and clocks differ a little: so the other end never sees one too many. */
const marginMs = 10

/** Fetches the same pages within the same limit and throws them away: what any copy costs at least. @returns seconds */
export async function copyBare({ url, key }: InsightlyProcess, counts: ReadonlyMap<string, number>, { requests, windowMs }: Rate): Promise<number> {
  const pages = [...counts].flatMap(([path, count]) =>
    Array.from({ length: Math.ceil(count / pageRows) }, (_, page) => `/v3.1/${path}?top=${pageRows}&skip=${page * pageRows}`),
  )
  const pool = new Pool(new URL(url).origin, { connections: requests })
  const headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, 'accept-encoding': 'gzip' }
  const began = performance.now()
  let next = 0
  // As many workers as calls are allowed in a window; each waits one out between two calls.
  const work = async () => {
    for (;;) {
      const path = pages[next++]
      if (path === undefined) return
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers })
      const freeAt = performance.now() + windowMs + marginMs
      await body.arrayBuffer()
      if (statusCode !== 200) throw new Error(`GET ${path} answered ${statusCode}.`)
      if (next < pages.length) await sleep(Math.max(0, freeAt - performance.now()))
    }
  }
  try {
    await Promise.all(Array.from({ length: requests }, work))
  } finally {
    await pool.destroy()
  }
  return (performance.now() - began) / 1000
}
