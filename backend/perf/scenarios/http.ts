import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BareServer, record, startBareServer } from '../bare-process.ts'
import type { RecordedAnswer } from '../bare-server.ts'
import { type Figure, percentilesOf } from '../figures.ts'
import { createHttpClient } from '../http-client.ts'
import { clients, runLoad } from '../load.ts'
import { startModel } from '../model-process.ts'
import { addPeople } from '../people.ts'
import { readFineProcessorTime } from '../processor-time.ts'
import { apiKey, type ServerProcess, startServer } from '../server-process.ts'
import { createStreamClient, type StreamClient } from '../stream-client.ts'

const requests = 2000
const health = '/api/health?check=liveness'
const stream = '/api/chat/stream'
const tokens = 200
const tokenMs = 5
const streamsAtOnce = 10
const streamRounds = 6
const streamWarmUps = 3
/** Twelve characters, as the stand-in sends them in one piece. */
const token = 'some words, '

/** HTTP and streams beside a server of bare `node:http` that sends the same bytes, in the same run. */
export async function measureHttp(folder: string): Promise<Figure[]> {
  const model = await startModel(token.repeat(tokens).trim(), tokenMs)
  const variables = { DATA_DIR: join(folder, 'http'), DEMO_DATA: 'none', OPENAI_BASE_URL: model.url }
  const streams = createStreamClient()
  let server: ServerProcess | undefined
  let bare: BareServer | undefined
  try {
    server = await startServer(variables)
    const keys = await addPeople(variables, streamsAtOnce)
    const { url } = server
    const client = createHttpClient(url, apiKey)
    const { id } = (await client.post('/api/crm/organisations', { name: 'Brightwater Foods', city: 'Bristol' })) as { id: string }
    client.close()
    const read = `/api/crm/organisations/${id}`
    const authorization = `Bearer ${apiKey}`
    const streamed = () =>
      record(`${url}${stream}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(message()) })
    // The first answer of a process is slower than any other.
    await streamed()
    bare = await startBareServer({
      [health]: await record(`${url}${health}`),
      [read]: await record(`${url}${read}`, { headers: { authorization } }),
      [stream]: withoutWaiting(await streamed()),
    })
    return [
      ...(await compareRequests('lightest request', health, server, bare)),
      ...(await compareRequests('read of a record', read, server, bare)),
      ...(await compareStreams(streams, keys, server, bare)),
    ]
  } finally {
    streams.close()
    await bare?.stop()
    await server?.stop()
    await model.stop()
  }
}

let asked = 0
/** Never the same twice: answers are remembered. */
const message = () => ({ message: `/creative Write a page about the number ${++asked}.` })

/** What came before the first words was ours to wait for; the yardstick says them at once. */
function withoutWaiting(answer: RecordedAnswer): RecordedAnswer {
  const first = answer.pieces.findIndex(({ text }) => text.includes('"text-delta"'))
  return { ...answer, pieces: answer.pieces.map((piece, index) => (index <= first ? { ...piece, afterMs: 0 } : piece)) }
}

async function compareRequests(name: string, path: string, server: ServerProcess, bare: BareServer): Promise<Figure[]> {
  const measure = async ({ url, pid }: { url: string; pid: number }) => {
    const client = createHttpClient(url, apiKey)
    let before: number | undefined
    const durations = await runLoad(
      requests,
      async () => {
        await client.get(path)
      },
      {
        onWarm: async () => {
          before = await readFineProcessorTime(pid)
        },
      },
    )
    const after = await readFineProcessorTime(pid)
    client.close()
    return { ...percentilesOf(durations), processorMs: before === undefined || after === undefined ? undefined : (after - before) / requests }
  }
  const theirs = await measure(bare)
  const ours = await measure(server)
  const figure = (what: string, value: number, yardstick: number): Figure => ({ name: `${name}, ${what}`, value, unit: 'ms', yardstick })
  return [
    figure('p50', ours.p50, theirs.p50),
    figure('p95', ours.p95, theirs.p95),
    ...(ours.processorMs === undefined || theirs.processorMs === undefined ? [] : [figure('processor time of node', ours.processorMs, theirs.processorMs)]),
  ].map((one, index) => (index === 0 ? { ...one, note: `${path.split('?')[0]?.replace(/[0-9a-f-]{36}/, 'ID')}, ${clients} at once` } : one))
}

async function compareStreams(client: StreamClient, keys: readonly string[], server: ServerProcess, bare: BareServer): Promise<Figure[]> {
  const ask = (url: string, index: number) =>
    client.firstWords(`${url}${stream}`, { authorization: `Bearer ${keys[index]}` }, message(), (text) => text.includes('"text-delta"'))
  /** Begun one after the other, and open together. */
  const round = async (url: string) => {
    const running: Promise<number>[] = []
    for (let index = 0; index < streamsAtOnce; index++) {
      const one = ask(url, index)
      // A failure is told below, by all of them together.
      one.catch(() => undefined)
      running.push(one)
      await sleep(30)
    }
    return Promise.all(running)
  }
  const sides = [bare, server].map((side) => ({ ...side, durations: [] as number[], processorMs: 0 }))
  for (let warm = 0; warm < streamWarmUps; warm++) for (const { url } of sides) await round(url)
  for (let turn = 0; turn < streamRounds; turn++) {
    for (const side of sides) {
      const before = await readFineProcessorTime(side.pid)
      side.durations.push(...(await round(side.url)))
      // What is written after the end belongs to it.
      await sleep(300)
      const after = await readFineProcessorTime(side.pid)
      side.processorMs += (after ?? Number.NaN) - (before ?? Number.NaN)
    }
  }
  const [theirs, ours] = sides.map(({ durations, processorMs }) => ({ ...percentilesOf(durations), processorMs: processorMs / durations.length }))
  if (theirs === undefined || ours === undefined) return []
  return [
    {
      name: 'stream of 200 tokens, first words p50',
      value: ours.p50,
      unit: 'ms',
      yardstick: theirs.p50,
      note: `${streamsAtOnce} open together, ${tokenMs} ms a token`,
    },
    { name: 'stream of 200 tokens, first words p95', value: ours.p95, unit: 'ms', yardstick: theirs.p95 },
    ...(Number.isFinite(ours.processorMs)
      ? [
          {
            name: 'stream of 200 tokens, processor time of node',
            value: ours.processorMs,
            unit: 'ms' as const,
            yardstick: theirs.processorMs,
            note: 'ours asks the model, reads it and stores what it says; the yardstick repeats the bytes',
          },
        ]
      : []),
  ]
}
