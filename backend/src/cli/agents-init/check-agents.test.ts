import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentModel } from '#backend/infra/models/models.ts'
import type { Tool } from '#backend/kernel/tool.ts'
import { checkAgents } from './check-agents.ts'

const tool: Tool = {
  name: 'records.get',
  title: 'Get',
  description: 'Gets a record.',
  scope: 'crm:read',
  effect: 'reads',
  input: z.object({ id: z.string() }),
  run: () => Promise.reject(new Error('not run')),
}
const registry = { find: (name: string) => (name === tool.name ? tool : undefined), inputSchema: () => ({ type: 'object' }) }
const models = (model?: AgentModel, warmUp = () => Promise.resolve()) => ({ modelOf: () => model, fallbackOf: () => undefined, warmUp })
const agent = { id: 'crm', name: 'CRM', tools: ['records.get', 'handoff'], needsModel: false }
const gpt: AgentModel = { provider: 'openai', model: 'gpt-4o', isPriced: true }

describe('the check of agents', () => {
  it('names the model of each, and says what works without one', async () => {
    expect(await checkAgents({ agents: [agent], registry, models: models(gpt) })).toEqual([
      { check: 'crm', status: 'ok', found: 'CRM, 2 tools; gpt-4o of openai' },
    ])
    const without = await checkAgents({ agents: [agent, { ...agent, id: 'creative', needsModel: true }], registry, models: models() })
    expect(without.map(({ status }) => status)).toEqual(['ok', 'warning'])
  })

  it('finds tools that are not there, too many of them, and a model that does not load', async () => {
    const many = Array.from({ length: 12 }, () => 'records.get')
    const [missing, tooMany, broken] = await Promise.all([
      checkAgents({ agents: [{ ...agent, tools: ['records.fly'] }], registry, models: models(gpt) }),
      checkAgents({ agents: [{ ...agent, tools: many }], registry, models: models(gpt) }),
      checkAgents({ agents: [agent], registry, models: models(gpt, () => Promise.reject(new Error('no such package'))) }),
    ])
    expect(missing).toMatchObject([{ status: 'problem', found: 'CRM: there is no tool records.fly' }])
    expect(tooMany).toMatchObject([{ status: 'problem' }])
    expect(broken).toMatchObject([{ status: 'problem', found: 'CRM: its model cannot be loaded (no such package)' }])
  })
})
