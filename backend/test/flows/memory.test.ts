import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Memory, MemoryList } from '#contracts/memory.ts'
import { createTestApp, type TestApp } from '../app.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const list = async (query = '') => (await app.request('GET', `/api/memory${query}`)).body as MemoryList
const remember = async (text: string, scope = 'person') => app.request('POST', '/api/memory', { text, scope })

describe('memory over HTTP', () => {
  it('is written, found, changed, deleted and switched off', async () => {
    const made = await remember('I look after Acme')
    expect(made.status).toBe(201)
    const { id } = made.body as Memory
    await remember('we close at 5', 'workspace')
    expect(await list('?q=acme')).toMatchObject({ total: 1, items: [{ id, text: 'I look after Acme', scope: 'person' }] })
    expect((await app.request('PATCH', `/api/memory/${id}`, { text: 'I look after Globex' })).body).toMatchObject({ id, value: 'Globex' })
    expect((await list()).total).toBe(2)
    expect((await app.request('DELETE', `/api/memory/${id}`)).status).toBe(204)
    expect((await app.request('DELETE', `/api/memory/${id}`)).status).toBe(404)
    expect((await app.request('PATCH', '/api/memory/settings', { enabled: false })).body).toMatchObject({ enabled: false, available: true, store: 'builtin' })
    expect((await remember('Call me Sam')).status).toBe(409)
    expect((await app.request('PATCH', '/api/memory/settings', { enabled: true })).status).toBe(200)
    await remember('Call me Sam')
    expect((await app.request('DELETE', '/api/memory')).body).toMatchObject({ deleted: 1, sha256: expect.any(String) })
    expect((await list()).items.map(({ text }) => text)).toEqual(['We close at 5'])
  })

  it('refuses what is no memory', async () => {
    for (const body of [{}, { text: '' }, { text: 'x'.repeat(501) }, { text: 'x', scope: 'galaxy' }, { text: 'x', more: 1 }])
      expect((await app.request('POST', '/api/memory', body)).status, JSON.stringify(body)).toBe(400)
    expect((await remember('the admin password is hunter2')).status).toBe(400)
    expect((await app.request('GET', '/api/memory?cursor=x')).status).toBe(400)
  })

  it('answers in chat, learns after an answer, and forgets with the conversation', async () => {
    const ask = async (message: string, sessionId?: string) =>
      (await app.request('POST', '/api/chat', { message, sessionId })).body as { sessionId: string; text: string }
    const { sessionId, text } = await ask('Remember that Acme pays late')
    expect(text).toBe('I will remember: “Acme pays late”.')
    await ask('I look after Initech. How many contacts are there?', sessionId)
    await app.app.services.memory.settled()
    expect((await list('?q=initech')).total + (await list('?q=acme')).total).toBe(2)
    expect((await ask('what do you know about me?', sessionId)).text).toMatch(/^I remember \d+ things/)
    expect((await app.request('DELETE', `/api/sessions/${sessionId}`)).status).toBe(204)
    expect((await list('?q=initech')).total + (await list('?q=acme')).total).toBe(0)
  })

  it('is handed over and erased with the person it belongs to, and the person is taken out of what others remember', async () => {
    const sam = await app.member('rep', 'Sam Staff')
    const [row] = await app.gold<{ email: string }>('select email from users where id = $1', [sam.userId])
    const email = row?.email ?? ''
    const { memory } = app.app.services
    await memory.create(sam, { text: 'Call me Sam', scope: 'person' })
    const contact = (await app.request('POST', '/api/crm/contacts', { first_name: 'Zelda', last_name: 'Quirin', email: 'zelda@quirin.example' })).body as {
      id: string
    }
    await remember('Zelda Quirin prefers phone calls')
    const exported = (await app.request('POST', '/api/privacy/export', { email })).body as { memories: { text: string; sources: unknown[] }[] }
    expect(exported.memories).toMatchObject([{ text: 'Call me Sam', sources: [{ excerpt: null }] }])
    const other = (await app.request('POST', '/api/privacy/export', { recordId: contact.id })).body as { mentions: Record<string, { text: string }[]> }
    expect(other.mentions.memories).toMatchObject([{ text: 'Zelda Quirin prefers phone calls' }])
    expect((await app.request('POST', '/api/privacy/erase', { email })).body).toMatchObject({ erased: { memories: 1 } })
    expect((await memory.list(sam, { limit: 5 })).items.filter(({ scope }) => scope === 'person')).toEqual([])
    expect((await app.request('POST', '/api/privacy/erase', { recordId: contact.id })).body).toMatchObject({ anonymised: { memories: 1 } })
    expect(
      await app.gold("select text, key, value, norm from memories where workspace_id = $1 and (text || key || value || subject || norm) ilike '%quirin%'"),
    ).toEqual([])
  })
})
