import { distance } from 'fastest-levenshtein'
import type { SlashCommand } from '#contracts/chat.ts'
import { fold } from '#contracts/fold.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentList } from './agent-list.ts'

export type ParsedMessage =
  | { kind: 'text'; text: string }
  | { kind: 'help' }
  | { kind: 'agent'; agent: AgentDefinition; text: string }
  | { kind: 'unknown'; command: string; text: string; suggestions: string[] }

const helpCommand = '/help'
const helpAliases: readonly string[] = ['/?', '/h', '/commands']

const agentByCommand = new Map(agentList.flatMap((agent) => [agent.command, ...agent.aliases].map((command) => [command, agent] as const)))
const everyCommand: readonly string[] = [...agentByCommand.keys(), helpCommand, ...helpAliases.filter((alias) => alias.length > 2)]

// The name ends at white space or the end: "/home/ana/list.csv" and "/2 of them" are text.
const commandPattern = /^\/(\p{L}[\p{L}\p{N}_-]{0,39}|\?)?:?(?:\s+|$)/u

/** Reads a leading slash command; a slash anywhere else is text. */
export function parseSlashCommand(message: string): ParsedMessage {
  const trimmed = message.trim()
  const match = commandPattern.exec(trimmed)
  if (match === null) return { kind: 'text', text: trimmed }
  const text = trimmed.slice(match[0].length).trim()
  if (match[1] === undefined) return text === '' ? { kind: 'help' } : { kind: 'text', text: trimmed }
  const command = `/${fold(match[1])}`
  if (command === helpCommand || helpAliases.includes(command)) return { kind: 'help' }
  const agent = agentByCommand.get(command)
  if (agent !== undefined) return { kind: 'agent', agent, text }
  return { kind: 'unknown', command, text, suggestions: nearestCommands(command) }
}

/** Commands a mistyped one may have meant, nearest first, each agent once. */
function nearestCommands(command: string): string[] {
  const within = Math.max(2, Math.floor(command.length / 3))
  const ranked = everyCommand
    .map((known) => ({ known, edits: known.startsWith(command) ? 0.5 : distance(known, command) }))
    .filter(({ edits }) => edits <= within)
    .sort((left, right) => left.edits - right.edits)
  const seen = new Set<string>()
  return ranked
    .filter(({ known }) => {
      const owner = agentByCommand.get(known)?.id ?? helpCommand
      if (seen.has(owner)) return false
      seen.add(owner)
      return true
    })
    .slice(0, 3)
    .map(({ known }) => known)
}

/** The commands as a menu shows them. */
export function listSlashCommands(isAvailable: (agent: AgentDefinition) => boolean): SlashCommand[] {
  const agents = agentList.map((agent) => ({
    command: agent.command,
    aliases: [...agent.aliases],
    agent: agent.id,
    description: agent.description,
    available: isAvailable(agent),
  }))
  return [...agents, { command: helpCommand, aliases: [...helpAliases], agent: null, description: 'Lists these commands.', available: true }]
}
