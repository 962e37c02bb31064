import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { FieldValue } from '@/components/field-value.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { countOf, formatNumber } from '@/lib/format.ts'
import { isPageEntity, type PageEntity, pathOfEntity, pathOfRecord } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf } from '@/lib/records.ts'
import { recordsTopQuery } from '../api/records.ts'

const detailKeys: Partial<Record<PageEntity, readonly string[]>> = {
  contacts: ['title', 'email'],
  opportunities: ['stage', 'state'],
  orders: ['ordered_at'],
  quotes: ['quote_number', 'status'],
  quote_lines: ['product'],
}
const figureKeys: Partial<Record<PageEntity, string>> = { opportunities: 'value', orders: 'total', quotes: 'total', quote_lines: 'total' }

/** Relations of this kind of record whose records have pages: contacts of an organisation, orders of a contact. */
export function relatedKinds(entity: PageEntity): { other: PageEntity; path: string }[] {
  return Object.values(entities[entity].relations).flatMap(({ entity: other, foreignKey }) => {
    if (foreignKey === null || !isPageEntity(other)) return []
    const reference = Object.entries(entities[other].fields).find(([key, field]) => field.column === foreignKey && key !== 'contact_email')?.[0]
    return reference === undefined ? [] : [{ other, path: `${reference}.id` }]
  })
}

function RelatedRow({ entity, record }: { entity: PageEntity; record: CrmRecord }) {
  const figure = figureKeys[entity]
  return (
    <Link to={pathOfRecord(entity, record.id)} className="-mx-2 flex h-8 items-center gap-3 rounded-control px-2 text-sm hover:bg-hover">
      <span className="truncate font-medium">{labelOf(entity, record)}</span>
      <span className={cn('flex min-w-0 flex-1 gap-3 truncate text-soft', figure !== undefined && 'max-md:invisible')}>
        {detailKeys[entity]?.map((key) => {
          const value = record[key]
          return typeof value === 'string' && value !== '' ? (
            <span key={key} className="truncate">
              <FieldValue field={{ key, type: entities[entity].fields[key]?.type === 'datetime' ? 'datetime' : 'text' }} value={value} />
            </span>
          ) : null
        })}
      </span>
      {figure !== undefined && (
        <span className="figures shrink-0">
          <FieldValue field={{ key: figure, type: 'money' }} value={record[figure]} currency={record.currency as string | null} />
        </span>
      )}
    </Link>
  )
}

export function RelatedRecords({ entity, id }: { entity: PageEntity; id: string }) {
  const kinds = relatedKinds(entity)
  const filterOf = (path: string): Filter => ({ field: path, op: 'eq', value: id })
  const lists = useQueries({
    queries: kinds.map(({ other, path }) => recordsTopQuery(other, { filter: filterOf(path), sort: `-${entities[other].defaultTime}`, limit: 20 })),
  })
  const failed = lists.find((list) => list.isError)
  if (failed !== undefined) return <ErrorState compact error={failed.error} onRetry={() => failed.refetch()} />
  if (lists.some((list) => list.isPending)) return <SkeletonRows rows={5} />
  if (lists.every((list) => list.data?.items.length === 0)) return <EmptyState icon={Waypoints} title="Nothing is linked to this record" />
  return (
    <div className="flex flex-col gap-5">
      {kinds.map(({ other, path }, index) => {
        const page = lists[index]?.data
        if (page === undefined || page.items.length === 0) return null
        return (
          <section key={other}>
            <h3 className="figures mb-1 text-xs text-faint">
              {entities[other].labelPlural} {page.total === null ? '' : formatNumber(page.total)}
            </h3>
            {page.items.map((record) => (
              <RelatedRow key={record.id} entity={other} record={record} />
            ))}
            {(page.total ?? 0) > page.items.length && (
              <Link to={pathOfEntity(other)} search={{ filter: filterOf(path) }} className="mt-1 inline-block text-sm text-accent-text hover:underline">
                Show all {countOf(page.total ?? 0, entities[other].label.toLowerCase(), entities[other].labelPlural.toLowerCase())}
              </Link>
            )}
          </section>
        )
      })}
    </div>
  )
}
