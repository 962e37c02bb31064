import { type Finding, ok, problem, warning } from '#backend/cli/doctor/finding.ts'
import type { Models } from '#backend/infra/models/models.ts'
import type { AgentDefinition, ToolRegistry } from '#backend/modules/agents/index.ts'

export interface AgentsCheck {
  agents: readonly Pick<AgentDefinition, 'id' | 'name' | 'tools' | 'needsModel'>[]
  registry: Pick<ToolRegistry, 'find' | 'inputSchema'>
  models: Pick<Models, 'modelOf' | 'fallbackOf' | 'warmUp'>
}

/** Passes an answer on; it is of the loop, and in no registry. */
const handoff = 'handoff'
const mostTools = 12

/** Builds every agent with its tools and loads its model, without asking it: a finding for each. */
export async function checkAgents({ agents, registry, models }: AgentsCheck): Promise<Finding[]> {
  return Promise.all(
    agents.map(async ({ id, name, tools, needsModel }) => {
      const faults = tools.flatMap((tool) => faultOf(tool, registry))
      if (tools.length >= mostTools) faults.push(`it has ${tools.length} tools, and a model chooses well among fewer than ${mostTools}`)
      const model = models.modelOf(id)
      try {
        await models.warmUp(id)
      } catch (error) {
        faults.push(`its model cannot be loaded (${error instanceof Error ? error.message : String(error)})`)
      }
      if (faults.length > 0) return problem(id, `${name}: ${faults.join('; ')}`, 'Mend the definition of the agent, or install again with npm ci.')
      const built = `${name}, ${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`
      if (model === undefined) {
        return needsModel
          ? warning(id, `${built}, and no model, without which it answers nothing`, 'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a model of your own.')
          : ok(id, `${built}; no model is configured, so the built-in planner answers`)
      }
      const second = models.fallbackOf(id)
      const price = model.isPriced ? '' : ', price not known'
      return ok(id, `${built}; ${model.model} of ${model.provider}${price}${second === undefined ? '' : `, and ${second.model} when that does not answer`}`)
    }),
  )
}

function faultOf(name: string, registry: AgentsCheck['registry']): string[] {
  if (name === handoff) return []
  const tool = registry.find(name)
  if (tool === undefined) return [`there is no tool ${name}`]
  try {
    return registry.inputSchema(tool).type === 'object' ? [] : [`the input of ${name} is no object`]
  } catch (error) {
    return [`the input of ${name} cannot be described (${error instanceof Error ? error.message : String(error)})`]
  }
}
