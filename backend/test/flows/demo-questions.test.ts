import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askQuestions } from '#backend/cli/ask-file/ask-questions.ts'
import { parseQuestions } from '#backend/cli/ask-file/question.ts'
import { reportText } from '#backend/cli/ask-file/report.ts'
import { scoreByFamily } from '#backend/cli/ask-file/score.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { type Answerer, createAgentService } from '#backend/modules/agents/index.ts'
import { type ChatService, createChatService } from '#backend/modules/chat/index.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { loadScenario } from '../../seeds/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../harness.ts'
import { createTestOperations } from '../operations.ts'
import { nothingProposed } from '../proposals.ts'

// A Friday afternoon; the questions' gold statements count from here.
const clock = createClock('2026-11-20T15:00:00Z')

/** Questions over the demo company, through the chat service, against hand-written SQL. */
describe('questions about the demo company', () => {
  let workspace: TestWorkspace
  let chat: ChatService
  let folder: string
  /** Confidence of the last answer. */
  let sure: number | undefined
  const judged: { confidence: number; isRight: boolean }[] = []

  beforeAll(async () => {
    workspace = await createTestWorkspace()
    const { database, workspaceId } = workspace
    await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() })
    folder = await mkdtemp(join(tmpdir(), 'chatsg-questions-'))
    const logger = pino({ level: 'silent' })
    const { operations } = createTestOperations(database, clock)
    const agents = createAgentService({ database, operations, clock, logger })
    const answerer: Answerer = {
      async answer(tx, message, context) {
        const outcome = await answerQuestion(tx, message, context)
        sure = outcome.kind === 'answer' ? outcome.confidence : undefined
        return outcome
      },
    }
    chat = createChatService({ proposals: nothingProposed, database, operations, clock, agents, answerer, sessionsFolder: folder, logger })
  })

  afterAll(async () => {
    await chat.drain(2000)
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    { file: 'demo.jsonl', leastRight: 0.95, mostWrong: 0.02 },
    { file: 'demo-wording.jsonl', leastRight: 0.9, mostWrong: 0.03 },
    { file: 'demo-probe.jsonl', leastRight: 0.9, mostWrong: 0.03 },
    { file: 'demo-everyday.jsonl', leastRight: 0.9, mostWrong: 0.03 },
    { file: 'dialogue.jsonl', leastRight: 0.95, mostWrong: 0.02 },
  ])('answers $file', { timeout: 300_000 }, async ({ file, leastRight, mostWrong }) => {
    const questions = parseQuestions(await readFile(new URL(`../questions/${file}`, import.meta.url), 'utf8'))
    const results = await askQuestions(questions, {
      database: workspace.database,
      actor: workspace.actor,
      now: clock.now(),
      ask: (message, sessionId) => chat.ask(workspace.actor, { message, sessionId }, { requestId: 'questions' }),
      onAsked({ verdict }) {
        if (sure !== undefined) judged.push({ confidence: sure, isRight: verdict === 'right' })
      },
    })
    const { overall } = scoreByFamily(results.map(({ question, verdict }) => ({ family: question.family, verdict })))
    const report = reportText(results, { showDeclined: false })
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(leastRight)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(mostWrong)
  })

  it('is as sure of its answers as it is right', () => {
    const bands = [0, 0.7, 0.9, 0.97, 1.01].flatMap((from, index, all) => {
      const to = all[index + 1]
      const answers = to === undefined ? [] : judged.filter(({ confidence }) => confidence >= from && confidence < to)
      if (to === undefined || answers.length === 0) return []
      const mean = answers.reduce((sum, { confidence }) => sum + confidence, 0) / answers.length
      return [{ from, to, answers: answers.length, confidence: mean, right: answers.filter(({ isRight }) => isRight).length / answers.length }]
    })
    const reliability = bands.map(
      ({ from, to, answers, confidence, right }) => `${from}-${Math.min(1, to)}: ${answers} answers, sure ${confidence.toFixed(3)}, right ${right.toFixed(3)}`,
    )
    process.stdout.write(`Reliability of the planner's confidence\n${reliability.join('\n')}\n`)
    expect(judged.length).toBeGreaterThan(500)
    // Where there are enough answers to tell.
    for (const { answers, confidence, right } of bands.filter((band) => band.answers >= 20))
      expect(Math.abs(confidence - right), reliability.join('; ')).toBeLessThan(0.05 + 1 / answers)
  })
})
