import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'

describe('agents as models of OpenAI’s protocol', () => {
  let app: TestApp
  let client: OpenAI

  beforeAll(async () => {
    app = await createTestApp({ now: '2026-11-20T15:00:00.000Z' })
    const address = await app.server.listen({ port: 0, host: '127.0.0.1' })
    client = new OpenAI({ apiKey: testAdminKey, baseURL: `${address}/v1`, maxRetries: 0 })
    for (const [name, city] of [
      ['Ada', 'London'],
      ['Ben', 'London'],
      ['Cem', 'Berlin'],
    ])
      await app.request('POST', '/api/crm/contacts', { first_name: name, last_name: 'Stone', city })
  })
  afterAll(() => app.close())

  it('lists every agent, and one that chooses', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id)
    expect(ids).toEqual(['chatsg', 'crm', 'email', 'product', 'customer', 'sales', 'analytical', 'creative', 'technical', 'financial'])
  })

  it('answers, and tells what ChatSG knows of the answer', async () => {
    const answer = await client.chat.completions.create({ model: 'chatsg', messages: [{ role: 'user', content: 'How many contacts are in London?' }] })
    expect(answer.choices[0]?.message.content).toContain('2')
    expect(answer.choices[0]?.finish_reason).toBe('stop')
    expect(answer.usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
    expect((answer as unknown as { chatsg: { answeredBy: string } }).chatsg.answeredBy).toBe('planner')
  })

  it('shows tables as Markdown', async () => {
    const answer = await client.chat.completions.create({ model: 'crm', messages: [{ role: 'user', content: 'list contacts in London' }] })
    expect(answer.choices[0]?.message.content).toMatch(/\| .*Ada/)
  })

  it('streams the same text, and goes on with the conversation it is sent back', async () => {
    const messages: { role: 'user' | 'assistant'; content: string }[] = [{ role: 'user', content: 'list contacts in London' }]
    const whole = await client.chat.completions.create({ model: 'chatsg', messages })
    let text = ''
    let usage: unknown
    const stream = await client.chat.completions.create({ model: 'chatsg', messages, stream: true, stream_options: { include_usage: true } })
    const reasons: (string | null | undefined)[] = []
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      if (chunk.choices[0] !== undefined) reasons.push(chunk.choices[0].finish_reason)
      usage = chunk.usage ?? usage
    }
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(reasons.at(-1)).toBe('stop')
    expect(usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
    messages.push({ role: 'assistant', content: ` ${text}\n` }, { role: 'user', content: 'only those called Ada' })
    const next = await client.chat.completions.create({ model: 'chatsg', messages })
    const { sessionId, coverage } = (next as unknown as { chatsg: { sessionId: string; coverage: { matched: number } } }).chatsg
    expect(coverage.matched).toBe(1)
    const session = await app.request('GET', `/api/sessions/${sessionId}`)
    expect(session.body).toMatchObject({ messageCount: 4 })
  })

  it('says what it does not do', async () => {
    const ask = (body: object) => client.chat.completions.create({ model: 'chatsg', messages: [{ role: 'user', content: 'hello' }], ...body } as never)
    await expect(ask({ model: 'gpt-4o' })).rejects.toMatchObject({ status: 404, message: expect.stringContaining('chatsg, crm') })
    await expect(ask({ n: 2 })).rejects.toMatchObject({ status: 400 })
    await expect(ask({ messages: [] })).rejects.toMatchObject({ status: 400 })
    await expect(ask({ messages: [{ role: 'assistant', content: 'hm' }] })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('last message'),
    })
    await expect(ask({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] })).rejects.toMatchObject({ status: 400 })
    await expect(ask({ tools: [{ type: 'function', function: { name: 'x', parameters: {} } }] })).rejects.toMatchObject({ status: 400 })
    const stranger = new OpenAI({ apiKey: 'nobody', baseURL: client.baseURL, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401 })
  })
})
