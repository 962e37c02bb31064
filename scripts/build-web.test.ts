import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureWebBuilt, tellBuild } from './build-web.ts'

// Stands for Vite: the build's own rules are tested here, the real bundle by the browser tests.
const builder = `
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
const out = 'frontend/' + process.argv[process.argv.indexOf('--outDir') + 1]
const page = readFileSync('frontend/index.html', 'utf8')
if (page.includes('broken')) { console.error('unexpected token'); process.exit(1) }
mkdirSync(out)
writeFileSync(out + '/index.html', page)
`

describe('tellBuild', () => {
  it('tells a person in a sentence, and a program in JSON', () => {
    expect(tellBuild('fresh', false)).toBe('frontend/dist is up to date.')
    expect(JSON.parse(tellBuild('built', true))).toEqual({ ok: true, outcome: 'built', folder: 'frontend/dist' })
    expect(JSON.parse(tellBuild(new Error('It broke.'), true))).toEqual({ ok: false, error: 'It broke.' })
    expect(tellBuild(new Error('It broke.'), false)).toBe('It broke.')
  })
})

describe('ensureWebBuilt', () => {
  let folder: string
  const said: string[] = []
  const ensure = () => ensureWebBuilt({ folder, say: (line) => void said.push(line) })
  const page = (content: string) => writeFileSync(join(folder, 'frontend/index.html'), content)
  const built = () => readFileSync(join(folder, 'frontend/dist/index.html'), 'utf8')
  const touch = (path: string) => utimesSync(join(folder, path), new Date(), new Date(Date.now() + 60_000))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-web-'))
    said.length = 0
    mkdirSync(join(folder, 'frontend/src'), { recursive: true })
    mkdirSync(join(folder, 'node_modules/vite/bin'), { recursive: true })
    writeFileSync(join(folder, 'node_modules/vite/package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'node_modules/vite/bin/vite.js'), builder)
    page('one')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('builds what is missing, once', async () => {
    expect(await ensure()).toBe('built')
    expect(built()).toBe('one')
    expect(await ensure()).toBe('fresh')
    expect(said).toEqual(['Building the web app…'])
  })

  it('builds again when the content has changed, and not when only a time has', async () => {
    await ensure()
    touch('frontend/index.html')
    expect(await ensure()).toBe('fresh')
    page('two')
    expect(await ensure()).toBe('built')
    expect(built()).toBe('two')
  })

  it('notices a file that is new or gone', async () => {
    await ensure()
    writeFileSync(join(folder, 'frontend/src/a.ts'), '')
    expect(await ensure()).toBe('built')
    rmSync(join(folder, 'frontend/src/a.ts'))
    expect(await ensure()).toBe('built')
  })

  it('keeps the last build when a new one fails', async () => {
    await ensure()
    page('broken')
    await expect(ensure()).rejects.toThrow(/The web app could not be built: unexpected token/)
    expect(built()).toBe('one')
    expect(() => statSync(join(folder, `frontend/dist-${process.pid}`))).toThrow()
  })

  it('keeps what is there on a machine without the tools, and says when nothing is', async () => {
    await ensure()
    rmSync(join(folder, 'node_modules'), { recursive: true })
    page('two')
    expect(await ensure()).toBe('kept')
    expect(built()).toBe('one')
    rmSync(join(folder, 'frontend/dist'), { recursive: true })
    await expect(ensure()).rejects.toThrow(/The web app is not built/)
  })
})
