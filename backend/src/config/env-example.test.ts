import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { renderEnvExample } from './env-example.ts'
import { inspectConfig } from './parse-config.ts'
import { variables } from './schema.ts'

describe('.env.example', () => {
  it('is what the schema says (mend it with: npm run verify -- --fix)', () => {
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).toBe(renderEnvExample())
  })

  it('holds every variable, and is a valid configuration as it stands and with its comments taken off', () => {
    const text = renderEnvExample()
    expect(inspectConfig(parseEnv(text))).toEqual({ problems: [], warnings: [] })
    const everything = parseEnv(text.replace(/^# (?=[A-Z0-9_]+=)/gm, ''))
    expect(Object.keys(everything).sort()).toEqual(variables.map(({ variable }) => variable.name).sort())
    expect(inspectConfig(everything)).toEqual({ problems: [], warnings: [] })
  })
})
