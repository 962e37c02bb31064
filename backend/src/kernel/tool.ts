import type { z } from 'zod'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import type { Actor, Scope } from './actor.ts'

/** What every tool says of itself: to people, to models and to other programs. */
interface ToolDescription {
  /** Such as `records.update`. */
  name: string
  /** As a person would call it: "Change a record". */
  title: string
  /** What it is for and when to use it; models read it. */
  description: string
  scope: Scope
  /** Checked anew at every call: who calls it is not trusted. */
  input: z.ZodType
}

export interface ToolContext {
  actor: Actor
  now: Date
  /** IANA name of the person's time zone. */
  timeZone: string
  signal?: AbortSignal
}

export interface ToolResult {
  /** JSON of bounded size. */
  value: unknown
  /** It holds words that somebody outside may have written: texts of records, mails, pages. */
  untrusted: boolean
  citations?: Citation[]
  parts?: MessagePart[]
}

export interface ReadingTool extends ToolDescription {
  effect: 'reads'
  /** @throws AppError VALIDATION, NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  run(context: ToolContext, input: unknown): Promise<ToolResult>
}

/** It changes nothing by itself: calling it makes a proposal, which a person decides on. */
export interface ProposingTool extends ToolDescription {
  effect: 'proposes'
  /** Words of ours leave the workspace with it, as with a mail. */
  sends: boolean
}

export type Tool = ReadingTool | ProposingTool

/** A tool with what it is given. */
export interface ToolCall {
  tool: string
  input: Record<string, unknown>
}
