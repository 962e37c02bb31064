import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Figure, percentilesOf } from '../figures.ts'
import { startModel } from '../model-process.ts'
import { addPeople } from '../people.ts'
import { type ServerProcess, startServer } from '../server-process.ts'
import { createStreamClient, type StreamClient } from '../stream-client.ts'

const streamsAtOnce = 50
const rounds = 6
const warmUpRounds = 2
const openStreams = 1000
const reply = 'These are forty words of an answer that a language model would write about nothing in particular. '.repeat(3).trim()

/** What ChatSG adds to a language model: time until the first words, beside the same request sent to the model itself, and memory of open streams. */
export async function measureModel(folder: string): Promise<Figure[]> {
  const figures: Figure[] = []
  const client = createStreamClient()
  try {
    const model = await startModel(reply, 20)
    try {
      const variables = variablesOf(join(folder, 'model'), model.url)
      const server = await startServer(variables)
      try {
        const keys = await addPeople(variables, streamsAtOnce)
        figures.push(...(await measureFirstWords(client, server, keys, model.url)))
      } finally {
        await server.stop()
      }
    } finally {
      await model.stop()
    }
    figures.push(...(await measureOpenStreams(client, folder)))
  } finally {
    client.close()
  }
  return figures
}

function variablesOf(dataDir: string, modelUrl: string): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    DEMO_DATA: 'none',
    OPENAI_BASE_URL: modelUrl,
    LLM_MAX_CONCURRENCY: '2000',
    LLM_MAX_QUEUE: '2000',
    LLM_TIMEOUT: '600000',
    LLM_CHUNK_TIMEOUT: '300000',
  }
}

let asked = 0
/** Each question is somebody else's: nobody is answered more than a few at a time. */
const authorised = (keys: readonly string[]) => ({ authorization: `Bearer ${keys[asked % keys.length]}` })
const question = () => `/creative Write a few lines about the number ${++asked}.`

async function measureFirstWords(client: StreamClient, server: ServerProcess, keys: readonly string[], modelUrl: string): Promise<Figure[]> {
  const ours = () => client.firstWords(`${server.url}/api/chat/stream`, authorised(keys), { message: question() }, (text) => text.includes('"text-delta"'))
  const bare = () =>
    client.firstWords(
      `${modelUrl}/chat/completions`,
      {},
      { model: 'any', stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: question() }] },
      (text) => /"content":"[^"]/.test(text),
    )
  for (let warm = 0; warm < warmUpRounds; warm++) await streams(ours)
  const before = await server.processorMs()
  // By turns, so that both meet the same machine.
  const [product, yardstick]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    yardstick.push(...(await streams(bare)))
    product.push(...(await streams(ours)))
  }
  const after = await server.processorMs()
  const alone: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 10; turn++) {
    alone[0].push(await ours())
    alone[1].push(await bare())
  }
  const [many, manyBare, one, oneBare] = [percentilesOf(product), percentilesOf(yardstick), percentilesOf(alone[0]), percentilesOf(alone[1])]
  return [
    { name: 'first words of a model, one stream, p50', value: one.p50, unit: 'ms' },
    { name: 'first words of a model beyond bare, one, p50', value: one.p50 - oneBare.p50, unit: 'ms', goal: 4 },
    { name: `first words of a model, ${streamsAtOnce} streams, p50`, value: many.p50, unit: 'ms' },
    { name: `first words of a model beyond bare, ${streamsAtOnce}, p50`, value: many.p50 - manyBare.p50, unit: 'ms', goal: 4 },
    { name: `first words of a model beyond bare, ${streamsAtOnce}, p95`, value: many.p95 - manyBare.p95, unit: 'ms', goal: 15 },
    ...(before === undefined || after === undefined
      ? []
      : [
          {
            name: 'processor time of node per answer of a model',
            value: (after - before) / product.length,
            unit: 'ms' as const,
            note: `${reply.length} characters`,
          },
        ]),
  ]
}

/** Fifty streams that begin one after the other within the time that one takes, as people do, and are open together. */
async function streams(start: () => Promise<number>): Promise<number[]> {
  const running: Promise<number>[] = []
  for (let index = 0; index < streamsAtOnce; index++) {
    const stream = start()
    // A failure is told below, by all of them together.
    stream.catch(() => undefined)
    running.push(stream)
    await sleep(20)
  }
  return Promise.all(running)
}

async function measureOpenStreams(client: StreamClient, folder: string): Promise<Figure[]> {
  const model = await startModel('One word after the other, slowly. '.repeat(4).trim(), 5000)
  try {
    const variables = variablesOf(join(folder, 'open-streams'), model.url)
    const server = await startServer(variables)
    try {
      const keys = await addPeople(variables, openStreams / 4)
      const before = await server.memory()
      const begun: Promise<number>[] = []
      let first = 0
      for (let index = 0; index < openStreams; index++) {
        begun.push(
          client.firstWords(`${server.url}/api/chat/stream`, authorised(keys), { message: question() }, (text) => {
            const isFirst = text.includes('"text-delta"')
            if (isFirst) first++
            return isFirst
          }),
        )
        await sleep(10)
      }
      const all = Promise.all(begun)
      // A failure is told by `all` below; it must not end the process before.
      all.catch(() => undefined)
      for (let waited = 0; first < openStreams && waited < 60_000; waited += 200) await sleep(200)
      const open = await server.memory()
      await all
      if (before === undefined || open === undefined) return []
      return [
        { name: 'node memory without a stream', value: before.now, unit: 'MB' },
        { name: `node memory with ${openStreams} open streams`, value: open.most, unit: 'MB', goal: 400, note: `${first} had begun to speak` },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    await model.stop()
  }
}
