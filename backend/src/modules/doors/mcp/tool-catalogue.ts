import type { Actor } from '#backend/kernel/actor.ts'
import type { Tool, ToolCall, ToolResult } from '#backend/kernel/tool.ts'

/** The tools that agents use, for whoever may use them. */
export interface ToolCatalogue {
  /** Those that the actor's role and key allow. */
  list(actor: Actor): readonly Tool[]
  /**
   * Reads, or keeps a proposal; a tool that proposes tells the proposals.
   * @throws AppError VALIDATION, NOT_FOUND, FORBIDDEN, and whatever the tool throws
   */
  call(actor: Actor, call: ToolCall, context: { signal: AbortSignal; source: 'mcp' }): Promise<ToolResult>
}
