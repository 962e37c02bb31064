import type { Filter } from '#contracts/query.ts'
import { everythingOf, type PageEntity } from '../../lib/record-links.ts'

/** What a list shows; a sort is a field, with a leading - from the last to the first. */
export interface ShownList {
  filter: Filter | undefined
  sort: string | undefined
}

interface OpeningList {
  filter: Filter
  sort: string
  /** The filter as people say it. */
  words: string
  /** Its fields, which may be hidden from whoever is signed in. */
  needs: readonly string[]
  /** Said where nothing is left of it, and how the rest is called. */
  none: string
  rest: string
}

const finished = ['Done', 'Complete', 'Completed', 'Closed', 'Finished', 'Erledigt', 'Abgeschlossen']
/** Lists that were brought in often say that something is done without saying when it was. */
const doneStatuses = [...finished, 'Resolved', 'Cancelled', 'Canceled']

/** Whether a status says that a task is completed; the server then keeps when that was. */
export const isDoneStatus = (status: unknown): boolean => typeof status === 'string' && finished.some((one) => one.toLowerCase() === status.toLowerCase())

/** What is to be done and what is to come, the next first: whoever opens these pages looks for that. */
const openings: Partial<Record<PageEntity, OpeningList>> = {
  tasks: {
    filter: {
      not: {
        or: [
          { field: 'completed_at', op: 'isNotEmpty' },
          { field: 'status', op: 'in', value: doneStatuses },
        ],
      },
    },
    sort: 'due_at',
    words: 'Not completed',
    needs: ['completed_at', 'status', 'due_at'],
    none: 'Every task is completed',
    rest: 'Show completed tasks',
  },
  events: {
    filter: {
      or: [
        { field: 'starts_at', op: 'during', value: { period: 'day', offset: 0 } },
        { field: 'starts_at', op: 'gt', value: { now: true } },
        { field: 'ends_at', op: 'gt', value: { now: true } },
      ],
    },
    sort: 'starts_at',
    words: 'Today or later',
    needs: ['starts_at', 'ends_at'],
    none: 'Nothing is planned from today on',
    rest: 'Show past events',
  },
}

/** The list a page opens with while its address says nothing; undefined where that is all there is. */
export function openingOf(entity: PageEntity, fields: readonly { key: string }[]): OpeningList | undefined {
  const opening = openings[entity]
  return opening?.needs.every((key) => fields.some((field) => field.key === key)) === true ? opening : undefined
}

interface Search extends Partial<ShownList> {
  q?: string | undefined
  saved?: string | undefined
}

const saysNothing = ({ q, saved, filter, sort }: Search) => q === undefined && saved === undefined && filter === undefined && sort === undefined

/** An address after a condition was added or taken away: without any it shows everything, and not how the page opens. */
export function withFilter<T extends Search>(entity: PageEntity, search: T, shown: ShownList, filter: Filter | undefined): T {
  const isOpening = saysNothing(search)
  const next = { ...search, filter, sort: isOpening && filter === undefined ? undefined : shown.sort }
  return saysNothing(next) ? { ...next, ...everythingOf(entity) } : next
}

/** An address after a column was chosen to sort by, or none. */
export function withSort<T extends Search>(entity: PageEntity, search: T, shown: ShownList, sort: string | undefined): T {
  const next = { ...search, filter: shown.filter, sort }
  return saysNothing(next) ? { ...next, sort: openings[entity]?.sort } : next
}

/** Alike in whatever order a database gives back what a filter says. */
const plainly = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )

/** What people call a filter that a page opens with. */
export function openingWords(part: Filter): string | undefined {
  return Object.values(openings).find(({ filter }) => plainly(filter) === plainly(part))?.words
}
