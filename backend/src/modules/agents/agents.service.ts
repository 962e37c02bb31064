import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Agent, AgentHealth, SlashCommand } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentList, findAgent } from './agent-list.ts'
import { unavailableReason } from './command-answers.ts'
import { listSlashCommands } from './slash-commands.ts'

export interface AgentServiceDependencies {
  database: Database
  operations: Operations
  clock: Clock
  logger: Pick<Logger, 'info' | 'error'>
  /** A language model that the general agents may use. */
  modelConfigured?: boolean
}

export interface AgentService {
  readonly modelConfigured: boolean
  list(actor: Actor): Agent[]
  /** @throws AppError NOT_FOUND for an id no agent has */
  health(actor: Actor, id: string): Promise<AgentHealth>
  slashCommands(): SlashCommand[]
  /** @throws AppError VALIDATION naming the agents there are */
  require(id: string): AgentDefinition
  /** Keeps the newest failure of an agent for its health. */
  recordFailure(agent: AgentDefinition, message: string): void
}

/** The agents of this process, built once at start. */
export function createAgentService({ database, operations, clock, logger, modelConfigured = false }: AgentServiceDependencies): AgentService {
  const lastErrors = new Map<string, string>()
  for (const agent of agentList) {
    logger.info(
      { component: agent.logName, agent: agent.id, available: unavailableReason(agent, modelConfigured) === undefined },
      `Initializing ${agent.logName}`,
    )
  }

  async function isDatabaseReachable(): Promise<boolean> {
    try {
      await database.ping()
      return true
    } catch (error) {
      logger.error({ err: error }, 'The CRM database did not answer a health check')
      return false
    }
  }

  return {
    modelConfigured,
    list(actor) {
      operations.require(actor, 'chat', 'agents.list')
      return agentList.map((agent) => describe(agent, modelConfigured))
    },
    async health(actor, id) {
      operations.require(actor, 'chat', 'agents.health')
      const agent = findAgent(id)
      if (agent === undefined) throw notFound(`The agent “${id.slice(0, 40)}”`)
      const reachable = await isDatabaseReachable()
      const reason = unavailableReason(agent, modelConfigured) ?? null
      return {
        status: !reachable ? 'unhealthy' : reason === null ? 'healthy' : 'degraded',
        reason: reachable ? reason : 'The database does not answer.',
        initialized: true,
        lastError: lastErrors.get(agent.id) ?? null,
        crm: { mode: 'builtin', reachable, rateLimit: { limit: null, remaining: null }, lastSync: null },
        model: { configured: modelConfigured },
      }
    },
    slashCommands() {
      return listSlashCommands((agent) => unavailableReason(agent, modelConfigured) === undefined)
    },
    require(id) {
      const agent = findAgent(id)
      if (agent !== undefined) return agent
      throw new AppError('VALIDATION', `There is no agent “${id.slice(0, 40)}”; choose one of ${agentList.map((known) => known.id).join(', ')}.`, {
        details: [{ field: 'agent', message: 'Unknown agent.' }],
      })
    },
    recordFailure(agent, message) {
      lastErrors.set(agent.id, `${clock.now().toISOString()} ${message}`)
    },
  }
}

function describe(agent: AgentDefinition, modelConfigured: boolean): Agent {
  const reason = unavailableReason(agent, modelConfigured) ?? null
  return {
    id: agent.id,
    name: agent.name,
    description: agent.description,
    command: agent.command,
    aliases: [...agent.aliases],
    entities: [...agent.entities],
    examples: [...agent.examples],
    available: reason === null,
    reason,
  }
}
