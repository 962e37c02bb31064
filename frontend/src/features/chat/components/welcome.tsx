import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agentsQuery, slashCommandsQuery } from '../api/agents.ts'
import { nameOfCommand } from './slash-menu.tsx'

/** What stands where a conversation has not begun: who answers, and what they may be asked. */
export function Welcome({ onAsk }: { onAsk: (message: string) => void }) {
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: commands = [] } = useQuery(slashCommandsQuery)
  const available = agents.filter((agent) => agent.available)
  return (
    <div className="mx-auto flex w-full max-w-[620px] flex-col gap-5 pt-[8vh]">
      <div>
        <h2 className="text-title font-semibold tracking-tight">Ask about your CRM</h2>
        <p className="mt-1 text-soft">
          Write in plain words; the right agent answers from all your records and shows how. Type{' '}
          <kbd className="font-mono text-[12.5px] text-accent-text">/</kbd> to choose an agent yourself
          {commands.length > 0 && <span className="sr-only">, for example {nameOfCommand(commands[0] as (typeof commands)[number])}</span>}.{' '}
          <Link to="/help/questions" className="text-accent-text hover:underline">
            What you can ask
          </Link>
        </p>
      </div>
      <ul className="flex flex-col">
        {available.map((agent) => (
          <li key={agent.id} className="grid grid-cols-[110px_1fr] gap-x-4 border-t py-2.5 text-sm last:border-b max-md:grid-cols-1">
            <span className="font-medium">{agent.name}</span>
            <div className="min-w-0">
              <p className="text-soft">{agent.description}</p>
              {agent.examples[0] !== undefined && (
                <button
                  type="button"
                  className="mt-0.5 max-w-full truncate text-left text-accent-text hover:underline"
                  onClick={() => onAsk(agent.examples[0] as string)}
                >
                  {agent.examples[0]}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
