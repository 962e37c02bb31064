import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDocs } from './docs-check.ts'

describe('checkDocs', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-docs-'))
    mkdirSync(join(folder, 'docs/decisions'), { recursive: true })
    mkdirSync(join(folder, 'scripts'))
    writeFileSync(join(folder, 'package.json'), '{"scripts":{"verify":"true","config:validate":"true"}}')
    writeFileSync(join(folder, 'scripts/verify.ts'), '')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('passes what is true', () => {
    writeFileSync(
      join(folder, 'AGENTS.md'),
      'Run `npm run verify` and npm run config:validate -- --json. See `scripts/verify.ts`, `scripts/`, `backend/data/sessions` and [docs](docs/decisions).',
    )
    expect(checkDocs(folder)).toEqual([])
  })

  it('names scripts, paths and links that are not there', () => {
    writeFileSync(join(folder, 'README.md'), 'npm run gone, `scripts/gone.ts`, ![page](docs/gone.png), [web](https://example.com/x)')
    writeFileSync(join(folder, 'docs/decisions/0001-a.md'), '[up](../../README.md) and [aside](0002-b.md)')
    expect(checkDocs(folder)).toEqual([
      'README.md names "npm run gone", which package.json does not have',
      'README.md names scripts/gone.ts, which does not exist',
      'README.md links to docs/gone.png, which does not exist',
      'docs/decisions/0001-a.md links to 0002-b.md, which does not exist',
    ])
  })
})
