import type { ChatAnswer } from '#contracts/chat.ts'
import type { BareSql } from '../bare-sql.ts'
import { type Figure, percentilesOf } from '../figures.ts'
import type { HttpClient } from '../http-client.ts'
import { runLoad, warmUp } from '../load.ts'
import type { ServerProcess } from '../server-process.ts'

const requests = 600

/** Questions of every kind, each with the statement that a person who knows the tables would write; `$1` is the workspace. */
const questions: readonly { ask: string; sql: string }[] = [
  { ask: 'How many contacts do we have?', sql: 'select count(*) from contacts where workspace_id = $1 and deleted_at is null' },
  {
    ask: 'What is the total value of open deals?',
    sql: `select currency, sum(value) from opportunities where workspace_id = $1 and deleted_at is null and state = 'open' group by 1`,
  },
  {
    ask: 'open opportunities by owner',
    sql: `select owner_id, count(*) from opportunities where workspace_id = $1 and deleted_at is null and state = 'open' group by 1`,
  },
  { ask: 'newest 5 contacts', sql: 'select * from contacts where workspace_id = $1 and deleted_at is null order by created_at desc, id desc limit 5' },
  { ask: 'contacts in Berlin', sql: `select *, count(*) over () from contacts where workspace_id = $1 and deleted_at is null and city = 'Berlin' limit 50` },
  {
    ask: 'how many leads came in last month',
    sql: `select count(*) from leads where workspace_id = $1 and deleted_at is null and created_at >= date_trunc('month', now()) - interval '1 month' and created_at < date_trunc('month', now())`,
  },
  {
    ask: 'biggst open deal',
    sql: `select * from opportunities where workspace_id = $1 and deleted_at is null and state = 'open' and value is not null order by value desc limit 1`,
  },
  {
    ask: 'What is our win rate?',
    sql: `select count(*) filter (where state = 'won')::numeric / nullif(count(*) filter (where state in ('won', 'lost')), 0) from opportunities where workspace_id = $1 and deleted_at is null`,
  },
  { ask: 'leads by source', sql: 'select source, count(*) from leads where workspace_id = $1 and deleted_at is null group by 1' },
  { ask: "What is Sarah Connor's phone number?", sql: `select * from contacts where workspace_id = $1 and deleted_at is null and name = 'Sarah Connor'` },
  {
    ask: 'contacts at Brightwater Foods',
    sql: `select * from contacts where workspace_id = $1 and deleted_at is null and organisation_id in (select id from organisations where workspace_id = $1 and deleted_at is null and fold(name) = 'brightwater foods')`,
  },
  {
    ask: 'overdue tasks by owner',
    sql: `select owner_id, count(*) from tasks where workspace_id = $1 and deleted_at is null and due_at < now() and completed_at is null group by 1`,
  },
]

/** Questions that nobody has asked before, each about another record. */
async function createFreshQuestions(sql: BareSql): Promise<{ ask: string; sql: string; value: string }[]> {
  const people = await sql.query<{ name: string; city: string; company: string }>(
    `select c.name, c.city, o.name as company from contacts c join organisations o on o.workspace_id = c.workspace_id and o.id = c.organisation_id
     where c.workspace_id = $1 and c.city is not null and c.first_name is not null and c.last_name is not null order by md5(c.id::text) limit $2`,
    [sql.workspaceId, (requests + warmUp) * 2],
  )
  return people.map(({ name, city, company }, index) => {
    const amount = String(10_000 + index * 37)
    switch (index % 4) {
      case 0:
        return {
          ask: `What is ${name}'s phone number?`,
          sql: 'select * from contacts where workspace_id = $1 and deleted_at is null and name = $2',
          value: name,
        }
      case 1:
        return {
          ask: `contacts at ${company}`,
          sql: `select * from contacts where workspace_id = $1 and deleted_at is null and organisation_id in (select id from organisations where workspace_id = $1 and deleted_at is null and fold(name) = fold($2)) limit 50`,
          value: company,
        }
      case 2:
        return {
          ask: `how many open deals over ${amount}`,
          sql: `select count(*) from opportunities where workspace_id = $1 and deleted_at is null and state = 'open' and value > $2::numeric`,
          value: amount,
        }
      default:
        return {
          ask: `who of ${company} is in ${city}?`,
          sql: `select * from contacts where workspace_id = $1 and deleted_at is null and fold(city) = fold($2) limit 50`,
          value: city,
        }
    }
  })
}

export async function measureQuestions(client: HttpClient, sql: BareSql, server: ServerProcess, large: boolean): Promise<Figure[]> {
  const question = (index: number) => questions[index % questions.length] as (typeof questions)[number]
  const declined = new Set<string>()
  const ask = async (message: string) => {
    const { parts } = (await client.post('/api/chat', { message })) as ChatAnswer
    if (!parts.some(({ type }) => type === 'data-plan')) declined.add(message)
  }
  let processorBefore: number | undefined
  const product = await runLoad(requests, (index) => ask(question(index).ask), {
    onWarm: async () => {
      processorBefore = await server.processorMs()
    },
  })
  const processorAfter = await server.processorMs()
  const bare = await runLoad(requests, async (index) => {
    await sql.query(question(index).sql, [sql.workspaceId])
  })
  const fresh = await createFreshQuestions(sql)
  const freshAt = (index: number) => fresh[index % fresh.length] as (typeof fresh)[number]
  const first = await runLoad(requests, (index) => ask(freshAt(index).ask))
  const bareFirst = await runLoad(requests, async (index) => {
    await sql.query(freshAt(index).sql, [sql.workspaceId, freshAt(index).value])
  })
  const goal = large ? 150 : 60
  const [ours, theirs, anew, theirsAnew] = [percentilesOf(product), percentilesOf(bare), percentilesOf(first), percentilesOf(bareFirst)]
  const figures: Figure[] = [
    { name: 'question p50', value: ours.p50, unit: 'ms' },
    { name: 'question p95', value: ours.p95, unit: 'ms', target: 2000, goal, note: `${questions.length} kinds of question, asked again and again` },
    { name: 'question p99', value: ours.p99, unit: 'ms' },
    { name: 'question, bare SQL p95', value: theirs.p95, unit: 'ms' },
    { name: 'question p50 beside bare SQL', value: ours.p50 / theirs.p50, unit: 'ratio', note: 'the conversation is stored as well' },
    { name: 'question asked for the first time p50', value: anew.p50, unit: 'ms' },
    { name: 'question asked for the first time p95', value: anew.p95, unit: 'ms', target: 2000, goal, note: 'each about another record' },
    { name: 'question asked for the first time, bare SQL p95', value: theirsAnew.p95, unit: 'ms' },
    {
      name: 'questions that were not answered',
      value: declined.size,
      unit: 'errors',
      target: 0,
      ...(declined.size > 0 ? { note: [...declined].slice(0, 5).join(' ') } : {}),
    },
  ]
  if (processorBefore !== undefined && processorAfter !== undefined) {
    figures.push({
      name: 'processor time of node per question',
      value: (processorAfter - processorBefore) / requests,
      unit: 'ms',
      goal: 3,
      note: 'HTTP, planning, storing',
    })
  }
  return figures
}
