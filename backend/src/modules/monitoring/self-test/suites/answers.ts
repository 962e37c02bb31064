import { expectSame, expectStatus, expectThat } from '../expect.ts'
import type { SuiteTest, TestWorld } from '../suite.ts'

interface Part {
  type: string
  data?: { value?: unknown; currency?: string; rows?: Record<string, unknown>[]; total?: number; entity?: string }
}

export interface ChatReply {
  sessionId: string
  agent: string
  answeredBy: string
  text: string
  parts: Part[]
  coverage?: { matched: number } | null
}

/** Asks one agent. */
export async function ask(world: TestWorld, agent: string, message: string): Promise<ChatReply> {
  const answered = await world.call('POST', '/api/chat', { body: { message, agent, timeZone: 'UTC' } })
  expectStatus(answered, 200, `"${message}"`)
  const reply = answered.body as unknown as ChatReply
  expectSame(reply.agent, agent, `The agent that answered "${message}"`)
  return reply
}

/** The figures of the answer are those of the statement: rows of `value`, and `currency` where it is money. */
export function figure(agent: string, message: string, statement: string): SuiteTest {
  return {
    name: message,
    async run(world) {
      const { parts, text } = await ask(world, agent, message)
      const said = parts.filter(({ type }) => type === 'data-metric').map(({ data }) => money(data?.value, data?.currency))
      const wanted = (await world.gold<{ value: unknown; currency?: string }>(statement)).map(({ value, currency }) => money(value, currency))
      expectThat(wanted.length > 0, 'The demo company has nothing to answer this with.')
      expectSame(said.toSorted(), wanted.toSorted(), `Figures of "${text.slice(0, 120)}"`)
    },
  }
}

function money(value: unknown, currency: string | undefined): string {
  return `${Number(Number(value).toFixed(4))} ${currency ?? ''}`.trim()
}

/** The answer has what the statement's only column `value` says, each of them. */
export function mention(agent: string, message: string, statement: string): SuiteTest {
  return {
    name: message,
    async run(world) {
      const { parts, text } = await ask(world, agent, message)
      const wanted = await world.gold<{ value: unknown }>(statement)
      expectThat(wanted.length > 0, 'The demo company has nothing to answer this with.')
      const whole = `${text} ${JSON.stringify(parts)}`
      for (const { value } of wanted) expectThat(whole.includes(String(value)), `Expected ${String(value)} in the answer, got "${text.slice(0, 200)}".`)
    },
  }
}

/** The table of the answer has exactly the records of the statement's `value`, by their ids; the first ones of a ranking are compared in order. */
export function records(agent: string, message: string, statement: string, options: { ranked?: boolean } = {}): SuiteTest {
  return {
    name: message,
    async run(world) {
      const { parts, text } = await ask(world, agent, message)
      const table = parts.find(({ type }) => type === 'data-table')?.data
      expectThat(table?.rows !== undefined, `Expected a table, got "${text.slice(0, 200)}".`)
      const wanted = (await world.gold<{ value: string }>(statement)).map(({ value }) => value)
      expectThat(wanted.length > 0, 'The demo company has nothing to answer this with.')
      const shown = table.rows.map((row) => String(row.id))
      if (options.ranked === true) return expectSame(shown, wanted, 'Records in order')
      expectSame(table.total, wanted.length, 'Number of records')
      for (const id of shown) expectThat(wanted.includes(id), `The answer shows a record that does not belong in it (${id}).`)
    },
  }
}
