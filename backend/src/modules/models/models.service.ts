import type { Models } from '#backend/infra/models/models.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { type ModelsState, modelEndpointSchema } from '#contracts/models.ts'
import type { BudgetsService } from './budgets.service.ts'

export interface ModelsServiceOptions {
  models: Models
  budgets: Pick<BudgetsService, 'stateFor' | 'renewsAt'>
  /** Ids of the agents. */
  agents: readonly string[]
  limits: Omit<ModelsState['limits'], 'running' | 'waiting'>
  isAudited: boolean
  pricesAsOf: string
}

export type ModelsService = ReturnType<typeof createModelsService>

/** What is known of the models, without asking them. */
export function createModelsService({ models, budgets, agents, limits, isAudited, pricesAsOf }: ModelsServiceOptions) {
  return {
    async getState(actor: Actor): Promise<ModelsState> {
      return {
        isConfigured: models.isConfigured(),
        agents: agents.map((agent) => {
          const asked = models.modelOf(agent)
          const fallback = models.fallbackOf(agent)
          return {
            agent,
            provider: asked?.provider ?? null,
            model: asked?.model ?? null,
            isPriced: asked?.isPriced ?? false,
            fallback: fallback === undefined ? null : { provider: fallback.provider, model: fallback.model },
          }
        }),
        endpoints: models.states().map((state) => modelEndpointSchema.parse(state)),
        limits: { ...limits, ...models.load() },
        budgets: await budgets.stateFor(actor),
        renewsAt: budgets.renewsAt().toISOString(),
        isAudited,
        pricesAsOf,
      }
    },

    /** How the models are, by how their last calls ended: nobody pays for a probe. */
    async checkHealth(): Promise<{ status: 'healthy' | 'degraded' | 'not_configured' }> {
      const states = models.states()
      if (states.length === 0) return { status: 'not_configured' }
      // One that was not asked yet is not known to be ill.
      return { status: states.every(({ state, last }) => state === 'ready' && last?.ok !== false) ? 'healthy' : 'degraded' }
    },
  }
}
