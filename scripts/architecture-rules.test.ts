import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { architectureRules, checkArchitecture } from './architecture-rules.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const modules = 'backend/src/modules'

/** One file that breaks each rule. */
const offences: readonly { rule: string; path: string; code: string }[] = [
  { rule: 'contracts stand alone', path: 'contracts/offence.ts', code: `import { newId } from '#backend/kernel/ids.ts'\nexport const id = newId()` },
  { rule: 'contracts stand alone', path: 'contracts/offence-library.ts', code: `export { DateTime } from 'luxon'` },
  { rule: 'kernel stands alone', path: 'backend/src/kernel/offence.ts', code: `import { readFileSync } from 'node:fs'\nexport const text = readFileSync('x')` },
  {
    rule: 'kernel stands alone',
    path: 'backend/src/kernel/offence-type.ts',
    code: `import type { Database } from '#backend/infra/database/database.ts'\nexport type D = Database`,
  },
  { rule: 'config stands alone', path: 'backend/src/config/offence.ts', code: `import '#backend/kernel/ids.ts'` },
  { rule: 'infra is below modules', path: 'backend/src/infra/offence.ts', code: `import type { X } from '#backend/modules/crm/index.ts'\nexport type Y = X` },
  {
    rule: 'modules are handed their infra',
    path: `${modules}/crm/offence-infra.ts`,
    code: `import { openDatabase } from '#backend/infra/database/database.ts'\nopenDatabase`,
  },
  {
    rule: 'modules are handed their infra',
    path: `${modules}/crm/offence-mixed.ts`,
    code: `import { openDatabase, sql } from '../../infra/database/database.ts'\nsql\nopenDatabase`,
  },
  {
    rule: 'modules are handed their infra',
    path: `${modules}/crm/offence-config.ts`,
    code: `const { loadConfig } = await import('#backend/config/index.ts')\nloadConfig()`,
  },
  { rule: 'modules are below http and cli', path: `${modules}/crm/offence-app.ts`, code: `import { createApp } from '#backend/app.ts'\ncreateApp` },
  { rule: 'modules have one door', path: `${modules}/agents/offence-door.ts`, code: `import { x } from '#backend/modules/crm/records/records.service.ts'\nx` },
  {
    rule: 'modules have one door',
    path: 'backend/src/http/offence-door.ts',
    code: `import type { X } from '#backend/modules/crm/records/records.service.ts'\nexport type Y = X`,
  },
  { rule: 'modules keep their order', path: `${modules}/crm/offence-order.ts`, code: `import { x } from '#backend/modules/chat/index.ts'\nx` },
  {
    rule: 'modules keep their order',
    path: `${modules}/planner/offence-order.ts`,
    code: `import type { X } from '#backend/modules/agents/index.ts'\nexport type Y = X`,
  },
  { rule: 'modules keep their order', path: `${modules}/newborn/offence-order.ts`, code: `import { x } from '#backend/modules/chat/index.ts'\nx` },
  { rule: 'modules keep their order', path: `${modules}/monitoring/offence-order.ts`, code: `import { x } from '#backend/modules/crm/index.ts'\nx` },
  {
    rule: 'the web app knows contracts only',
    path: 'frontend/src/lib/offence.ts',
    code: `import { newId } from '../../../backend/src/kernel/ids.ts'\nnewId()`,
  },
  { rule: 'the back end does not know the web app', path: 'backend/src/http/offence-web.ts', code: `import '../../../frontend/src/lib/api.ts'` },
  { rule: 'features do not know each other', path: 'frontend/src/features/offence/a.ts', code: `import { x } from '@/features/chat/x.ts'\nx` },
  { rule: 'features do not know each other', path: 'frontend/src/components/offence.tsx', code: `import { x } from '@/features/chat/x.ts'\nx` },
  {
    rule: 'routes know no database and no model',
    path: `${modules}/crm/offence.routes.ts`,
    code: `import { sql } from '#backend/infra/database/database.ts'\nsql`,
  },
  { rule: 'routes know no database and no model', path: `${modules}/crm/offence-model.routes.ts`, code: `import { generateText } from 'ai'\ngenerateText` },
  {
    rule: 'services know no HTTP',
    path: `${modules}/crm/offence.service.ts`,
    code: `import type { FastifyRequest } from 'fastify'\nexport type R = FastifyRequest`,
  },
  { rule: 'agent definitions are data', path: `${modules}/agents/definitions/offence.agent.ts`, code: `import { readFileSync } from 'node:fs'\nreadFileSync` },
  { rule: 'commands know no database', path: 'backend/src/cli/commands/offence.ts', code: `import pg from 'pg'\npg` },
  { rule: 'one reader of the environment', path: 'backend/src/http/offence-env.ts', code: `export const port = process.env.PORT` },
  {
    rule: 'records are reached through operations',
    path: `${modules}/crm/offence-transaction.ts`,
    code: 'export const read = (database: { transaction(work: () => void): void }) => database.transaction(() => undefined)',
  },
  { rule: 'services are handed their clock', path: `${modules}/crm/offence-clock.service.ts`, code: 'export const now = () => new Date()' },
  { rule: 'modules log', path: `${modules}/crm/offence-log.ts`, code: `console.log('here')` },
  { rule: 'components do not fetch', path: 'frontend/src/components/offence-fetch.tsx', code: `export const A = () => { fetch('/api'); return null }` },
  {
    rule: 'routes state who may call them',
    path: `${modules}/crm/offence-access.routes.ts`,
    code: `export const routes = async (app) => {\n  app.get('/api/open', { config: { access: 'public' } }, () => 1)\n  app.get<{ Body: string }>('/api/forgotten', { schema: {} }, () => 1)\n}`,
  },
  { rule: 'files stay readable', path: 'backend/src/http/offence-long.ts', code: 'export {}\n'.repeat(501) },
  { rule: 'no circles', path: 'backend/src/kernel/offence-one.ts', code: `import { two } from './offence-two.ts'\nexport const one = () => two` },
]

describe('architecture rules', () => {
  let copy: string

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'chatsg-architecture-'))
    for (const path of ['contracts', 'backend/src', 'backend/seeds', 'backend/perf', 'frontend/src', 'scripts', 'package.json'])
      cpSync(join(root, path), join(copy, path), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  const write = (path: string, code: string) => {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), code)
  }
  const verify = () => spawnSync(process.execPath, [join(copy, 'scripts/verify.ts'), '--only', 'architecture'], { encoding: 'utf8' })

  it('hold in this repository', () => {
    expect(checkArchitecture(root).map(({ rule, path, line, message }) => `${path}:${line} ${rule}: ${message}`)).toEqual([])
  })

  it('let comments, types and the statement builder pass', () => {
    write(
      `${modules}/crm/innocent.ts`,
      `// console.log and process.env are words here\nimport { type Database, sql } from '#backend/infra/database/database.ts'\nexport type D = Database\nexport const one = sql\`1\``,
    )
    expect(checkArchitecture(copy).filter(({ path }) => path.includes('innocent'))).toEqual([])
  })

  it('each catch a file that breaks them', () => {
    for (const { path, code } of offences) write(path, code)
    write('backend/src/kernel/offence-two.ts', `import { one } from './offence-one.ts'\nexport const two = () => one`)
    const found = checkArchitecture(copy).map(({ rule, path }) => `${rule}: ${path}`)
    for (const { rule, path } of offences) expect(found).toContain(`${rule}: ${path}`)
  })

  it('have an offence each above', () => {
    const proven = new Set(offences.map(({ rule }) => rule))
    expect(
      architectureRules(root)
        .map(({ name }) => name)
        .filter((name) => !proven.has(name)),
    ).toEqual([])
  })

  it('fail npm run verify', () => {
    const { status, stdout } = verify()
    expect(status).toBe(1)
    expect(stdout).toMatch(/^FAILED architecture/)
    expect(stdout).toContain(`${modules}/crm/offence-log.ts:1 modules log`)
  })
})
