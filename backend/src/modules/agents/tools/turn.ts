import { randomBytes } from 'node:crypto'
import { newId } from '#backend/kernel/ids.ts'
import type { ProposalSource } from '#contracts/approvals.ts'
import type { AgentDefinition } from '../agent-definition.ts'

/** Why a turn is tainted: the first words of others that it read. */
export interface Taint {
  /** A tool, or `history`. */
  by: string
}

/**
 * One run of a model from a question to its answer, or one caller from outside. What it may do is decided here and where tools are
 * dispatched, and by nothing that a model says.
 */
export interface Turn {
  /** Names of the tools it began with; nothing adds to them once it is tainted. */
  readonly allowed: ReadonlySet<string>
  readonly agent: AgentDefinition | undefined
  /** Why the proposals it makes are made. */
  readonly source: ProposalSource
  /** Its proposals are one batch. */
  readonly batchId: string
  /** Separates data from words in prompts; nobody outside can have guessed it. */
  readonly marker: string
  readonly taint: Taint | undefined
  /** Notes that words of others were read; there is no way back. */
  readUntrusted(by: string): void
  /** Idempotency key of the next proposal. */
  nextKey(): string | undefined
  /**
   * Gives the turn to another agent.
   * @returns false, with nothing changed, when the turn is tainted and the agent's tools would widen what it may do
   */
  handTo(agent: AgentDefinition, isProposing: (tool: string) => boolean): boolean
}

export interface TurnStart {
  agent?: AgentDefinition
  /** Names of the tools it may call; the agent's when left out. */
  tools?: readonly string[]
  source: ProposalSource
  /** Makes proposals idempotent: asking again under the same one makes none twice. */
  key?: string
  tainted?: Taint
}

export function createTurn(start: TurnStart): Turn {
  let agent = start.agent
  let allowed: ReadonlySet<string> = new Set(start.tools ?? agent?.tools ?? [])
  let taint = start.tainted
  let proposals = 0
  return {
    get allowed() {
      return allowed
    },
    get agent() {
      return agent
    },
    source: start.source,
    batchId: newId(),
    marker: randomBytes(9).toString('base64url'),
    get taint() {
      return taint
    },
    readUntrusted(by) {
      taint ??= { by }
    },
    nextKey() {
      proposals += 1
      return start.key === undefined ? undefined : `${start.key}:${proposals}`
    },
    handTo(next, isProposing) {
      const wider = next.tools.filter((tool) => !allowed.has(tool))
      if (taint !== undefined && wider.some(isProposing)) return false
      // What has been read may only ever take away.
      allowed = taint === undefined ? new Set(next.tools) : new Set(next.tools.filter((tool) => allowed.has(tool)))
      agent = next
      return true
    },
  }
}
