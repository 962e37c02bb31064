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
import { type CrmHealth, createBuiltinCrmHealth } from './crm-health.ts'
import type { ModelRunner } from './model/model-runner.types.ts'
import { listSlashCommands } from './slash-commands.ts'

export interface AgentServiceDependencies {
  database: Database
  operations: Operations
  clock: Clock
  logger: Pick<Logger, 'info' | 'error'>
  /** A language model is configured, which the general agents may use; told by `model` when left out. */
  modelConfigured?: boolean
  /** The loop of the language model. */
  model?: ModelRunner | undefined
  /** What is known of the CRM behind the records; the built-in one when left out. */
  crmHealth?: CrmHealth
}

export interface AgentService {
  readonly modelConfigured: boolean
  /** The loop of the language model, where one is configured. */
  readonly model: ModelRunner | undefined
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
export function createAgentService(dependencies: AgentServiceDependencies): AgentService {
  const { database, operations, clock, logger, model, crmHealth = createBuiltinCrmHealth(dependencies) } = dependencies
  const modelConfigured = dependencies.modelConfigured ?? agentList.some(({ id }) => model?.isConfigured(id) === true)
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

  let lastMode: AgentHealth['crm']['mode'] = 'builtin'
  /** What is known of a mirror is in the database as well. */
  async function knownCrm(): ReturnType<CrmHealth> {
    try {
      const known = await crmHealth()
      lastMode = known.mode
      return known
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'UNAVAILABLE')) throw error
      logger.error({ err: error }, 'The CRM database did not answer a health check')
      return { mode: lastMode, reachable: false, rateLimit: { limit: null, remaining: null }, lastSync: null, lastError: error.message }
    }
  }

  return {
    modelConfigured,
    model: modelConfigured ? model : undefined,
    list(actor) {
      operations.require(actor, 'chat', 'agents.list')
      return agentList.map((agent) => describe(agent, modelConfigured))
    },
    async health(actor, id) {
      operations.require(actor, 'chat', 'agents.health')
      const agent = findAgent(id)
      if (agent === undefined) throw notFound(`The agent “${id.slice(0, 40)}”`)
      const { lastError, ...crm } = await knownCrm()
      // Questions are answered from the records here: without Insightly they are, without the database they are not.
      const answers = crm.mode === 'builtin' ? crm.reachable : await isDatabaseReachable()
      const unavailable = unavailableReason(agent, modelConfigured) ?? null
      return {
        ...standingOf({ answers, crm, unavailable }),
        initialized: true,
        lastError: lastErrors.get(agent.id) ?? lastError,
        crm,
        model: { configured: model?.isConfigured(agent.id) ?? modelConfigured },
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

/** The worst that is known, and why. */
function standingOf({
  answers,
  crm,
  unavailable,
}: {
  answers: boolean
  crm: AgentHealth['crm']
  unavailable: string | null
}): Pick<AgentHealth, 'status' | 'reason'> {
  if (!answers) return { status: 'unhealthy', reason: 'The database does not answer.' }
  if (unavailable !== null) return { status: 'degraded', reason: unavailable }
  if (crm.reachable) return { status: 'healthy', reason: null }
  const asOf = crm.lastSync === null ? 'have not been copied yet' : `were last copied at ${crm.lastSync}`
  return { status: 'degraded', reason: `Insightly does not answer right now. Questions are answered from its records here, which ${asOf}.` }
}
