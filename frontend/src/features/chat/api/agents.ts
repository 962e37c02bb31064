import { queryOptions } from '@tanstack/react-query'
import type { Agent, SlashCommand } from '#contracts/chat.ts'
import { api } from '@/lib/api.ts'

export const slashCommandsQuery = queryOptions({
  queryKey: ['slash-commands'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => api.get<{ items: SlashCommand[] }>('/api/slash-commands', { signal }),
  select: (page) => page.items,
})

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => api.get<{ items: Agent[] }>('/api/agents', { signal }),
  select: (page) => page.items,
})

/** "crm" as people read it: "CRM agent". */
export function agentTitle(agent: string | null | undefined): string {
  if (!agent) return 'ChatSG'
  const name = agent.length <= 3 ? agent.toUpperCase() : agent[0]?.toUpperCase() + agent.slice(1)
  return `${name} agent`
}
