import { InsightlyError } from '../client/insightly-error.ts'
import type { InsightlyLink, InsightlyRow } from '../client/records.ts'
import type { RowContext } from './row-context.ts'
import { type LinkEnd, leadsTo, linkNameOf } from './sent-record.ts'

/** Kinds of records that links can be added to; a lead can only be their other end. */
export type Linked = 'contacts' | 'organisations' | 'opportunities' | 'tasks' | 'events' | 'notes' | 'emails'
const linked: readonly string[] = ['contacts', 'organisations', 'opportunities', 'tasks', 'events', 'notes', 'emails'] satisfies Linked[]

export function canHoldLinks(entity: string): entity is Linked {
  return linked.includes(entity)
}

/** Adds a link unless it is there. */
export async function addLinkOnce(
  { client, call }: RowContext,
  owner: Linked,
  id: number,
  end: LinkEnd,
  role: string | null,
  known?: InsightlyLink[],
): Promise<void> {
  const name = linkNameOf(end.entity)
  if (name === undefined) return
  const links = known ?? (await readLinks(client, owner, id, call))
  if (links.some((link) => leadsTo(end, link))) return
  await client.addLink(owner, id, { LINK_OBJECT_NAME: name, LINK_OBJECT_ID: end.insightlyId, ...(role === null ? {} : { ROLE: role.slice(0, 255) }) }, call)
}

/** Removes every link to a record; one that is gone already is as good. */
export async function removeLinks({ client, call }: RowContext, owner: Linked, id: number, end: LinkEnd, known?: InsightlyLink[]): Promise<void> {
  for (const link of known ?? (await readLinks(client, owner, id, call))) {
    if (!leadsTo(end, link) || link.LINK_ID === undefined) continue
    await client.removeLink(owner, id, link.LINK_ID, call).catch((error: unknown) => {
      if (!(error instanceof InsightlyError && error.problem === 'missing')) throw error
    })
  }
}

async function readLinks(client: RowContext['client'], owner: Linked, id: number, call: RowContext['call']): Promise<InsightlyLink[]> {
  return (await client.children<InsightlyLink>(owner, id, 'Links', {}, { ...call, priority: 'person' })).rows
}

/** The links a row came with. */
export function linksIn(row: InsightlyRow | undefined): InsightlyLink[] | undefined {
  return Array.isArray(row?.LINKS) ? (row.LINKS as InsightlyLink[]) : undefined
}
