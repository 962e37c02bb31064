import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type AskedQuestion, askQuestions } from '#backend/cli/ask-file/ask-questions.ts'
import { parseQuestions } from '#backend/cli/ask-file/question.ts'
import { reportText } from '#backend/cli/ask-file/report.ts'
import { type FamilyScore, scoreByFamily } from '#backend/cli/ask-file/score.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { createAgentService } from '#backend/modules/agents/index.ts'
import { createChatService } from '#backend/modules/chat/index.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../harness.ts'
import { createTestOperations } from '../operations.ts'
import { nothingProposed } from '../proposals.ts'

/** Every so many questions of the companies beside the demo company; `QUESTION_STRIDE=1` asks all of them. */
export const questionStride = Number(process.env.QUESTION_STRIDE ?? 3)

export interface QuestionWorld {
  workspace: TestWorkspace
  /** Asks the questions of a file below `questions/`, as the owner or as somebody else: each of them, or every so many. */
  ask(file: string, actor?: Actor, every?: number): Promise<AskedQuestion[]>
  close(): Promise<void>
}

/** A workspace with records and the chat service over it, whose answers can be judged. */
export async function createQuestionWorld(clock: Clock, currency: string, load: (workspace: TestWorkspace) => Promise<unknown>): Promise<QuestionWorld> {
  const workspace = await createTestWorkspace({ currency })
  const { database } = workspace
  await load(workspace)
  const sessionsFolder = await mkdtemp(join(tmpdir(), 'chatsg-voices-'))
  const logger = pino({ level: 'silent' })
  const { operations } = createTestOperations(database, clock)
  const agents = createAgentService({ database, operations, clock, logger })
  const chat = createChatService({
    proposals: nothingProposed,
    database,
    operations,
    clock,
    agents,
    answerer: { answer: answerQuestion },
    sessionsFolder,
    logger,
  })
  return {
    workspace,
    async ask(file, actor = workspace.actor, every = 1) {
      const all = parseQuestions(await readFile(new URL(`./${file}`, import.meta.url), 'utf8'))
      const questions = all.filter((_, index) => index % every === 0)
      const ask = (message: string, sessionId: string | undefined) => chat.ask(actor, { message, sessionId }, { requestId: 'voices' })
      return askQuestions(questions, { database, actor, now: clock.now(), ask })
    },
    async close() {
      await chat.drain(2000)
      await rm(sessionsFolder, { recursive: true, force: true })
    },
  }
}

/** The figures of a run, and a report of what was not right. */
export function scoreOf(results: readonly AskedQuestion[]): { families: FamilyScore[]; overall: FamilyScore; report: string } {
  const { families, overall } = scoreByFamily(results.map(({ question, verdict }) => ({ family: question.family, verdict })))
  return { families, overall, report: reportText(results, { showDeclined: true }) }
}
