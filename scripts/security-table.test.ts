import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSecurityTable, readSecurityRows } from './security-table.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')

describe('docs/security.md', () => {
  it('names tests that are there, and says what it cannot prove', () => {
    expect(checkSecurityTable(root)).toEqual([])
  })
})

describe('checkSecurityTable', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-security-'))
    mkdirSync(join(folder, 'docs'))
    for (const [, path = ''] of page.matchAll(/`([^`\s]+\.test\.ts)` › /g)) cpSync(join(root, path), join(folder, path))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** What is wrong once the page reads so. */
  function problemsWith(change: (text: string) => string): string[] {
    const changed = change(page)
    expect(changed).not.toBe(page)
    writeFileSync(join(folder, 'docs/security.md'), changed)
    return checkSecurityTable(folder)
  }
  const row = (item: string) => readSecurityRows(page).find((found) => found.item === item)?.line ?? 0
  const withoutLine = (line: number) => (text: string) =>
    text
      .split('\n')
      .toSpliced(line - 1, 1)
      .join('\n')

  it('misses a section, and a row too many', () => {
    expect(problemsWith(withoutLine(row('V8.4')))).toContain('docs/security.md: V8.4 has 0 rows')
    expect(problemsWith((text) => `${text}| V8.4 | x | met | | |\n`)).toContain('docs/security.md: V8.4 has 2 rows')
    expect(problemsWith((text) => `${text}| V9.9 | x | met | | |\n`)).toContain('docs/security.md: V9.9 is no section of either list')
  })

  it('finds a test that is gone, was renamed, is skipped, or is a text elsewhere in its file', () => {
    const path = 'backend/test/flows/sqlmap.test.ts'
    const name = 'finds nothing in any parameter'
    const code = readFileSync(join(root, path), 'utf8')
    const problems = (changed: string) => {
      writeFileSync(join(folder, path), changed)
      writeFileSync(join(folder, 'docs/security.md'), page)
      return checkSecurityTable(folder)
    }
    const gone = [`docs/security.md: ${path} has no test "${name}"`]
    expect(problems(code)).toEqual([])
    expect(problems(code.replace(name, 'finds little in any parameter'))).toEqual(gone)
    expect(problems(code.replace(`it('${name}'`, `it.skip('${name}'`))).toEqual(gone)
    expect(problems(code.replace('describe.skipIf(sqlmap === undefined)(', 'describe.skip('))).toEqual(gone)
    expect(problems(code.replace(name, 'x').concat(`\nexpect('${name}').toBe(1) // it('${name}')\n`))).toEqual(gone)
    rmSync(join(folder, path))
    expect(problemsWith((text) => `${text}\n`)).toEqual([`docs/security.md: names ${path}, which does not exist`])
    expect(problemsWith((text) => `${text}\nSee \`backend/test/flows/edge.test.ts\`.\n`)).toContain(
      'docs/security.md: names backend/test/flows/edge.test.ts without one of its tests',
    )
  })

  it('wants a proof for what is met, a gap for what is not, and the right sum of both', () => {
    const line = row('V3.5')
    const [cells] = [page.split('\n')[line - 1]?.split('|') ?? []]
    const withRow = (state: string, proof: string, gap: string) => (text: string) =>
      text
        .split('\n')
        .toSpliced(line - 1, 1, ['', cells[1], cells[2], ` ${state} `, ` ${proof} `, ` ${gap} `, ''].join('|'))
        .join('\n')
    expect(problemsWith(withRow('met', 'We looked.', ''))).toEqual([`docs/security.md: line ${line}, V3.5: met, and nothing proves it`])
    expect(problemsWith(withRow('met', '[edge](#edge)', 'All but one.'))).toEqual([`docs/security.md: line ${line}, V3.5: met, and yet a gap is said`])
    expect(problemsWith(withRow('partly', '[edge](#edge)', ''))).toContain(`docs/security.md: line ${line}, V3.5: partly, and the gap is not said`)
    expect(problemsWith(withRow('fine', '[edge](#edge)', ''))).toContain(`docs/security.md: line ${line}, V3.5: "fine" is no state`)
    expect(problemsWith(withRow('gap', '', 'Not there.')).join()).toMatch(/the sum is not said as: Of 75: /)
    expect(problemsWith(withRow('met', '[edge](#nowhere)', ''))).toEqual(['docs/security.md: links to #nowhere, which is no heading'])
  })
})
