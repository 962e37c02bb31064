import { createAgents } from '#backend/agents.ts'
import { createClock } from '#backend/kernel/clock.ts'
import type { AgentAnswer, HistoryMessage, ToolActivity } from '#backend/modules/agents/index.ts'
import { type Answerer, assignMessage, findAgent, runAgent } from '#backend/modules/agents/index.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { type ApprovalsWorkspace, allChanges, createApprovalsWorkspace } from '../approvals.ts'
import { createTestModels, type TestModels } from '../models.ts'

export interface Asked extends AgentAnswer {
  /** Every piece as it was said. */
  pieces: string[]
  activities: ToolActivity[]
}

export interface AskOptions {
  agent?: string
  history?: HistoryMessage[]
  recalled?: string[]
  signal?: AbortSignal
  messageId?: string
  onSay?: (text: string) => void
}

export interface AgentsWorld extends ApprovalsWorkspace, TestModels, ReturnType<typeof createAgents> {
  ask(message: string, options?: AskOptions): Promise<Asked>
}

const planner: Answerer = { answer: answerQuestion }

/** Agents over a workspace of their own, with the real planner, tools and proposals, and models of an environment. */
export async function createAgentsWorld(env: Record<string, string>, { answerer = planner, maskPeople = false } = {}): Promise<AgentsWorld> {
  const clock = createClock('2026-11-20T15:00:00.000Z')
  const workspace = await createApprovalsWorkspace({ clock })
  const tested = createTestModels(env)
  const { database, operations, events, proposals, actor } = workspace
  const silent = () => undefined
  const logger = { info: silent, error: silent, warn: silent, debug: silent } as never
  const agents = createAgents({
    database,
    operations,
    events: { record: (event) => void events.push(event) },
    clock,
    logger,
    answerer,
    proposals,
    changes: allChanges(),
    models: tested.models,
    maskPeople,
  })
  return {
    ...workspace,
    ...tested,
    ...agents,
    async ask(message, { agent, history, recalled, signal = new AbortController().signal, messageId, onSay } = {}) {
      const pieces: string[] = []
      const activities: ToolActivity[] = []
      const source = { kind: 'sentence' as const, text: message, ...(messageId === undefined ? {} : { messageId }) }
      const answer = await runAgent({
        assignment: assignMessage(message, { requested: agent === undefined ? undefined : findAgent(agent) }),
        answerer,
        modelConfigured: agents.agents.modelConfigured,
        model: agents.agents.model,
        source,
        ...(history === undefined ? {} : { history: async () => history }),
        ...(recalled === undefined ? {} : { recalled: async () => recalled }),
        context: {
          actor,
          now: clock.now(),
          timeZone: 'UTC',
          signal,
          say(text) {
            pieces.push(text)
            onSay?.(text)
          },
          onTool: (activity) => void activities.push(activity),
        },
        read: (work) => operations.run(actor, { name: 'chat.answer', scope: 'crm:read', readOnly: true }, work),
        propose: (wanted) => proposals.propose(actor, { ...wanted, source }),
      })
      return { ...answer, pieces, activities }
    },
  }
}
