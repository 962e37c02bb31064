import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { titlesOf } from './test-titles.ts'

export interface SecurityRow {
  /** Such as `V1.2` or `LLM06`. */
  item: string
  state: string
  proof: string
  gap: string
  line: number
}

const states = ['met', 'partly', 'gap', 'not applicable'] as const

/** Sections of OWASP ASVS 5.0.0 that ask something at level 1 or 2, by chapter; the others are for level 3 alone. */
const sections: Record<number, readonly number[]> = {
  1: [1, 2, 3, 4, 5],
  2: [1, 2, 3, 4],
  3: [2, 3, 4, 5, 7],
  4: [1, 2, 3, 4],
  5: [1, 2, 3, 4],
  6: [1, 2, 3, 4, 5, 6, 8],
  7: [1, 2, 3, 4, 5, 6],
  8: [1, 2, 3, 4],
  9: [1, 2],
  10: [1, 2, 3, 4, 5, 6, 7],
  11: [1, 2, 3, 4, 5, 6],
  12: [1, 2, 3],
  13: [1, 2, 3, 4],
  14: [1, 2, 3],
  15: [1, 2, 3],
  16: [1, 2, 3, 4, 5],
  17: [1, 2, 3],
}
const asvs = Object.entries(sections).flatMap(([chapter, numbers]) => numbers.map((number) => `V${chapter}.${number}`))
const llm = Array.from({ length: 10 }, (_, index) => `LLM${String(index + 1).padStart(2, '0')}`)

/** The rows of both tables: whatever begins with an item's number. */
export function readSecurityRows(text: string): SecurityRow[] {
  return text.split('\n').flatMap((content, index) => {
    const cells = content.split(/(?<!\\)\|/).map((cell) => cell.trim())
    const item = cells[1] ?? ''
    if (cells[0] !== '' || !/^(V\d+\.\d+|LLM\d\d)$/.test(item)) return []
    return [{ item, state: cells[3] ?? '', proof: cells.at(-3) ?? '', gap: cells.at(-2) ?? '', line: index + 1 }]
  })
}

/** Sentences of a security table that are not true: missing items, states without proof or gap, and tests that are not there. */
export function checkSecurityTable(root: string, file = 'docs/security.md'): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const rows = readSecurityRows(text)
  return [
    ...[...asvs, ...llm].flatMap((item) => {
      const found = rows.filter((row) => row.item === item).length
      return found === 1 ? [] : [`${item} has ${found} rows`]
    }),
    ...rows.filter(({ item }) => !asvs.includes(item) && !llm.includes(item)).map(({ item }) => `${item} is no section of either list`),
    ...rows.flatMap(checkRow),
    ...checkSums(text, rows),
    ...checkTests(root, text),
    ...checkHeadings(text),
  ].map((problem) => `${file}: ${problem}`)
}

function checkRow({ item, state, proof, gap, line }: SecurityRow): string[] {
  const at = `line ${line}, ${item}`
  if (!states.some((known) => known === state)) return [`${at}: "${state}" is no state`]
  const isProven = /\.test\.ts` › "/.test(proof) || /\]\(/.test(proof)
  return [
    ...(['met', 'partly'].includes(state) && !isProven ? [`${at}: ${state}, and nothing proves it`] : []),
    ...(state !== 'met' && gap === '' ? [`${at}: ${state}, and the gap is not said`] : []),
    ...(item.startsWith('V') && state === 'met' && gap !== '' ? [`${at}: met, and yet a gap is said`] : []),
  ]
}

/** The sentence above a table says how many rows are in each state. */
function checkSums(text: string, rows: readonly SecurityRow[]): string[] {
  return [rows.filter(({ item }) => item.startsWith('V')), rows.filter(({ item }) => item.startsWith('LLM'))].flatMap((table) => {
    const count = (state: string) => table.filter((row) => row.state === state).length
    const sentence = `Of ${table.length}: ${states.map((state) => `${state} ${count(state)}`).join(', ')}.`
    return text.includes(sentence) ? [] : [`the sum is not said as: ${sentence}`]
  })
}

/** `path` › "part of a name", "another": of each test that the page names. */
function checkTests(root: string, text: string): string[] {
  const titles = new Map<string, string[] | undefined>()
  const titlesIn = (path: string) => {
    if (!titles.has(path)) titles.set(path, existsSync(join(root, path)) ? titlesOf(path, readFileSync(join(root, path), 'utf8')) : undefined)
    return titles.get(path)
  }
  return [...text.matchAll(/`([^`\s]+\.test\.ts)`((?: › )?)((?:"[^"]+"(?:, (?="))?)*)/g)].flatMap(([, path = '', arrow, names = '']) => {
    const known = titlesIn(path)
    if (known === undefined) return [`names ${path}, which does not exist`]
    if (arrow === '' || names === '') return [`names ${path} without one of its tests`]
    return [...names.matchAll(/"([^"]+)"/g)]
      .map((match) => match[1] as string)
      .filter((name) => !known.some((title) => title.includes(name)))
      .map((name) => `${path} has no test "${name}"`)
  })
}

function checkHeadings(text: string): string[] {
  const slugs = new Set([...text.matchAll(/^#+ (.+)$/gm)].map((match) => slugOf(match[1] as string)))
  return [...text.matchAll(/\]\(#([^)]+)\)/g)].filter((match) => !slugs.has(match[1] as string)).map((match) => `links to #${match[1]}, which is no heading`)
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}
