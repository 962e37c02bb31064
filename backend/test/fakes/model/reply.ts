/** A message of the protocol, as far as a script looks at it. */
export interface WireMessage {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  content?: string | { type: string; text?: string }[] | null
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
  tool_call_id?: string
}

export interface WireTool {
  type: string
  function: { name: string; description?: string; parameters?: Record<string, unknown> }
}

/** The body of `POST /v1/chat/completions`. */
export interface WireRequest {
  model: string
  messages: WireMessage[]
  tools?: WireTool[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  temperature?: number
  max_tokens?: number
  max_completion_tokens?: number
  response_format?: { type: string }
}

export interface WireUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: { cached_tokens: number }
}

/** What the stand-in answers once; everything may be left out. */
export interface ModelReply {
  text?: string
  /** `input` as a string is sent as it stands, however malformed. */
  toolCalls?: readonly { name: string; input: unknown }[]
  /** An error instead of an answer. */
  status?: number
  headers?: Record<string, string>
  /** Sent in place of the answer, or of one piece of it when streaming. */
  raw?: string
  /** The socket is destroyed after so many pieces; 0 is before the first. */
  cutAfter?: number
  /** Milliseconds until anything is sent, headers included. */
  waitMs?: number
  /** Milliseconds between headers and the first piece. */
  firstPieceMs?: number
  /** Milliseconds between two pieces. */
  pieceMs?: number
  /** Characters of a piece. */
  pieceSize?: number
  /** `null` sends none. */
  usage?: Partial<WireUsage> | null
  finishReason?: string
}

/** The text of a message. */
export function textOf({ content }: WireMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text = '' }) => text).join('\n')
}
