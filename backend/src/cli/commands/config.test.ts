import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url))

/** Runs the command as an operator does. */
async function validate(env: Record<string, string>, ...flags: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [cli, 'config', 'validate', ...flags], { env })) }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

describe('config validate', () => {
  it('passes a development machine as it is', async () => {
    const { code, stdout } = await validate({ CHATSG_ENVIRONMENT: 'development' }, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, problems: [] })
  })

  it('reports every problem at once, with its fix and no value, and fails', async () => {
    const env = { CHATSG_ENVIRONMENT: 'production', PORT: 'eighty', APP_URL: 'http://crm.example.com', SESSION_SECRET: 'tooShortSecret' }
    const { code, stdout } = await validate(env)
    expect(code).toBe(1)
    expect(stdout).toContain('PROBLEM PORT is not a whole number from 0 to 65535. Set it to a whole number from 0 to 65535.\n')
    expect(stdout).toContain('PROBLEM ENCRYPTION_KEY is missing. Make one with: openssl rand -hex 32\n')
    expect(stdout).toContain('PROBLEM SESSION_SECRET is shorter than 32 characters.')
    expect(stdout).toContain('PROBLEM APP_URL is not https while HTTPS_ONLY is on.')
    expect(stdout).toMatch(/\n5 problems found\.\n$/)
    expect(stdout).not.toMatch(/eighty|tooShortSecret/)
    const asJson = await validate(env, '--json')
    expect(asJson.code).toBe(1)
    expect((JSON.parse(asJson.stdout) as { problems: { variable: string }[] }).problems.map(({ variable }) => variable)).toEqual([
      'PORT',
      'ENCRYPTION_KEY',
      'SESSION_SECRET',
      'CSRF_SECRET',
      'APP_URL',
    ])
  })
})
