import { setTimeout as sleep } from 'node:timers/promises'

/** JSON over HTTP as somebody who may write. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>

/** A name, or null for a record that was deleted. */
type State = string | null

export interface Ledger {
  /** How many writes were acknowledged. */
  acknowledged(): number
  /** Answers that were no success, by status, and how many requests got none at all. */
  readonly refused: Map<number | 'none', number>
  /** Answers that must never be given: by status and text. */
  readonly wrong: string[]
  /** What cannot be true of the records there are now. */
  compare(call: Call): Promise<string[]>
  /** The names of its records that there are now. */
  names(call: Call): Promise<string[]>
}

/** What may stand in the database: one state once it was acknowledged, two while nobody said how the last change went. */
type Kept = Map<string, State[]>

const path = '/api/crm/organisations'

/**
 * Makes, renames and deletes organisations one after the other until `isOver`, and writes down what was acknowledged. A request that is refused
 * is made again with the next record.
 * @param name begins the names of the records, so that several ledgers do not meet
 */
export function startWriting(call: Call, name: string, isOver: () => boolean, restMs = 0): { ledger: Ledger; ended: Promise<void> } {
  const kept: Kept = new Map()
  const refused = new Map<number | 'none', number>()
  const wrong: string[] = []
  let acknowledged = 0

  async function attempt(method: string, to: string, body?: object): Promise<Response | undefined> {
    const response = await call(to, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(() => undefined)
    if (response?.ok === true) {
      acknowledged += 1
      return response
    }
    const status = response?.status ?? 'none'
    refused.set(status, (refused.get(status) ?? 0) + 1)
    if (response !== undefined) await note(response)
    return undefined
  }

  async function note(response: Response): Promise<void> {
    const text = await response.text().catch(() => '')
    if (response.status !== 503 && response.status !== 429) wrong.push(`${response.status} ${text}`)
    else if (!(Number(response.headers.get('retry-after')) > 0)) wrong.push(`${response.status} without Retry-After: ${text}`)
  }

  /** One change of a record whose state was known; while it is not acknowledged, both may be true. */
  async function change(id: string, before: State, after: State): Promise<boolean> {
    kept.set(id, [before, after])
    const answered = after === null ? await attempt('DELETE', `${path}/${id}`) : await attempt('PATCH', `${path}/${id}`, { name: after })
    await answered?.text().catch(() => undefined)
    if (answered !== undefined) kept.set(id, [after])
    return answered !== undefined
  }

  async function work(): Promise<void> {
    for (let turn = 0; !isOver(); turn += 1) {
      const first = `${name} ${turn}`
      const created = await attempt('POST', path, { name: first })
      const id = await created?.json().then(
        (record) => (record as { id: string }).id,
        () => undefined,
      )
      if (id === undefined) await sleep(restMs + 20)
      else {
        kept.set(id, [first])
        if (!isOver() && (await change(id, first, `${first} renamed`)) && turn % 3 === 2 && !isOver()) await change(id, `${first} renamed`, null)
      }
      if (restMs > 0) await sleep(restMs)
    }
  }

  return {
    ended: work(),
    ledger: {
      acknowledged: () => acknowledged,
      refused,
      wrong,
      async compare(from) {
        const there = await namesOf(from, name)
        const untrue: string[] = []
        for (const [id, states] of kept) {
          const state = there.get(id) ?? null
          if (!states.includes(state))
            untrue.push(`${id} is ${JSON.stringify(state)}, and was acknowledged as ${states.map((one) => JSON.stringify(one)).join(' or ')}`)
        }
        return untrue
      },
      names: async (from) => [...(await namesOf(from, name)).values()],
    },
  }
}

/** The organisations whose name begins so, by id. */
async function namesOf(call: Call, name: string): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let offset = 0; ; offset += 1000) {
    const body = {
      entity: 'organisations',
      select: ['id', 'name'],
      filter: { field: 'name', op: 'startsWith', value: `${name} ` },
      sort: [{ by: 'id' }],
      limit: 1000,
      offset,
    }
    const response = await call('/api/crm/query', { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`The records could not be read: ${response.status} ${await response.text()}`)
    const { rows } = (await response.json()) as { rows: { id: string; name: string }[] }
    for (const row of rows) names.set(row.id, row.name)
    if (rows.length < 1000) return names
  }
}
