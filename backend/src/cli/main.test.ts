import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../../cli.js', import.meta.url))

/** Types a command as an operator does; none of these gets as far as a database. */
async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [cli, ...words], { env: { DATA_DIR: tmpdir() } })) }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

describe('a command that was typed wrong', () => {
  it.each([
    [['users', 'create', '--json'], /required option '--email/],
    [['users', 'create', '--email', 'nonsense', '--name', 'A', '--role', 'rep', '--json'], /is not an e-mail address/],
    [['nothing', '--json'], /unknown command 'nothing'/],
    [['backup', '--json', '--nothing'], /unknown option '--nothing'/],
    [['users', '--json'], /command is missing/],
    [['--json'], /command is missing/],
  ])('fails, in JSON when that was asked for: %j', async (words, problem) => {
    const { code, stdout, stderr } = await run(...words)
    expect(code).toBe(1)
    expect(stderr).toBe('')
    const { error } = JSON.parse(stdout) as { error: string }
    expect(error).toMatch(problem)
    expect(error).not.toMatch(/^error:/)
  })

  it('shows a person what there is', async () => {
    const { code, stdout, stderr } = await run('users', 'nothing')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/error: unknown command 'nothing'[\s\S]*Usage: chatsg users[\s\S]*list the people/)
  })

  it('is no failure where help was asked for', async () => {
    for (const words of [['--help'], ['help'], ['users', '--help', '--json']]) {
      const { code, stdout, stderr } = await run(...words)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('Usage: chatsg')
    }
  })
})
