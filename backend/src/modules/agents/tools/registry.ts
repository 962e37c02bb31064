import { z } from 'zod'
import { type Actor, hasScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'
import type { ProposingTool, ReadingTool, Tool, ToolContext, ToolResult } from '#backend/kernel/tool.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { Operations, SecurityEventSink } from '#backend/modules/security/index.ts'
import type { ChatAnswer, Citation, MessagePart } from '#contracts/chat.ts'
import type { Proposals, ProposedBatch } from '../approvals/proposals.ts'
import { toBounded } from './bounded.ts'
import { looksLikeInstruction } from './instruction-marks.ts'
import type { Turn } from './turn.ts'

export interface ReadResult extends ToolResult {
  coverage?: NonNullable<ChatAnswer['coverage']>
}

/** A reading tool that may also tell how much of what matches it has seen. */
export interface ReadTool extends ReadingTool {
  run(context: ToolContext, input: unknown): Promise<ReadResult>
}

/** What became of a call. */
export interface ToolOutcome {
  /** For the caller, as JSON of bounded size; of a call that failed `{error: {code, message, details?}}`. */
  value: unknown
  isError: boolean
  /** It holds words that somebody outside may have written. */
  untrusted: boolean
  citations: Citation[]
  parts: MessagePart[]
  coverage?: NonNullable<ChatAnswer['coverage']>
  proposed?: ProposedBatch
}

export interface CallOptions {
  turn: Turn
  /** IANA name of the person's time zone. */
  timeZone: string
  signal?: AbortSignal | undefined
}

export interface ToolRegistry {
  /** The tools that the actor's rights allow. */
  list(actor: Actor): Tool[]
  find(name: string): Tool | undefined
  /** A tool's input as JSON Schema, made once. */
  inputSchema(tool: Tool): Record<string, unknown>
  /**
   * The one door to every tool: the turn decides whether it may be called at all, the actor's rights and the schema whether like this.
   * What the caller can mend comes back as an outcome; a tool that changes something makes a proposal and changes nothing.
   * @throws AppError and others that no caller can mend
   */
  call(actor: Actor, name: string, input: unknown, options: CallOptions): Promise<ToolOutcome>
}

export interface ToolRegistryDependencies {
  reading: readonly ReadTool[]
  proposing: readonly ProposingTool[]
  proposals: Pick<Proposals, 'propose'>
  operations: Operations
  events: SecurityEventSink
  clock: Clock
}

/** What whoever called can do something about. */
const mendable: readonly ErrorCode[] = ['VALIDATION', 'NOT_FOUND', 'CONFLICT', 'FORBIDDEN', 'UNSUPPORTED', 'PAYLOAD_TOO_LARGE', 'UNAVAILABLE']

export function createToolRegistry({ reading, proposing, proposals, operations, events, clock }: ToolRegistryDependencies): ToolRegistry {
  const tools = new Map<string, ReadTool | ProposingTool>([...reading, ...proposing].map((tool) => [tool.name, tool]))
  const schemas = new Map<string, Record<string, unknown>>()

  function report(actor: Actor, turn: Turn, what: string, details: Record<string, unknown>) {
    events.record({
      type: 'threat',
      severity: what === 'prompt_injection' ? 'medium' : 'high',
      details: { what, agent: turn.agent?.id, ...details },
      workspaceId: actor.workspaceId,
      ...(actor.type === 'user' ? { userId: actor.userId } : {}),
    })
  }

  async function read(actor: Actor, tool: ReadTool, input: unknown, { turn, timeZone, signal }: CallOptions): Promise<ToolOutcome> {
    const result = await tool.run({ actor, now: clock.now(), timeZone, ...(signal === undefined ? {} : { signal }) }, input)
    const { untrusted, citations = [], parts = [], coverage } = result
    const value = toBounded(result.value, { longest: tool.name === 'emails.read' || tool.name === 'records.get' ? 4000 : 600 })
    if (untrusted) {
      turn.readUntrusted(tool.name)
      if (looksLikeInstruction(JSON.stringify(value)))
        report(actor, turn, 'prompt_injection', { tool: tool.name, records: citations.slice(0, 5).map(({ entity, id }) => `${entity} ${id}`) })
    }
    return { value, isError: false, untrusted, citations, parts, ...(coverage === undefined ? {} : { coverage }) }
  }

  async function propose(actor: Actor, tool: ProposingTool, input: Record<string, unknown>, { turn }: CallOptions): Promise<ToolOutcome> {
    const key = turn.nextKey()
    const proposed = await proposals.propose(actor, {
      calls: [{ tool: tool.name, input }],
      source: turn.source,
      batchId: turn.batchId,
      ...(turn.agent === undefined ? {} : { agent: turn.agent.id }),
      untrusted: turn.taint !== undefined,
      ...(key === undefined ? {} : { key }),
    })
    const told = proposed.proposals.map(({ id, title, status, changes, error }) => ({ id, title, status, changes, ...(error === null ? {} : { error }) }))
    // The title of a change names the record as it calls itself; that of a new one says what the caller said.
    const untrusted = proposed.proposals.some(({ before }) => before !== null)
    if (untrusted) turn.readUntrusted(tool.name)
    const note = told.some(({ status }) => status === 'pending')
      ? 'Nothing has been changed. A person decides on it; say so, and do not ask for the same again.'
      : 'It was decided by a policy of the workspace.'
    return { value: toBounded({ proposals: told, note }), isError: false, untrusted, citations: [], parts: [], proposed }
  }

  async function answerCall(actor: Actor, name: string, input: unknown, options: CallOptions): Promise<ToolOutcome> {
    const { turn } = options
    let isRunning = false
    try {
      const tool = tools.get(name)
      if (tool === undefined || !turn.allowed.has(name)) {
        if (tool !== undefined && turn.taint !== undefined) report(actor, turn, 'tool_outside_turn', { tool: name, after: turn.taint.by })
        throw new AppError('VALIDATION', `There is no tool "${name.slice(0, 80)}" here; there are ${[...turn.allowed].join(', ')}.`)
      }
      operations.require(actor, tool.scope, `tools.${tool.name}`)
      const parsed = parseInput(tool, input)
      isRunning = true
      return tool.effect === 'reads' ? await read(actor, tool, parsed, options) : await propose(actor, tool, parsed as Record<string, unknown>, options)
    } catch (error) {
      if (!(error instanceof AppError) || !mendable.includes(error.code)) throw error
      const { code, message, details } = error
      const value = toBounded({ error: { code, message, ...(details === undefined ? {} : { details: details.slice(0, 20) }) } })
      // What is wrong with it may be told in words of records: the nearest name, the one that is taken.
      const untrusted = isRunning && (code === 'CONFLICT' || code === 'VALIDATION')
      if (untrusted) turn.readUntrusted(name)
      return { value, isError: true, untrusted, citations: [], parts: [] }
    }
  }

  return {
    list: (actor) => [...tools.values()].filter(({ scope }) => hasScope(actor, scope)),
    find: (name) => tools.get(name),
    inputSchema(tool) {
      const known = schemas.get(tool.name)
      if (known !== undefined) return known
      const { $schema: _, ...schema } = z.toJSONSchema(tool.input, {
        io: 'input',
        unrepresentable: 'any',
        override: ({ jsonSchema }) => withoutTrifles(jsonSchema),
      })
      schemas.set(tool.name, schema)
      return schema
    },
    call(actor, name, input, options) {
      const tool = tools.get(name)
      // A name that is no tool's is the caller's own words.
      const known = tool?.name ?? 'unknown'
      const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': known, 'gen_ai.tool.type': 'function' }
      return traced(
        `execute_tool ${known}`,
        () => ({ attributes }),
        async (span) => {
          const outcome = await answerCall(actor, name, input, options)
          if (outcome.isError) span?.set({ 'error.type': (outcome.value as { error?: { code?: string } }).error?.code })
          return outcome
        },
      )
    },
  }
}

/** @throws AppError VALIDATION naming what is wrong with the input */
function parseInput(tool: Tool, input: unknown): unknown {
  const parsed = tool.input.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ field: path.join('.'), message }))
  throw new AppError('VALIDATION', `The input of ${tool.name} is not right.`, { details })
}

/** What costs tokens in every prompt and tells a model nothing. */
function withoutTrifles(schema: { format?: string; pattern?: string; maximum?: number; propertyNames?: unknown }): void {
  if (schema.format === 'uuid') delete schema.pattern
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  delete schema.propertyNames
}
