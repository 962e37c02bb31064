import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { DataTable } from '#contracts/chat.ts'

const shownRows = 20

/** `ask QUESTION`: one question, answered as in the chat. */
export function registerAsk(program: Command, context: CliContext): void {
  program
    .command('ask')
    .argument('<question...>', 'a question in plain words')
    .description('ask a question about the records')
    .action((words: string[]) =>
      context.with(async (opened) => {
        const { chat } = servicesOf(opened)
        const answer = await chat.ask(opened.actor, { message: words.join(' ') }, { requestId: newId() })
        await chat.drain(1000)
        const tables = answer.parts.flatMap((part) => (part.type === 'data-table' ? [tableText(part.data)] : []))
        context.print(answer, [answer.text, ...tables].join('\n\n'))
      }),
    )
}

function tableText({ columns, rows, total }: DataTable): string {
  const shown = rows.slice(0, shownRows).map((row) => columns.map(({ key }) => text(row[key])))
  const table = [columns.map(({ label }) => label), ...shown]
  const widths = columns.map((_, index) => Math.min(40, Math.max(...table.map((cells) => (cells[index] ?? '').length))))
  const lines = table.map((cells) =>
    cells
      .map((cell, index) => cell.slice(0, widths[index]).padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return total > shown.length ? `${lines.join('\n')}\n… ${shown.length} of ${total} shown` : lines.join('\n')
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value).replace(/\s+/g, ' ')
}
