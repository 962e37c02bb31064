import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SystemReport } from '#contracts/self-test.ts'
import { createTestApp } from '../test/app.ts'

async function modelServer(status: number): Promise<{ url: string; server: Server; paths: (string | undefined)[] }> {
  const paths: (string | undefined)[] = []
  const server = createServer((request, response) => {
    paths.push(request.url)
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"data":[]}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server, paths }
}

async function validate(env: Record<string, string>): Promise<SystemReport> {
  const app = await createTestApp({ env })
  onTestFinished(() => app.close())
  const { status, body } = await app.request('POST', '/api/test', { action: 'validate_system' })
  expect(status).toBe(200)
  return body as SystemReport
}

const find = (report: SystemReport, name: string) => report.checks.find((check) => check.name === name)

describe('validate_system', () => {
  it('finds everything in order where only the database is needed', { timeout: 60_000 }, async () => {
    const report = await validate({})
    expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(report.success).toBe(true)
    for (const name of ['database', 'migrations', 'clock', 'crm', 'disk', 'audit chain']) expect(find(report, name)?.status, name).toBe('ok')
    for (const name of ['model', 'redis', 'mail']) expect(find(report, name)?.status, name).toBe('not_configured')
  })

  it('asks the configured model, and fails when it is gone or refuses the key', { timeout: 60_000 }, async () => {
    const well = await modelServer(200)
    expect(find(await validate({ OPENAI_BASE_URL: well.url, OPENAI_API_KEY: 'k' }), 'model')?.status).toBe('ok')
    expect(well.paths).toEqual(['/v1/models'])
    const refusing = await modelServer(401)
    const refused = await validate({ OPENAI_BASE_URL: refusing.url, OPENAI_API_KEY: 'wrong' })
    expect(refused.success).toBe(false)
    expect(find(refused, 'model')?.detail).toContain('refuses the key')
    const gone = await modelServer(200)
    await new Promise((done) => gone.server.close(done))
    const missing = await validate({ OPENAI_BASE_URL: gone.url, REDIS_URL: gone.url.replace('http', 'redis').replace('/v1', '') })
    expect(missing.success).toBe(false)
    expect(find(missing, 'model')).toMatchObject({ status: 'failed' })
    expect(find(missing, 'redis')).toMatchObject({ status: 'failed', detail: expect.stringContaining('REDIS_URL') })
    expect(JSON.stringify(missing)).not.toContain('wrong')
  })

  it('fails when Insightly is configured and does not answer', { timeout: 60_000 }, async () => {
    const gone = await modelServer(200)
    await new Promise((done) => gone.server.close(done))
    const report = await validate({ INSIGHTLY_API_KEY: 'a-key-of-insightly', INSIGHTLY_API_URL: gone.url.replace('/v1', '/v3.1') })
    expect(report.success).toBe(false)
    expect(find(report, 'crm')?.status).toBe('failed')
    expect(JSON.stringify(report)).not.toContain('a-key-of-insightly')
  })
})
