import { expectSame, expectStatus, expectThat } from '../expect.ts'
import type { Suite, SuiteTest } from '../suite.ts'
import { ask, figure, mention, records } from './answers.ts'

const mine = 'workspace_id = $1 and deleted_at is null'

/** The agent is there, and a slash command reaches it. */
function reachable(agent: string, command: string): SuiteTest {
  return {
    name: `${command} reaches the ${agent} agent, which is initialised`,
    async run(world) {
      const health = await world.call('GET', `/api/agents/${agent}/health`)
      expectStatus(health, 200, 'Health of the agent')
      expectSame(health.body.initialized, true, 'Initialised')
      const answered = await world.call('POST', '/api/chat', { body: { message: `${command} how many contacts do we have?` } })
      expectStatus(answered, 200, command)
      expectSame(answered.body.agent, agent, 'The agent that answered')
    },
  }
}

export const crmAgentSuite: Suite = {
  name: 'CRM Agent',
  tests: [
    reachable('crm', '/crm'),
    figure('crm', 'How many open opportunities do we have?', `select count(*) as value from opportunities where ${mine} and state = 'open'`),
    figure(
      'crm',
      'total value of open opportunities',
      `select sum(value) as value, currency from opportunities where ${mine} and state = 'open' and value is not null group by currency`,
    ),
    mention('crm', 'email of Zoë Brontë', `select email as value from contacts where ${mine} and name = 'Zoë Brontë'`),
    mention(
      'crm',
      'Who is the owner of Kestrel Aerospace?',
      `select u.name as value from users u join organisations o on o.workspace_id = u.workspace_id and o.owner_id = u.id where o.workspace_id = $1 and o.name = 'Kestrel Aerospace'`,
    ),
    records('crm', 'Show the five most recently added contacts', `select id as value from contacts where ${mine} order by created_at desc limit 5`, {
      ranked: true,
    }),
    {
      name: 'Shows its plan, which gives the same records when it is asked again',
      async run(world) {
        const { parts } = await ask(world, 'crm', 'open opportunities above 50000 USD')
        const plan = parts.find(({ type }) => type === 'data-plan')?.data
        const table = parts.find(({ type }) => type === 'data-table')?.data
        expectThat(plan !== undefined && table !== undefined, 'Expected a plan and a table.')
        const again = await world.call('POST', '/api/crm/query', { body: plan })
        expectStatus(again, 200, 'The plan as a query')
        expectSame(again.body.total, table.total, 'Number of records')
        const [row] = await world.gold<{ value: string }>(
          `select count(*) as value from opportunities where ${mine} and state = 'open' and currency = 'USD' and value > 50000`,
        )
        expectSame(table.total, Number(row?.value), 'Number of records in the database')
      },
    },
    {
      name: 'Says that it cannot answer, and invents no figure',
      async run(world) {
        const { parts, text } = await ask(world, 'crm', 'What is the weather in Lisbon tomorrow?')
        expectThat(text.trim() !== '', 'Expected a sentence.')
        expectThat(!parts.some(({ type }) => type === 'data-metric' || type === 'data-table'), `Expected no figures, got "${text.slice(0, 200)}".`)
      },
    },
  ],
}

export const emailAgentSuite: Suite = {
  name: 'Email Agent',
  tests: [
    reachable('email', '/email'),
    figure(
      'email',
      'How many emails did we receive in the past 7 days?',
      `select count(*) as value from emails where ${mine} and direction = 'inbound' and sent_at >= $2::timestamptz - interval '168 hours' and sent_at <= $2::timestamptz`,
    ),
    records('email', 'latest email', `select id as value from emails where ${mine} order by sent_at desc, id desc limit 1`, { ranked: true }),
    {
      name: 'Lists the messages that are there, the newest first',
      async run(world) {
        const listed = await world.call('GET', '/api/email/messages?limit=5')
        expectStatus(listed, 200, 'The messages')
        const ids = (listed.body.items as { id: string }[]).map(({ id }) => id)
        const wanted = await world.gold<{ id: string }>(
          `select id from emails where ${mine} order by date_trunc('milliseconds', coalesce(sent_at, created_at)) desc, id desc limit 5`,
        )
        expectSame(
          ids,
          wanted.map(({ id }) => id),
          'Messages',
        )
      },
    },
    {
      name: 'An e-mail that is to be sent waits for a person, and is not sent when it is rejected',
      async run(world) {
        const call = { tool: 'emails.send', input: { to: ['self-test@example.com'], subject: 'Self-test', body: 'Hello' } }
        const proposed = await world.call('POST', '/api/approvals', { body: { calls: [call] } })
        expectStatus(proposed, 201, 'The proposal')
        const [proposal] = proposed.body.proposals as { id: string; status: string }[]
        expectSame(proposal?.status, 'pending', 'Status of the proposal')
        expectStatus(await world.call('POST', `/api/approvals/${proposal?.id}`, { body: { decision: 'reject' } }), 200, 'The rejection')
        expectSame(await world.gold(`select 1 from email_outbox where workspace_id = $1 and status <> 'cancelled'`), [], 'E-mails in the outbox')
      },
    },
  ],
}

export const productAgentSuite: Suite = {
  name: 'Product Agent',
  tests: [
    reachable('product', '/product'),
    mention('product', 'price of the FlowMaster Coriolis', `select price as value from products where ${mine} and name = 'FlowMaster Coriolis'`),
    mention('product', "What's the SKU of EdgeHub Lite?", `select sku as value from products where ${mine} and name = 'EdgeHub Lite'`),
    mention('product', 'cheapest product', `select name as value from products where ${mine} order by price limit 1`),
    records('product', 'products with fewer than 20 in stock', `select id as value from products where ${mine} and stock < 20`),
  ],
}

export const customerAgentSuite: Suite = {
  name: 'Customer Agent',
  tests: [
    reachable('customer', '/customer'),
    figure(
      'customer',
      'How much revenue did we make last month?',
      `select sum(amount) as value, currency from order_lines where ${mine} and ordered_at >= date_trunc('month', $2::timestamptz) - interval '1 month' and ordered_at < date_trunc('month', $2::timestamptz) group by currency`,
    ),
    figure(
      'customer',
      'How many orders did we get in the last 30 days?',
      `select count(*) as value from orders where ${mine} and ordered_at >= $2::timestamptz - interval '720 hours' and ordered_at <= $2::timestamptz`,
    ),
    mention(
      'customer',
      "What's the most recent order from Brightwater Foods?",
      `select order_number as value from orders where ${mine} and organisation_id = (select id from organisations where workspace_id = $1 and name = 'Brightwater Foods') order by ordered_at desc limit 1`,
    ),
  ],
}

export const salesAgentSuite: Suite = {
  name: 'Sales Agent',
  tests: [
    reachable('sales', '/sales'),
    figure(
      'sales',
      "What's our win rate?",
      `select round(100.0 * count(*) filter (where state = 'won') / count(*) filter (where state in ('won', 'lost')), 2) as value from opportunities where ${mine}`,
    ),
    mention(
      'sales',
      'biggest open deal',
      `select name as value from opportunities where ${mine} and state = 'open' and opportunities.value is not null order by opportunities.value desc limit 1`,
    ),
    figure('sales', 'How many leads are qualified?', `select count(*) as value from leads where ${mine} and status = 'Qualified'`),
    {
      name: 'The pipeline report counts every open deal once, and adds no currencies',
      async run(world) {
        const answered = await world.call('GET', '/api/crm/pipeline')
        expectStatus(answered, 200, 'The report')
        const blocks = answered.body.pipelines as { currency: string | null; stages: { count: number; value: string }[] }[]
        const sums = new Map<string, { count: number; value: number }>()
        for (const { currency, stages } of blocks) {
          const sum = sums.get(currency ?? '') ?? { count: 0, value: 0 }
          for (const stage of stages) {
            sum.count += stage.count
            sum.value += Number(stage.value)
          }
          sums.set(currency ?? '', sum)
        }
        const wanted = await world.gold<{ currency: string; count: string; value: string }>(
          `select coalesce(currency, '') as currency, count(*) as count, coalesce(sum(value), 0) as value from opportunities where ${mine} and state = 'open' and stage_id is not null group by 1 order by 1`,
        )
        for (const { currency, count, value } of wanted) {
          expectSame(sums.get(currency)?.count, Number(count), `Open deals in ${currency}`)
          expectSame(sums.get(currency)?.value.toFixed(2), Number(value).toFixed(2), `Value of open deals in ${currency}`)
        }
      },
    },
  ],
}
