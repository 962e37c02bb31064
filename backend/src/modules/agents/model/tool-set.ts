import type { jsonSchema as JsonSchemaOf, ToolSet } from 'ai'
import type { Tool } from '#backend/kernel/tool.ts'
import type { ToolRegistry } from '../tools/registry.ts'
import { toWireName } from '../tools/tool-names.ts'

/** Name of the tool by which a model gives the question to another agent. */
export const handoffTool = 'handoff'

export interface ToolSetOptions {
  /** Names of the tools that any step may use. */
  names: readonly string[]
  agentIds: readonly string[]
  registry: ToolRegistry
  jsonSchema: typeof JsonSchemaOf
  /** Runs a call and tells the model's text of its result. */
  run(tool: string, input: unknown, callId: string): Promise<string>
}

/** Tools as the AI SDK takes them. Inputs are not looked at here: the registry does, with what it knows of the turn. */
export function createToolSet({ names, agentIds, registry, jsonSchema, run }: ToolSetOptions): ToolSet {
  const set: ToolSet = {}
  for (const name of names) {
    const tool = name === handoffTool ? handoff(agentIds) : described(registry.find(name), registry)
    if (tool === undefined) continue
    set[toWireName(name)] = {
      description: tool.description,
      inputSchema: schemaOf(tool.schema, jsonSchema),
      execute: (input: unknown, { toolCallId }: { toolCallId: string }) => run(name, input, toolCallId),
      toModelOutput: ({ output }: { output: unknown }) => ({ type: 'text' as const, value: String(output) }),
    }
  }
  return set
}

/** Schemas are the same at every answer, and dear to wrap. */
const wrapped = new WeakMap<object, ReturnType<typeof JsonSchemaOf<unknown>>>()

function schemaOf(schema: Record<string, unknown>, jsonSchema: typeof JsonSchemaOf): ReturnType<typeof JsonSchemaOf<unknown>> {
  const known = wrapped.get(schema)
  if (known !== undefined) return known
  const made = jsonSchema<unknown>(schema)
  wrapped.set(schema, made)
  return made
}

function described(tool: Tool | undefined, registry: ToolRegistry): { description: string; schema: Record<string, unknown> } | undefined {
  return tool === undefined ? undefined : { description: tool.description, schema: registry.inputSchema(tool) }
}

/** Made once for the agents there are. */
let handoffSchema: { ids: readonly string[]; schema: Record<string, unknown> } | undefined

function handoff(agentIds: readonly string[]): { description: string; schema: Record<string, unknown> } {
  if (handoffSchema?.ids !== agentIds)
    handoffSchema = {
      ids: agentIds,
      schema: {
        type: 'object',
        properties: {
          agent: { type: 'string', enum: [...agentIds] },
          reason: { type: 'string', description: 'Why, as a short sentence for the person' },
        },
        required: ['agent', 'reason'],
        additionalProperties: false,
      },
    }
  return {
    description: 'Gives the question to the agent whose matter it is, who goes on with this conversation. Only when your own tools cannot answer it.',
    schema: handoffSchema.schema,
  }
}
