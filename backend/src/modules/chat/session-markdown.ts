import type { ChatMessage, ChatSession, DataChart, DataTable, MessagePart } from '#contracts/chat.ts'

/** A session as a Markdown document, piece by piece. */
export async function* sessionMarkdown(session: ChatSession, messages: AsyncIterable<ChatMessage>): AsyncGenerator<string> {
  yield `# ${inline(session.title || 'Conversation')}\n\n${session.createdAt} to ${session.updatedAt}\n`
  for await (const message of messages) yield messageMarkdown(message)
}

function messageMarkdown(message: ChatMessage): string {
  const who = message.role === 'user' ? 'You' : `${message.agent ?? 'crm'} agent`
  const ending = message.status === 'stopped' ? '\n*Stopped.*\n' : message.status === 'failed' ? '\n*This answer failed.*\n' : ''
  const sources = message.citations.length === 0 ? '' : `\nSources: ${message.citations.map(({ label, url }) => `[${inline(label)}](${url})`).join(', ')}\n`
  return `\n## ${who}, ${message.createdAt}\n\n${message.parts.map(partMarkdown).join('\n')}${ending}${sources}`
}

/** One part of an answer as Markdown. */
export function partMarkdown(part: MessagePart): string {
  switch (part.type) {
    case 'text':
      return `${part.text}\n`
    case 'data-metric': {
      const { label, value, unit, currency } = part.data
      return `**${inline(label)}:** ${[value ?? 'none', unit, currency].filter((word) => word !== undefined).join(' ')}\n`
    }
    case 'data-table':
      return tableMarkdown(part.data)
    case 'data-chart':
      return chartMarkdown(part.data)
    case 'data-plan':
      return `<details><summary>How this was found</summary>\n\n\`\`\`json\n${JSON.stringify(part.data, null, 2)}\n\`\`\`\n\n</details>\n`
    case 'data-proposals':
      return `${part.data.proposals.map(({ title, status }) => `- ${inline(title)} (${status})`).join('\n')}\n`
    case 'data-clarify':
      return `${part.data.question}\n\n${part.data.options.map((option) => `- ${inline(option.label)}`).join('\n')}\n`
  }
}

function tableMarkdown({ title, columns, rows, total }: DataTable): string {
  const head = `| ${columns.map((column) => cell(column.label)).join(' | ')} |\n|${columns.map(() => ' --- ').join('|')}|`
  const body = rows.map((row) => `| ${columns.map((column) => cell(row[column.key])).join(' | ')} |`).join('\n')
  const more = total > rows.length ? `\n\n${rows.length} of ${total} shown.` : ''
  return `**${inline(title)}**\n\n${head}\n${body}${more}\n`
}

function chartMarkdown({ title, series }: DataChart): string {
  const lines = series.flatMap(({ name, currency, points }) =>
    points.map((point) => `| ${cell(name)} | ${cell(point.label)} | ${cell(point.value)} | ${cell(currency)} |`),
  )
  return `**${inline(title)}**\n\n| Series | Point | Value | Currency |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return inline(Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** A value of a record on one line, with nothing in it that Markdown or HTML would act on. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()|]/g, '\\$&')
    .replace(/</g, '&lt;')
}
