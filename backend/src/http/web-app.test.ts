import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registerWebApp } from './web-app.ts'

let folder: string
let app: FastifyInstance

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatsg-web-app-'))
  app = Fastify()
  await registerWebApp(app, { folder: join(folder, 'dist'), cdn: false })
})
afterEach(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const page = (url: string) => app.inject({ url, headers: { accept: 'text/html' } })

describe('the web app', () => {
  it('asks for patience while it is being built, and is there once it is', async () => {
    const early = await page('/')
    expect(early.statusCode).toBe(503)
    expect(early.headers.refresh).toBe('2')
    await mkdir(join(folder, 'dist/assets'), { recursive: true })
    await writeFile(join(folder, 'dist/index.html'), '<h1>ChatSG</h1>')
    await writeFile(join(folder, 'dist/assets/app-1.js'), 'export {}')
    expect((await page('/')).body).toBe('<h1>ChatSG</h1>')
    expect((await page('/contacts/1')).headers['cache-control']).toBe('no-cache')
    expect((await app.inject('/assets/app-1.js')).headers['cache-control']).toBe('private, max-age=31536000')
  })

  it('lets shared caches keep hashed assets for ever where a CDN stands in front, and never the page', async () => {
    await mkdir(join(folder, 'dist/assets'), { recursive: true })
    await writeFile(join(folder, 'dist/index.html'), '<h1>ChatSG</h1>')
    await writeFile(join(folder, 'dist/assets/app-1.js'), 'export {}')
    const behind = Fastify()
    await registerWebApp(behind, { folder: join(folder, 'dist'), cdn: true })
    expect((await behind.inject('/assets/app-1.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await behind.inject({ url: '/', headers: { accept: 'text/html' } })).headers['cache-control']).toBe('no-cache')
    await behind.close()
  })

  it('leaves the API, and whoever does not ask for a page, a plain 404', async () => {
    expect((await page('/api/nothing')).statusCode).toBe(404)
    expect((await app.inject({ url: '/contacts', headers: { accept: 'application/json' } })).json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})
