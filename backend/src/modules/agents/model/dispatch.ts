import { toShownText } from '#backend/modules/security/index.ts'
import type { AgentDefinition } from '../agent-definition.ts'
import { findAgent } from '../agent-list.ts'
import type { AnswerContext } from '../answerer.ts'
import type { ToolRegistry } from '../tools/registry.ts'
import type { Turn } from '../tools/turn.ts'
import type { Findings } from './findings.ts'
import { asData } from './instructions.ts'
import { type Masking, namesIn } from './masking.ts'
import { handoffTool } from './tool-set.ts'

/** Where calls of a model's tools end up. */
export interface Dispatch {
  /** Whose turn it is now. */
  readonly agent: AgentDefinition
  /** Why it was handed over, once it was. */
  readonly handoff: string | undefined
  /** The result as the model reads it. @throws when a tool does not work, with nothing of why in the message */
  run(tool: string, input: unknown, callId: string): Promise<string>
  /** Notes a call that the SDK refused, because the step has no such tool. */
  noteRefused(tool: string): Promise<void>
}

export interface DispatchOptions {
  agent: AgentDefinition
  context: AnswerContext
  turn: Turn
  registry: ToolRegistry
  findings: Findings
  masking: Masking | undefined
  /** Gains what tools told. */
  seen: string[]
  /** Is told of what no model can mend. */
  fail(error: unknown): void
}

const longestReason = 300

export function createDispatch({ agent: first, context, turn, registry, findings, masking, seen, fail }: DispatchOptions): Dispatch {
  const { actor, timeZone, signal } = context
  let agent = first
  let handoff: string | undefined

  async function handOver(input: unknown): Promise<string> {
    const { agent: id, reason } = (input ?? {}) as { agent?: unknown; reason?: unknown }
    const next = findAgent(String(id))
    if (next === undefined) return `There is no agent "${String(id).slice(0, 40)}".`
    if (next.id === agent.id) return 'That is you.'
    if (!turn.handTo(next, (name) => registry.find(name)?.effect === 'proposes'))
      return 'This cannot be handed over: words of others have been read, and that agent may do more than you.'
    agent = next
    handoff = (await toShownText(String(reason ?? ''))).slice(0, longestReason)
    return `You are now the ${next.name} agent. ${next.instructions}`
  }

  async function call(tool: string, input: unknown): Promise<{ text: string; isError: boolean }> {
    const { value, isError, untrusted, citations, ...outcome } = await registry.call(actor, tool, input, { turn, timeZone, signal })
    findings.add({ value, isError, untrusted, citations, ...outcome })
    masking?.learn([
      ...namesIn(value, entityIn(input)),
      ...citations.flatMap(({ entity, label }) => (entity === 'contact' || entity === 'lead' ? [label] : [])),
    ])
    const told = JSON.stringify(value)
    seen.push(told)
    const masked = masking?.mask(told) ?? told
    return { text: untrusted ? asData(masked, turn.marker, tool) : masked, isError }
  }

  return {
    get agent() {
      return agent
    },
    get handoff() {
      return handoff
    },
    async noteRefused(tool) {
      // The registry refuses it as well, and keeps an event of it.
      if (!turn.allowed.has(tool)) await registry.call(actor, tool, {}, { turn, timeZone, signal })
    },
    async run(tool, input, callId) {
      const title = tool === handoffTool ? 'Hand over' : (registry.find(tool)?.title ?? tool)
      const tell = (state: 'start' | 'end' | 'failed') => context.onTool?.({ id: callId, tool, title, state })
      tell('start')
      try {
        const given = masking?.unmaskDeep(input) ?? input
        const { text, isError } = tool === handoffTool ? { text: await handOver(given), isError: false } : await call(tool, given)
        tell(isError ? 'failed' : 'end')
        return text
      } catch (error) {
        tell('failed')
        fail(error)
        throw new Error('The tool does not work right now.')
      }
    },
  }
}

/** The entity that a call asks about. */
function entityIn(input: unknown): string | undefined {
  const entity = (input as { entity?: unknown } | null)?.entity
  return typeof entity === 'string' ? entity : undefined
}
