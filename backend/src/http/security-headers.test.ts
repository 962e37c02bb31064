import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { registerSecurityHeaders } from './security-headers.ts'

const variable = ['date', 'content-length', 'content-type', 'connection']

async function answers(httpsOnly: boolean) {
  const app = Fastify()
  await registerSecurityHeaders(app, { httpsOnly })
  app.get('/', () => 'page')
  app.get('/error', () => {
    throw new Error('broken')
  })
  const headersOf = async (path: string) => {
    const { headers } = await app.inject(path)
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !variable.includes(name)))
  }
  return { first: await headersOf('/'), second: await headersOf('/'), error: await headersOf('/error'), missing: await headersOf('/nothing') }
}

describe('the headers that protect a browser', () => {
  it('stand on the first answer, on every other and on errors', async () => {
    const { first, ...others } = await answers(false)
    expect(first).toMatchObject({ 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    expect(first['content-security-policy']).toContain("script-src 'self'")
    expect(others).toEqual({ second: first, error: first, missing: first })
  })

  it('ask for HTTPS where nothing else is served', async () => {
    const [plain, secure] = await Promise.all([answers(false), answers(true)])
    expect(plain.second['strict-transport-security']).toBeUndefined()
    expect(secure.second['strict-transport-security']).toContain('max-age=31536000')
    expect(secure.second['content-security-policy']).toContain('upgrade-insecure-requests')
  })
})
