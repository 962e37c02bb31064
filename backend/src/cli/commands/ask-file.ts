import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { newId } from '#backend/kernel/ids.ts'
import { askQuestions } from '../ask-file/ask-questions.ts'
import { parseQuestions } from '../ask-file/question.ts'
import { reportText } from '../ask-file/report.ts'
import { passes, scoreByFamily } from '../ask-file/score.ts'
import type { CliContext } from '../context.ts'
import { servicesOf } from '../services.ts'

export function registerAskFile(program: Command, context: CliContext): void {
  program
    .command('ask-file <file>')
    .description('ask the questions of a JSONL file through the chat service and compare the answers with their gold SQL')
    .option('--failed', 'show declined questions too, not only wrong ones')
    .option('--family <name>', 'only the questions of one family')
    .option('--keep', 'keep the chat sessions this makes')
    .action((file: string, options: { failed?: boolean; family?: string; keep?: boolean }) => run(context, file, options))
}

async function run(context: CliContext, file: string, options: { failed?: boolean; family?: string; keep?: boolean }): Promise<void> {
  const all = parseQuestions(await readFile(file, 'utf8'))
  const questions = options.family === undefined ? all : all.filter(({ family }) => family === options.family)
  await context.with(async (opened) => {
    const { database, actor, clock } = opened
    const { chat } = servicesOf(opened)
    const sessions = new Set<string>()
    const results = await askQuestions(questions, {
      database,
      actor,
      now: clock.now(),
      async ask(message, sessionId) {
        const answer = await chat.ask(actor, { message, sessionId }, { requestId: newId() })
        sessions.add(answer.sessionId)
        return answer
      },
    })
    if (!options.keep) for (const id of sessions) await chat.sessions.delete(actor, id)
    await chat.drain(2000)
    const score = scoreByFamily(results.map(({ question, verdict }) => ({ family: question.family, verdict })))
    context.print(
      {
        ...score,
        passed: passes(score.overall),
        failed: results
          .filter(({ verdict }) => verdict !== 'right')
          .map(({ question, verdict, reason, gold, answer }) => ({
            ...question,
            verdict,
            reason,
            gold: gold.rows,
            text: answer?.text ?? null,
            parts: answer?.parts ?? [],
          })),
      },
      reportText(results, { showDeclined: options.failed === true }),
    )
    if (!passes(score.overall)) process.exitCode = 1
  })
}
