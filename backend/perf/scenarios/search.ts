import { fold } from '#contracts/fold.ts'
import type { BareSql } from '../bare-sql.ts'
import { type Figure, type Percentiles, percentilesOf } from '../figures.ts'
import type { HttpClient } from '../http-client.ts'
import { longWarmUp, runLoad } from '../load.ts'

const requests = 600
/** The yardstick by trigrams takes its time. */
const trigramRequests = 200

interface Probe {
  q: string
  /** Words as they stand in the records, which the bare statement needs to be told. */
  words: string[]
}

/** Names, beginnings, companies, e-mail addresses and mistyped names of contacts that exist. */
async function createProbes(sql: BareSql): Promise<Probe[]> {
  const people = await sql.query<{ name: string; email: string; company: string }>(
    `select c.name, c.email, o.name as company from contacts c join organisations o on o.workspace_id = c.workspace_id and o.id = c.organisation_id
     where c.workspace_id = $1 and c.email is not null and c.first_name is not null and length(c.last_name) >= 5 order by md5(c.id::text) limit $2`,
    [sql.workspaceId, requests + longWarmUp],
  )
  return people.map(({ name, email, company }, index): Probe => {
    const words = fold(name)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
    switch (index % 5) {
      case 0:
        return { q: name, words }
      case 1:
        return { q: name.split(' ').reverse().join(' ').toUpperCase(), words }
      case 2:
        return { q: email, words: [fold(email)] }
      case 3:
        return { q: mistype(name), words }
      default:
        return {
          q: company,
          words: fold(company)
            .split(/[^\p{L}\p{N}]+/u)
            .filter(Boolean),
        }
    }
  })
}

/** Two letters of the longest word change places. */
function mistype(name: string): string {
  const longest = name.split(' ').reduce((a, b) => (b.length > a.length ? b : a))
  const at = Math.floor(longest.length / 2)
  return name.replace(longest, `${longest.slice(0, at - 1)}${longest.charAt(at)}${longest.charAt(at - 1)}${longest.slice(at + 1)}`)
}

export async function measureSearch(client: HttpClient, sql: BareSql, large: boolean): Promise<Figure[]> {
  const probes = await createProbes(sql)
  const probe = (index: number) => probes[index % probes.length] as Probe
  let misses = 0
  const search = async (index: number) => {
    const { items } = (await client.get(`/api/crm/search?q=${encodeURIComponent(probe(index).q)}&limit=20`)) as { items: unknown[] }
    if (items.length === 0) misses++
  }
  const product = await runLoad(requests, search, { warm: longWarmUp })
  const bare = await runLoad(requests, async (index) => {
    await sql.query('select entity, record_id, label, detail from search_documents where workspace_id = $1 and terms @> $2::text[] limit 20', [
      sql.workspaceId,
      probe(index).words,
    ])
  })
  const trigrams = await searchByTrigrams(sql, probe)
  const [ours, theirs] = [percentilesOf(product), percentilesOf(bare)]
  return [
    { name: 'search p50', value: ours.p50, unit: 'ms' },
    { name: 'search p95', value: ours.p95, unit: 'ms', target: 1000, goal: large ? 60 : 25, note: 'typos included' },
    { name: 'search p99', value: ours.p99, unit: 'ms' },
    { name: 'search, bare SQL p95', value: theirs.p95, unit: 'ms', note: 'told the right spelling' },
    { name: 'search p50 beside bare SQL', value: ours.p50 / theirs.p50, unit: 'ratio', note: 'over HTTP, rights and typing mistakes included' },
    { name: 'search, bare SQL by trigrams p95', value: trigrams.times.p95, unit: 'ms', note: 'told what people typed, as ChatSG is' },
    { name: 'search by trigrams that found nothing', value: trigrams.misses, unit: 'errors', note: `of ${2 * trigramRequests}` },
    { name: 'search p50 beside bare SQL by trigrams', value: ours.p50 / trigrams.times.p50, unit: 'ratio', goal: 1.5, note: 'the same question' },
    { name: 'searches that found nothing', value: misses, unit: 'errors', target: 0 },
  ]
}

/** The same question by PostgreSQL's own means: trigrams of the same words find mistyped ones too. */
async function searchByTrigrams(sql: BareSql, probe: (index: number) => Probe): Promise<{ times: Percentiles; misses: number }> {
  await sql.query('drop schema if exists bare_search cascade', [])
  await sql.query('create schema bare_search', [])
  try {
    await sql.query('create extension pg_trgm with schema bare_search', [])
    await sql.query(
      `create unlogged table bare_search.documents as
       select entity, record_id, label, detail, array_to_string(terms, ' ') as words from search_documents where workspace_id = '${sql.workspaceId}'`,
      [],
    )
    await sql.query('create index on bare_search.documents using gin (words bare_search.gin_trgm_ops)', [])
    await sql.query('analyze bare_search.documents', [])
    let misses = 0
    const times = await runLoad(trigramRequests, async (index) => {
      const found = await sql.query(
        `select entity, record_id, label, detail from bare_search.documents where words operator(bare_search.%>) $1
         order by bare_search.word_similarity($1, words) desc limit 20`,
        [fold(probe(index).q)],
      )
      if (found.length === 0) misses++
    })
    return { times: percentilesOf(times), misses }
  } finally {
    await sql.query('drop schema bare_search cascade', [])
  }
}
