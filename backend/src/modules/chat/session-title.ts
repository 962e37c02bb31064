import { parseSlashCommand } from '#backend/modules/agents/index.ts'

const longestTitle = 60

/** A session's name from its first question: one line, cut between words, without the slash command before it. */
export function titleFromQuestion(question: string): string {
  const parsed = parseSlashCommand(question)
  const asked = (parsed.kind === 'agent' || parsed.kind === 'unknown') && parsed.text !== '' ? parsed.text : question
  const line = asked.replace(/\s+/g, ' ').trim()
  const letters = [...line]
  if (letters.length <= longestTitle) return line
  const cut = letters.slice(0, longestTitle - 1).join('')
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > longestTitle / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`
}
