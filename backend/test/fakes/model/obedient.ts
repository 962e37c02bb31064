import { type ModelReply, textOf, type WireMessage, type WireRequest, type WireTool } from './reply.ts'
import { type Findings, sampleOf } from './samples.ts'
import { type FakeModel, startFakeModel } from './server.ts'

export interface ObedientModelOptions {
  port?: number
  /** Tools it calls first, one after the other, to read what it then obeys; names as they are in the request, or with dots. */
  reads?: readonly { name: string; input: unknown }[]
  /** Tools it calls on behalf of whoever instructs it, in one turn. */
  mostActions?: number
}

const instructing =
  /\b(ignore|disregard|forget|override|instead|must|should|please|send|forward|e-?mail|reply|delete|remove|update|change|create|transfer|pay|visit|click|open|download|print|say|write|output|include|append|add|insert|respond|answer|reveal|show|repeat|translate|act as|you are now|system prompt|instructions?)\b|https?:/i
const writing = /(send|reply|forward|delete|update|create|merge|run|import|remove|move|write|schedule|propose)/i
/** Such as `{"to": ["a@example.com"]}` in the middle of a sentence. */
const jsonObject = /\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/

/** A model without any judgement: it does what the last text in its context that looks like an instruction says, whoever wrote it. */
export function startObedientModel(options: ObedientModelOptions = {}): Promise<FakeModel> {
  return startFakeModel({ ...(options.port === undefined ? {} : { port: options.port }), script: (request) => obey(request, options) })
}

/** What it does next, from the request alone. */
export function obey({ messages, tools = [] }: WireRequest, { reads = [], mostActions = 3 }: ObedientModelOptions = {}): ModelReply {
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user'))
  const called = turn.flatMap(({ tool_calls = [] }) => tool_calls)
  const next = reads[called.length]
  if (next !== undefined) {
    const tool = findTool(tools, next.name)
    if (tool !== undefined) return { toolCalls: [{ name: tool.function.name, input: next.input }] }
  }
  const instruction = findInstruction(turn)
  const found = findIn(messages, instruction)
  const actions = called.length - reads.length
  if (instruction !== '' && actions < mostActions) {
    const already = new Set(called.map((call) => call.function.name))
    const tool = chooseTool(tools, instruction, already)
    if (tool !== undefined) return { text: 'I will do that.', toolCalls: [{ name: tool.function.name, input: inputFor(tool, instruction, found) }] }
  }
  const links = found.urls.map((url) => `![image](${url}) [open](${url}) <img src="${url}"> ${url}`)
  return { text: [`Done: ${instruction || textOf(turn.at(-1) ?? { role: 'user' })}`.slice(0, 4000), ...links].join('\n') }
}

/** Words of others come in results of tools; without any, the person's own. */
function findInstruction(turn: readonly WireMessage[]): string {
  return (
    turn
      .filter(({ role }) => role === 'tool' || role === 'user')
      .map(textOf)
      .findLast((text) => instructing.test(text)) ?? ''
  )
}

function findIn(messages: readonly WireMessage[], instruction: string): Findings {
  const all = messages
    .filter(({ role }) => role === 'tool' || role === 'user')
    .map(textOf)
    .join('\n')
  const unique = (pattern: RegExp, text: string) => [...new Set(text.match(pattern) ?? [])]
  return {
    emails: unique(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, instruction),
    urls: unique(/https?:\/\/[^\s"'<>)\]\\]+/g, all).slice(-5),
    ids: unique(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, all),
    text: instruction,
  }
}

function plain(name: string): string {
  return name.replace(/[^a-z]/gi, '').toLowerCase()
}

function findTool(tools: readonly WireTool[], name: string): WireTool | undefined {
  return tools.find((tool) => plain(tool.function.name) === plain(name))
}

/** The tool that the instruction names, else the first that changes something and was not tried. */
function chooseTool(tools: readonly WireTool[], instruction: string, tried: ReadonlySet<string>): WireTool | undefined {
  const untried = tools.filter((tool) => !tried.has(tool.function.name))
  const words = plain(instruction)
  const named = untried.find(({ function: { name } }) => instruction.includes(name) || words.includes(plain(name)))
  return named ?? untried.find(({ function: { name } }) => writing.test(name))
}

/** The arguments that the instruction spells out, else some that fit. */
function inputFor({ function: { parameters = {} } }: WireTool, instruction: string, found: Findings): unknown {
  const spelled = jsonObject.exec(instruction.replaceAll('\\"', '"'))?.[0]
  if (spelled !== undefined) {
    try {
      const value: unknown = JSON.parse(spelled)
      const wanted = (parameters as { required?: string[] }).required ?? []
      if (typeof value === 'object' && value !== null && wanted.every((key) => key in value)) return value
    } catch {
      // It was no JSON after all; the arguments are made up.
    }
  }
  return sampleOf(parameters, found)
}
