import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Columns3, Ellipsis, FileUp, Kanban, Plus, SearchX, Table2 } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { Button, buttonClass, IconButton } from '@/components/button.tsx'
import { SearchInput } from '@/components/input.tsx'
import { Menu, MenuCheck, MenuItem, MenuLabel } from '@/components/menu.tsx'
import { PageHeader } from '@/components/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatNumber } from '@/lib/format.ts'
import { everythingOf, nounOf, type PageEntity } from '@/lib/record-links.ts'
import { useMayWrite } from '@/lib/session.ts'
import { useStored } from '@/lib/stored.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { useFields } from '../api/fields.ts'
import { recordsQuery, recordsTopQuery } from '../api/records.ts'
import { openingOf, withFilter, withSort } from '../opening-list.ts'
import { Board } from './board.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { NewRecordDialog } from './new-record-dialog.tsx'
import { RecordList } from './record-list.tsx'
import { RecordTable } from './record-table.tsx'
import { ViewsMenu } from './views-menu.tsx'

/** What the address says about a list. */
export interface ListSearch {
  q?: string | undefined
  sort?: string | undefined
  view?: 'board' | undefined
  filter?: Filter | undefined
  /** Id of the saved view that was opened. */
  saved?: string | undefined
}

interface Props {
  entity: PageEntity
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

export function RecordsPage({ entity, search, onSearch }: Props) {
  const definition = entities[entity]
  const [words, setWords] = useState(search.q ?? '')
  const rested = useDebounced(words, 180)
  const narrow = useNarrow()
  const mayWrite = useMayWrite()
  const [creating, setCreating] = useState(false)
  const fields = useFields(entity)
  const [visible, setVisible] = useStored<string[]>(
    `columns.${entity}`,
    definition.defaultColumns.filter((column) => column !== 'currency'),
  )
  const board = search.view === 'board' && entity === 'opportunities'
  const saysNothing = rested === '' && search.filter === undefined && search.sort === undefined && search.saved === undefined
  const opening = saysNothing && !board ? openingOf(entity, fields) : undefined
  const shown = opening ?? { filter: search.filter, sort: search.sort }
  const sort = shown.sort ?? (rested === '' ? `-${definition.defaultTime}` : undefined)
  const list = useInfiniteQuery({ ...recordsQuery(entity, { q: rested || undefined, sort, filter: shown.filter }), enabled: !board })
  const records = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const total = list.data?.pages[0]?.total ?? null
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  useEffect(() => {
    if ((search.q ?? '') !== rested) onSearch({ ...search, q: rested || undefined })
  }, [rested, search, onSearch])
  const toggle = (key: string) =>
    setVisible(
      visible.includes(key)
        ? visible.filter((other) => other !== key)
        : fields.map((field) => field.key).filter((other) => other === key || visible.includes(other)),
    )
  const empty = list.isSuccess && records.length === 0
  // Whether there is anything besides what the page opens with.
  const any = useQuery({ ...recordsTopQuery(entity, { limit: 1 }), enabled: empty && opening !== undefined })
  const onlyRest = opening !== undefined && empty && (any.data?.items.length ?? 0) > 0
  const none = empty && rested === '' && !onlyRest && (opening === undefined ? search.filter === undefined : !any.isPending)
  const plural = entity === 'events' ? 'Calendar' : definition.labelPlural

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title={plural} note={total === null || board ? undefined : <span role="status">{formatNumber(total)}</span>}>
        {entity === 'opportunities' && (
          <fieldset aria-label="View" className="flex rounded-control border p-0.5">
            {([undefined, 'board'] as const).map((view) => (
              <button
                key={view ?? 'table'}
                type="button"
                aria-pressed={search.view === view}
                onClick={() => onSearch({ ...search, view })}
                className="flex h-6.5 items-center gap-1.5 rounded-[4px] px-2 text-sm text-faint aria-pressed:bg-active aria-pressed:text-text"
              >
                {view === 'board' ? <Kanban aria-hidden className="size-3.5" /> : <Table2 aria-hidden className="size-3.5" />}
                <span className="max-md:sr-only">{view === 'board' ? 'Board' : 'Table'}</span>
              </button>
            ))}
          </fieldset>
        )}
        {!board && <SearchInput label={`Search ${plural.toLowerCase()}`} value={words} onValue={setWords} className="w-56 max-md:order-first max-md:w-full" />}
        {!board && (
          <ViewsMenu
            entity={entity}
            list={{ filter: shown.filter, sort: shown.sort }}
            opened={search.saved}
            onOpen={(saved, shown) => onSearch({ ...search, ...shown, saved })}
          />
        )}
        {!board && (
          <Menu
            trigger={
              <IconButton label="Choose columns" className="border border-line">
                <Columns3 className="size-4" />
              </IconButton>
            }
          >
            <MenuLabel>Columns</MenuLabel>
            {fields.map((field) => (
              <MenuCheck
                key={field.key}
                checked={visible.includes(field.key)}
                disabled={visible.length === 1 && visible.includes(field.key)}
                onSelect={(event) => event.preventDefault()}
                onCheckedChange={() => toggle(field.key)}
              >
                {field.label}
              </MenuCheck>
            ))}
          </Menu>
        )}
        <ExportMenu entity={entity} view={board ? {} : { q: rested || undefined, sort: shown.sort, filter: shown.filter }} />
        {mayWrite && (
          <Menu
            trigger={
              <IconButton label="More actions" className="border border-line">
                <Ellipsis className="size-4" />
              </IconButton>
            }
          >
            <MenuItem asChild>
              <Link to="/import" search={{ entity }}>
                <FileUp /> Import {definition.labelPlural.toLowerCase()}
              </Link>
            </MenuItem>
          </Menu>
        )}
        {mayWrite && (
          <Button look="primary" className="max-md:ml-auto" onClick={() => setCreating(true)}>
            <Plus aria-hidden className="size-3.5" />
            <span>
              New<span className="max-md:sr-only"> {definition.label.toLowerCase()}</span>
            </span>
          </Button>
        )}
      </PageHeader>
      {!board && <FilterBar entity={entity} fields={fields} filter={shown.filter} onFilter={(filter) => onSearch(withFilter(entity, search, shown, filter))} />}
      {board && <Board onCreate={() => setCreating(true)} />}
      {!board && (list.isPending || (opening !== undefined && empty && any.isPending)) && <SkeletonRows rows={14} />}
      {!board && list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!board && empty && rested !== '' && (
        <EmptyState icon={SearchX} title={`No ${nounOf(entity, 1)} fits “${rested}”`} action={<Button onClick={() => setWords('')}>Clear search</Button>}>
          Try part of a name, an e-mail address or a phone number.
        </EmptyState>
      )}
      {!board && empty && rested === '' && search.filter !== undefined && (
        <EmptyState
          icon={SearchX}
          title={`No ${nounOf(entity, 1)} meets these filters`}
          action={<Button onClick={() => onSearch(withFilter(entity, search, shown, undefined))}>Clear filters</Button>}
        >
          Take one away, or choose another value.
        </EmptyState>
      )}
      {!board && onlyRest && (
        <EmptyState
          icon={CircleCheck}
          title={opening.none}
          action={<Button onClick={() => onSearch({ ...search, ...everythingOf(entity) })}>{opening.rest}</Button>}
        />
      )}
      {!board && none && (
        <EmptyState
          icon={Table2}
          title={`No ${nounOf(entity, 0)} yet`}
          action={
            mayWrite && (
              <>
                <Link to="/import" search={{ entity }} className={buttonClass('primary')}>
                  Import a file
                </Link>
                <Button onClick={() => setCreating(true)}>New {definition.label.toLowerCase()}</Button>
              </>
            )
          }
        >
          {mayWrite ? 'Bring them in from a spreadsheet, or write the first one down.' : 'They will be listed here.'}
        </EmptyState>
      )}
      {!board && records.length > 0 && (
        <div className={cn('flex min-h-0 flex-1 transition-opacity', list.isPlaceholderData && 'opacity-60')}>
          {narrow ? (
            <RecordList entity={entity} fields={fields} records={records} onEnd={loadMore} visible={visible} />
          ) : (
            <RecordTable
              entity={entity}
              fields={fields}
              records={records}
              total={total}
              sort={shown.sort}
              onSort={(next) => onSearch(withSort(entity, search, shown, next))}
              onEnd={loadMore}
              loadingMore={isFetchingNextPage}
              visible={visible}
            />
          )}
        </div>
      )}
      <NewRecordDialog entity={entity} fields={fields} open={creating} onOpenChange={setCreating} />
    </div>
  )
}
