import { z } from 'zod'
import { parseConfig } from '#backend/config/index.ts'
import { createModels } from '#backend/infra/models/models.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import {
  type AgentDefinition,
  assignMessage,
  createConfidentialFields,
  createModelRunner,
  createToolRegistry,
  runAgent,
} from '#backend/modules/agents/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Loop, LoopTask } from './task.ts'

/**
 * Our loop with everything that is in it: turns, limits and books of the models, the registry with its barriers, cleaning of what is
 * said. The rows it would read of the database (rights, confidential fields, budgets) are said here, because no other loop has any.
 */
export function createLoop({ modelUrl, model: openaiModel, instructions, question, lookup }: LoopTask): Loop {
  const clock = createClock()
  const actor: Actor = { type: 'user', workspaceId: newId(), userId: newId(), name: 'Ann', role: 'manager', via: 'session' }
  const operations = { run: async () => ({ fields: [], maskPeople: false }), require: () => undefined } as unknown as Operations
  const logger = { info: () => undefined, warn: (...line: unknown[]) => process.stderr.write(`${JSON.stringify(line)}\n`) }
  const name = lookup.name.replace('_', '.')
  const registry = createToolRegistry({
    reading: [
      {
        name,
        title: 'Look an order up',
        description: lookup.description,
        scope: 'crm:read',
        effect: 'reads',
        input: z.object({ order: z.string() }),
        run: async (_context, input) => ({ value: JSON.parse(lookup.run((input as { order: string }).order)), untrusted: false }),
      },
    ],
    proposing: [],
    proposals: { propose: () => Promise.reject(new Error('Nothing is proposed here.')) },
    operations,
    events: { record: () => undefined },
    clock,
  })
  const { models: config } = parseConfig({ OPENAI_BASE_URL: modelUrl, OPENAI_MODEL: openaiModel, LLM_MAX_CONCURRENCY: '100' })
  const models = createModels(config, { ledger: { reserve: async () => () => undefined, note: () => undefined }, logger, clock })
  const model = createModelRunner({ models, registry, confidential: createConfidentialFields({ operations, clock }), logger })
  const agent: AgentDefinition = {
    id: 'orders',
    name: 'Orders',
    logName: 'OrdersAgent',
    description: 'Looks after orders.',
    command: '/orders',
    aliases: [],
    entities: ['orders'],
    words: [],
    needsModel: true,
    examples: [],
    instructions,
    tools: [name],
    limits: { steps: 5, tokens: 60_000, timeMs: 120_000 },
    purpose: 'records',
  }
  const signal = new AbortController().signal
  return async () => {
    let text = ''
    const answer = await runAgent({
      assignment: assignMessage(question, { requested: agent }),
      answerer: { answer: () => Promise.reject(new Error('The planner is not asked here.')) },
      modelConfigured: true,
      model,
      context: {
        actor,
        now: clock.now(),
        timeZone: 'UTC',
        signal,
        say(piece) {
          text += piece
        },
      },
      read: () => Promise.reject(new Error('The planner is not asked here.')),
      propose: () => Promise.reject(new Error('Nothing is proposed here.')),
    })
    if (answer.broken !== undefined) throw answer.broken.error
    return text
  }
}
