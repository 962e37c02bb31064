import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseFaults } from './http/faults.ts'
import { type FakeInsightlyOptions, startFakeInsightly } from './server.ts'

const usage = `npm run insightly:fake -- [options]
  --port 4010             port on 127.0.0.1
  --key KEY               the API key that is accepted (insightly-fake-key)
  --records 1000          contacts; every other entity in proportion
  --seed 1                another seed, another world
  --rate 10/1000          calls in any window of milliseconds
  --daily 100000          calls a day
  --data FOLDER           keep what is written, and the record of calls, through a kill
  --plan enterprise       or professional: no products, no quotations
  --etag                  records carry an ETag, If-Match is obeyed
  --fault LIST            for example 429:0.05,500:0.01,slow:0.02,cut:0.01,lost:0.01
  --json                  say where it is, or what is wrong, as JSON`

const asJson = process.argv.includes('--json')

function readOptions(): FakeInsightlyOptions | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      key: { type: 'string', default: 'insightly-fake-key' },
      records: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string', default: '10/1000' },
      daily: { type: 'string', default: '100000' },
      data: { type: 'string' },
      plan: { type: 'string', default: 'enterprise' },
      etag: { type: 'boolean', default: false },
      fault: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const rate = /^([1-9]\d*)\/([1-9]\d*)$/.exec(values.rate)
  if (rate === null) throw new Error(`--rate is calls/milliseconds, for example 10/1000, and not "${values.rate}".`)
  if (values.plan !== 'enterprise' && values.plan !== 'professional') throw new Error('--plan is enterprise or professional.')
  return {
    port: wholeNumber('port', values.port, 65_535),
    key: values.key,
    records: wholeNumber('records', values.records, 2_000_000),
    seed: wholeNumber('seed', values.seed, 2_147_483_647),
    settings: {
      plan: values.plan,
      etag: values.etag,
      rateRequests: Number(rate[1]),
      rateWindowMs: Number(rate[2]),
      dailyCalls: wholeNumber('daily', values.daily, 1_000_000_000),
    },
    faults: values.fault === undefined ? [] : parseFaults(values.fault),
    // npm moves to the repository; a folder that somebody typed is relative to where they typed it.
    ...(values.data === undefined ? {} : { folder: resolve(process.env.INIT_CWD ?? '.', values.data) }),
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > most) throw new Error(`--${name} is a whole number up to ${most}, and not "${text}".`)
  return Number(text)
}

function explain(error: unknown, port: number | undefined): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return `Port ${port} is taken. Choose another with --port.`
  return error instanceof Error ? error.message : String(error)
}

let port: number | undefined
try {
  const options = readOptions()
  if (options === undefined) process.stdout.write(`${usage}\n`)
  else {
    port = options.port
    const fake = await startFakeInsightly(options)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fake.close().then(() => process.exit(0)))
    const where = { url: fake.url, testersSide: `${fake.origin}/_fake`, contacts: options.records }
    const text = `Fake Insightly with ${options.records} contacts at ${where.url}, the tester's side at ${where.testersSide}`
    process.stdout.write(`${asJson ? JSON.stringify(where) : text}\n`)
  }
} catch (error) {
  if (asJson) process.stdout.write(`${JSON.stringify({ error: explain(error, port) })}\n`)
  else process.stderr.write(`${explain(error, port)}\n`)
  process.exitCode = 1
}
