import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { answerQuestion, type PlannerMemory, type PlannerOutcome } from './index.ts'
import { plannerCases } from './planner.cases.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'
import { declinedQuestions, sameMeaning } from './wordings.cases.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>(
    'select id, name from users where workspace_id = $1 union all select id, name from organisations where workspace_id = $1 union all select id, name from products where workspace_id = $1',
  )
  for (const { id, name } of rows) names.set(id, name)
})

async function ask(messages: string | readonly string[]): Promise<PlannerOutcome> {
  let previous: PlannerMemory | undefined
  let outcome: PlannerOutcome | undefined
  for (const message of typeof messages === 'string' ? [messages] : messages) {
    const context = { now, timeZone: 'UTC', actor: world.actor, ...(previous === undefined ? {} : { previous }) }
    outcome = await world.database.transaction(world.actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
    // As a session keeps it: JSON.
    if (outcome.memory !== null) previous = JSON.parse(JSON.stringify(outcome.memory)) as PlannerMemory
  }
  return outcome as PlannerOutcome
}

/** The plan with names in place of ids. */
function readable(plan: TypedQueryInput | null): unknown {
  return plan && JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`))
}

function metrics(outcome: PlannerOutcome) {
  return outcome.parts.flatMap((part) => (part.type === 'data-metric' ? [part.data] : []))
}

function rows(outcome: PlannerOutcome) {
  return outcome.parts.flatMap((part) => (part.type === 'data-table' ? part.data.rows : []))
}

describe('plans', () => {
  it.each(plannerCases.map((one) => [Array.isArray(one.ask) ? one.ask.join(' → ') : String(one.ask), one] as const))('%s', async (_, one) => {
    const outcome = await ask(one.ask)
    expect(outcome.kind, outcome.text).toBe('answer')
    const { limit, select: _select, ...plan } = readable(outcome.plan) as TypedQueryInput
    expect(plan).toEqual(one.query)
    if (one.limit !== undefined) expect(limit).toBe(one.limit)
  })

  it.each(sameMeaning.map((wordings) => [wordings[0], wordings] as const))('%s, however it is said', async (_, wordings) => {
    const plans = await Promise.all(wordings.map(async (wording) => readable((await ask(wording)).plan)))
    const normal = (plan: unknown) => JSON.stringify(plan).replace(/"filter":\{"and":\[(.*?)\]\}/, (_all, parts: string) => parts.split('},{').sort().join())
    for (const [index, plan] of plans.entries()) expect(normal(plan).length, wordings[index]).toBe(normal(plans[0]).length)
  })

  it.each(declinedQuestions)('declines "%s" and says what can be asked', async (question) => {
    const outcome = await ask(question)
    expect(outcome.kind, JSON.stringify(outcome.plan)).toBe('decline')
    expect(outcome.plan).toBeNull()
    expect(outcome.text).toContain('You can ask')
  })
})

describe('answers', () => {
  it('gives a sum as one figure a currency', async () => {
    const gold = await world.gold<{ currency: string; value: string }>(
      `select currency, sum(value)::text as value from opportunities where workspace_id = $1 and state = 'open' group by currency`,
    )
    const found = metrics(await ask('what is the total value of open deals?'))
    expect(
      found.map(({ currency, value }) => ({ currency, value: Number(value) })).sort((a, b) => String(a.currency).localeCompare(String(b.currency))),
    ).toEqual(gold.map(({ currency, value }) => ({ currency, value: Number(value) })).sort((a, b) => a.currency.localeCompare(b.currency)))
  })

  it('counts net of nothing and says the number', async () => {
    const outcome = await ask('how many contacts are in Germany?')
    const [gold] = await world.gold<{ count: number }>(`select count(*)::int as count from contacts where workspace_id = $1 and country = 'Germany'`)
    expect(metrics(outcome)).toMatchObject([{ value: gold?.count }])
    expect(outcome.text).toContain(`${gold?.count} contacts`)
  })

  it('takes revenue net of returns', async () => {
    const found = metrics(await ask('revenue from Open Door'))
    const gold = await world.gold<{ value: string }>(
      `select sum(quantity * unit_price)::text as value from order_lines l join organisations o on o.id = l.organisation_id where l.workspace_id = $1 and o.name = 'Open Door'`,
    )
    expect(found.map(({ value, currency }) => [Number(value), currency])).toEqual(gold.map(({ value }) => [Number(value), 'USD']))
  })

  it('computes shares and rates', async () => {
    expect(metrics(await ask('what percentage of contacts have a phone?'))).toMatchObject([{ value: 60, unit: '%' }])
    expect(metrics(await ask('what is our win rate?'))).toMatchObject([{ value: 66.67, unit: '%' }])
    expect(metrics(await ask('lead conversion rate'))).toMatchObject([{ value: 33.33, unit: '%' }])
  })

  it('answers a look-up in words and names its record', async () => {
    const outcome = await ask("what's Sarah Connor's email?")
    expect(outcome.text).toContain('sarah@open-door.example')
    expect(outcome.citations).toMatchObject([{ entity: 'contact', label: 'Sarah Connor', url: expect.stringMatching(/^\/crm\/contacts\//) }])
    expect((await ask('which company does Will Summers work for?')).text).toContain('Nordwind GmbH')
    expect((await ask('who owns the biggest deal?')).text).toContain('Raj Patel')
    expect((await ask('tell me about Open Door')).text).toContain('San Jose')
  })

  it('finds mistyped names', async () => {
    expect((await ask('phone number of Sara Conor')).text).toContain('415')
    expect((await ask('deals of Nordwnd')).text).toContain('Nordwind deal')
  })

  it('asks back when several bear the name, each option a message that works', async () => {
    const outcome = await ask('phone number of John')
    expect(outcome.kind).toBe('clarify')
    const options = outcome.parts.flatMap((part) => (part.type === 'data-clarify' ? part.data.options : []))
    expect(options.map((option) => option.message).sort()).toEqual(['phone number of John Smith', 'phone number of John Smithson'])
    expect((await ask('phone number of John Smith')).text).toContain('5550')
  })

  it('shows what it did: the plan is the body of a query, coverage and citations are those of its rows', async () => {
    const outcome = await ask('open deals')
    const plan = outcome.parts.find((part) => part.type === 'data-plan')
    expect(plan?.data).toMatchObject({ ...outcome.plan, title: expect.any(String) })
    expect(outcome.coverage).toMatchObject({ matched: 3, shown: 3, asOf: now.toISOString() })
    expect(outcome.citations.map((citation) => citation.label).sort()).toEqual(['Nordwind deal', 'Open Door pilot', 'Open Door rollout'])
  })

  it('says how many records a figure is made of', async () => {
    for (const question of ['how many open deals', 'total value of open deals', 'average value of open deals'])
      expect((await ask(question)).coverage, question).toMatchObject({ matched: 3, shown: 3 })
    expect((await ask('how many open deals over 900 million')).coverage).toMatchObject({ matched: 0, shown: 0 })
  })

  it('draws time as a line and few groups as bars', async () => {
    const kinds = async (question: string) => (await ask(question)).parts.flatMap((part) => (part.type === 'data-chart' ? [part.data.kind] : []))
    expect(await kinds('revenue by month')).toEqual(['line'])
    expect(await kinds('deals by stage')).toEqual(['bar'])
    expect(await kinds('deals by stage as a pie chart')).toEqual(['pie'])
  })

  it('gives a ranked list a short title, puts its figure beside the name and says that currencies are not converted', async () => {
    const outcome = await ask('top 2 open deals by value')
    const [table] = outcome.parts.flatMap((part) => (part.type === 'data-table' ? [part.data] : []))
    expect(table?.title).toBe('Top 2 open opportunities by value')
    expect(
      table?.columns
        .filter(({ type }) => type !== 'id')
        .map(({ key }) => key)
        .slice(0, 2),
    ).toEqual(['name', 'value'])
    expect(outcome.text).toMatch(/^Top 2 of 3 open opportunities by value: Open Door rollout .*without conversion\.$/)
    expect((await ask('top 2 open deals by value in USD')).text).not.toContain('conversion')
    expect((await ask('how many deals by stage')).parts).toMatchObject([{}, { data: { title: 'Opportunities by stage' } }, {}, {}])
  })

  it('greets, and refuses to guess what a message points to', async () => {
    expect((await ask('hello')).text).toMatch(/^Hello!/)
    expect(await ask(['how many deals by stage', 'who owns those orders?'])).toMatchObject({ kind: 'decline' })
  })

  it('says what it looked for when there is nothing, and what there is with one condition fewer', async () => {
    const outcome = await ask('contacts in London created today')
    expect(outcome.coverage?.matched).toBe(0)
    expect(outcome.text).toMatch(/I found no contacts.*London.*there are 2 contacts/)
  })

  it('answers several questions of one message', async () => {
    const outcome = await ask('How many contacts and how many companies do we have?')
    expect(metrics(outcome).map(({ value }) => value)).toEqual([5, 4])
  })

  it('ranks groups and keeps the other messages of a conversation in mind', async () => {
    expect(rows(await ask('top customers by revenue in USD'))).toMatchObject([{ organisation: 'Open Door', currency: 'USD' }])
    expect((await ask(['open deals', 'who owns the biggest?'])).text).toContain('Raj Patel')
    const shown = rows(await ask(['contacts in London', 'their emails']))
    expect(shown.map((row) => row.email ?? null).sort()).toEqual(['john@blue.example', null])
  })

  it('sees nothing of another workspace', async () => {
    const other = await createPlannerWorld()
    await other.gold(`update organisations set name = 'Secret Ltd' where workspace_id = $1 and name = 'Acme Corp'`)
    expect((await ask('tell me about Secret Ltd')).kind).toBe('decline')
  })

  it('answers yes or no with what shows it', async () => {
    expect((await ask('does Sarah Connor have a phone number?')).text).toBe('Yes. Sarah Connor: phone +1 415 555 0100.')
    expect((await ask('does John Smith have an e-mail address?')).text).toMatch(/^No\. .*no e-mail is recorded/)
    expect((await ask('is Acme Corp in London?')).text).toBe('No. Acme Corp: city Berlin.')
    expect((await ask('is Blue River a customer?')).text).toMatch(/^No\./)
    expect((await ask('is Open Door a customer?')).text).toMatch(/^Yes\./)
    expect((await ask('are there any overdue tasks?')).text).toMatch(/^Yes: 1 task: Call Sarah/)
  })

  it('finds records that share a value, compared without case and punctuation', async () => {
    const twin = await createPlannerWorld()
    await twin.gold(
      `update contacts set phone = '+44 (20) 5550-1234', phone_key = (select phone_key from contacts where workspace_id = $1 and name = 'John Smith') where workspace_id = $1 and name = 'John Smithson'`,
    )
    const asked = (question: string) =>
      twin.database.transaction(twin.actor, (tx) => answerQuestion(tx, question, { now, timeZone: 'UTC', actor: twin.actor }), { readOnly: true })
    expect(rows(await asked('any duplicate contacts?')).map(({ name }) => name)).toEqual(['John Smith', 'John Smithson'])
    expect(rows(await asked('possible duplicates of John Smith')).map(({ name }) => name)).toEqual(['John Smithson'])
    expect((await ask('any duplicate contacts?')).coverage?.matched).toBe(0)
  })

  it('finds records like one and says by what', async () => {
    const outcome = await ask('companies similar to Acme Corp')
    expect(rows(outcome).map(({ name }) => name)).toEqual(['Blue River'])
    expect(outcome.text).toContain('Similar to Acme Corp means the same industry (Healthcare)')
  })

  it('reaches what activities are about, and tells what happened with a record', async () => {
    expect(rows(await ask('notes about companies in Germany')).map(({ title }) => title)).toEqual(['Talk'])
    expect(rows(await ask('notes about companies that are not in Germany')).map(({ title }) => title)).toEqual(['Visit'])
    expect(rows(await ask('meetings with Sarah Connor')).map(({ title }) => title)).toEqual(['Kick-off'])
    const told = rows(await ask('what is new with Acme Corp?')).map(({ what, name }) => `${what}: ${name}`)
    expect(told.slice(0, 2)).toEqual(['note: Talk', 'order: A-2'])
    expect(rows(await ask('history of Acme Corp in October 2026')).map(({ name }) => name)).toEqual(['A-2'])
  })

  it('knows the people of a team', async () => {
    const teamed = await createPlannerWorld()
    await teamed.gold(`insert into teams (workspace_id, id, name, created_at) values ($1, gen_random_uuid(), 'Harbour', now())`)
    await teamed.gold(`update users set team_id = (select id from teams where workspace_id = $1) where workspace_id = $1 and name = 'Raj Patel'`)
    const asked = (question: string) =>
      teamed.database.transaction(teamed.actor, (tx) => answerQuestion(tx, question, { now, timeZone: 'UTC', actor: teamed.actor }), { readOnly: true })
    expect((await asked('how many deals does the Harbour team have?')).text).toContain('3 opportunities')
  })

  it('asks back when a value is only like what was said', async () => {
    const outcome = await ask('contacts in Hamdorg')
    expect(outcome.kind).toBe('clarify')
    expect(outcome.parts).toMatchObject([{}, { data: { options: [{ message: 'contacts in Hamburg' }] } }])
  })
})

describe('what is kept of an answer', () => {
  it('is as of now, and is made anew once a record has changed', async () => {
    const asOf = async (at: Date) => {
      const outcome = await world.database.transaction(
        world.actor,
        (tx) => answerQuestion(tx, 'how many contacts', { now: at, timeZone: 'UTC', actor: world.actor }),
        { readOnly: true },
      )
      return { value: metrics(outcome)[0]?.value, asOf: outcome.coverage?.asOf }
    }
    const later = new Date(now.getTime() + 60_000)
    const before = await asOf(now)
    expect(await asOf(later)).toEqual({ value: before.value, asOf: later.toISOString() })
    const id = await world.database.transaction(world.actor, async (tx) => {
      const { rows: found } = await tx.client.query<{ id: string }>('select id from contacts where workspace_id = $1 and deleted_at is null limit 1', [
        world.workspaceId,
      ])
      await tx.client.query('update contacts set deleted_at = now() where id = $1', [found[0]?.id])
      return found[0]?.id
    })
    expect((await asOf(later)).value).toBe(Number(before.value) - 1)
    await world.database.transaction(world.actor, (tx) => tx.client.query('update contacts set deleted_at = null where id = $1', [id]))
    expect((await asOf(later)).value).toBe(before.value)
  })
})
