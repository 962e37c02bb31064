import { parseArgs } from 'node:util'
import { obey } from './obedient.ts'
import { type ModelReply, textOf, type WireRequest } from './reply.ts'
import { startFakeModel } from './server.ts'

const usage = `node backend/test/fakes/model/main.ts [options]
  --port 4020       port on 127.0.0.1; OPENAI_BASE_URL is http://127.0.0.1:4020/v1
  --key KEY         the API key that is accepted (any)
  --obedient        does whatever the last text it reads says, whoever wrote it
  --reply TEXT      what it answers (it repeats the question)
  --piece-ms 20     milliseconds between two pieces of a stream
A message with one of these in it makes it fail: [[429]] [[500]] [[cut]] [[slow]] [[malformed]] [[wrong-json]] [[loop]] [[no-usage]]`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4020' },
    key: { type: 'string' },
    obedient: { type: 'boolean', default: false },
    reply: { type: 'string' },
    'piece-ms': { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
})

const failures: Record<string, (request: WireRequest) => ModelReply> = {
  '429': () => ({ status: 429, headers: { 'retry-after': '2' } }),
  '500': () => ({ status: 500 }),
  cut: () => ({ text: 'This answer breaks off before its end.', cutAfter: 2 }),
  slow: () => ({ text: 'That took a while.', firstPieceMs: 10_000 }),
  malformed: ({ tools = [] }) => ({ toolCalls: [{ name: tools[0]?.function.name ?? 'none', input: '{"broken": ' }] }),
  'wrong-json': () => ({ raw: '{"this is": not JSON' }),
  loop: ({ tools = [] }) => ({ toolCalls: [{ name: tools[0]?.function.name ?? 'none', input: {} }] }),
  'no-usage': () => ({ text: 'Nobody counted these words.', usage: null }),
}

function answer(request: WireRequest): ModelReply {
  const asked = textOf(request.messages.findLast(({ role }) => role === 'user') ?? { role: 'user' })
  const failure = /\[\[([\w-]+)\]\]/.exec(asked)?.[1]
  const known = failure === undefined ? undefined : failures[failure]
  if (known !== undefined) return known(request)
  const pieceMs = Number(values['piece-ms'])
  return { pieceMs, ...(values.obedient ? obey(request) : { text: values.reply ?? `This is a stand-in for a language model. You wrote: ${asked}` }) }
}

if (values.help) process.stdout.write(`${usage}\n`)
else {
  try {
    const model = await startFakeModel({ port: Number(values.port), script: answer, ...(values.key === undefined ? {} : { key: values.key }) })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void model.close().then(() => process.exit(0)))
    process.stdout.write(`Stand-in language model at ${model.url}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
