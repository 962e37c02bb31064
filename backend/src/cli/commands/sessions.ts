import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'

/** `sessions`: the newest chat sessions; `sessions export ID`: one as Markdown or JSON lines. */
export function registerSessions(program: Command, context: CliContext): void {
  const sessions = program.command('sessions').description('chat sessions of the workspace owner')
  sessions
    .command('list', { isDefault: true })
    .description('the newest sessions')
    .option('--limit <number>', 'how many', '20')
    .action((options: { limit: string }) =>
      context.with(async (opened) => {
        const limit = Math.min(200, Math.max(1, Number.parseInt(options.limit, 10) || 20))
        const page = await servicesOf(opened).chat.sessions.list(opened.actor, { limit })
        const lines = page.items.map(({ id, updatedAt, messageCount, title }) => `${id}  ${updatedAt}  ${String(messageCount).padStart(4)}  ${title}`)
        context.print(page, lines.length === 0 ? 'There are no sessions yet.' : lines.join('\n'))
      }),
    )
  sessions
    .command('export')
    .argument('<id>')
    .option('--format <format>', 'md or jsonl', 'md')
    .description('print one session')
    .action((id: string, options: { format: string }) =>
      context.with(async (opened) => {
        const content = await servicesOf(opened).chat.sessions.export(opened.actor, id, options.format === 'jsonl' ? 'jsonl' : 'md')
        for await (const piece of content) process.stdout.write(piece)
      }),
    )
}
