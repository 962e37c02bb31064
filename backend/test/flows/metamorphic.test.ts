import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseQuestions } from '#backend/cli/ask-file/question.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { loadScenario } from '../../seeds/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../harness.ts'

const clock = createClock('2026-11-20T15:00:00Z')
const files = ['demo', 'demo-everyday', 'demo-wording', 'voices/first', 'voices/second', 'voices/third', 'voices/fourth']
/** Every so many of the tables' questions. */
const stride = Number(process.env.QUESTION_STRIDE ?? 12)
const timeout = 300_000

/** What somebody might have said instead, with the least share of questions whose plan must not change. */
const rewordings: readonly { name: string; reword: (question: string) => string; least: number }[] = [
  { name: 'in capitals', reword: (question) => question.toUpperCase(), least: 0.97 },
  { name: 'without capitals', reword: (question) => question.toLowerCase(), least: 0.97 },
  { name: 'without its last sign', reword: (question) => question.replace(/[?.!]+$/, ''), least: 0.99 },
  { name: 'politely', reword: (question) => `Hi, could you please tell me: ${question}`, least: 0.96 },
  { name: 'with thanks', reword: (question) => `${question.replace(/[.!]+$/, '')} Thanks!`, least: 0.98 },
  { name: 'with blanks', reword: (question) => `  ${question.replaceAll(' ', '  ')} `, least: 1 },
  { name: 'mistyped', reword: mistype, least: 0.9 },
]

/** Two letters inside the longest plain word change places; a word with a capital may be a name, which is not corrected but asked about. */
function mistype(question: string): string {
  const longest = (question.match(/(?<![\p{L}\p{N}'"“-])\p{Ll}{6,}(?![\p{L}\p{N}'"”-])/gu) ?? []).reduce(
    (best, word) => (word.length > best.length ? word : best),
    '',
  )
  if (longest === '') return question
  const at = Math.floor(longest.length / 2)
  const swapped = `${longest.slice(0, at - 1)}${longest.charAt(at)}${longest.charAt(at - 1)}${longest.slice(at + 1)}`
  return question.replace(longest, swapped)
}

describe('a question said otherwise', () => {
  let workspace: TestWorkspace
  const asked: { question: string; plan: string }[] = []

  beforeAll(async () => {
    workspace = await createTestWorkspace({ currency: 'USD' })
    const { database, workspaceId } = workspace
    await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() })
    for (const file of files) {
      const questions = parseQuestions(await readFile(new URL(`../questions/${file}.jsonl`, import.meta.url), 'utf8'))
      for (const [index, { ask }] of questions.entries()) {
        const [question] = ask
        if (index % stride !== 0 || ask.length > 1 || question === undefined) continue
        const plan = await planOf(question)
        if (plan !== undefined) asked.push({ question, plan })
      }
    }
  }, timeout)

  /** What is asked of the records; undefined when nothing is. */
  async function planOf(message: string): Promise<string | undefined> {
    const { actor, database } = workspace
    const context = { now: clock.now(), timeZone: 'UTC', currency: 'USD', pageSize: 100, actor, signal: AbortSignal.timeout(10_000), say: () => undefined }
    const { parts } = await database.transaction(actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
    const plans = parts.flatMap((part) => (part.type === 'data-plan' ? [{ ...part.data, title: undefined }] : []))
    // Texts are compared without regard to case.
    return plans.length === 0 ? undefined : JSON.stringify(plans).toLowerCase()
  }

  it('is asked often enough', () => {
    expect(asked.length).toBeGreaterThan(600 / stride)
  })

  it.each(rewordings)('$name asks for the same', { timeout }, async ({ reword, least }) => {
    const changed: string[] = []
    for (const { question, plan } of asked) {
      const said = reword(question)
      const now = await planOf(said)
      if (now !== plan) changed.push(`${said}\n  ${plan}\n  ${now ?? 'declined'}`)
    }
    expect(1 - changed.length / asked.length, changed.join('\n')).toBeGreaterThanOrEqual(least)
  })
})
