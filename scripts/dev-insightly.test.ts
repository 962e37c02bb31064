import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../backend/test/server-process.ts'
import { type DevInsightly, startDevInsightly } from './dev-insightly.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const start = async (config: Parameters<typeof startDevInsightly>[0]): Promise<DevInsightly> => {
  const insightly = await startDevInsightly(config)
  opened.push(insightly)
  return insightly
}

const callWith = async (url: string, key: string) =>
  (await fetch(`${url}/Users/Me`, { headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` } })).status

describe('the fake Insightly of npm run dev', () => {
  it('says where it is and how to connect', async () => {
    const { url, described } = await start({ insightlyApiUrl: 'https://api.insightly.com/v3.1' })
    expect(described).toContain(url)
    const key = /INSIGHTLY_API_KEY=(\S+)/.exec(described)?.[1] ?? ''
    expect(await callWith(url, key)).toBe(200)
  })

  it('does not take, and never tells, a key that belongs to the real one', async () => {
    const { url, described } = await start({ insightlyApiKey: 'real-key-of-somebody', insightlyApiUrl: 'https://api.na1.insightly.com/v3.1' })
    expect(described).not.toContain('real-key-of-somebody')
    expect(await callWith(url, 'real-key-of-somebody')).toBe(401)
  })

  it('is where the configuration says, with its key', async () => {
    const port = await freePort()
    const { url, described } = await start({ insightlyApiKey: 'my-key', insightlyApiUrl: `http://127.0.0.1:${port}/v3.1` })
    expect(url).toBe(`http://127.0.0.1:${port}/v3.1`)
    expect(await callWith(url, 'my-key')).toBe(200)
    expect(described).not.toContain('my-key')
    expect(described).toContain('is mirrored')
  })

  it('makes way for a server that is there already', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    opened.push(other)
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const { url, described } = await start({ insightlyApiKey: 'my-key', insightlyApiUrl: `http://127.0.0.1:${port}/v3.1` })
    expect(new URL(url).port).not.toBe(String(port))
    expect(described).not.toContain('is mirrored')
  })
})
