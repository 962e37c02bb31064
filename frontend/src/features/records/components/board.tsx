import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Kanban } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Filter } from '#contracts/query.ts'
import { Avatar } from '@/components/avatar.tsx'
import { Button, buttonClass } from '@/components/button.tsx'
import { Select } from '@/components/input.tsx'
import { Menu, MenuItem, MenuLabel } from '@/components/menu.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import type { Page } from '@/lib/api.ts'
import { cn } from '@/lib/class-names.ts'
import { formatDate, formatMoney, formatNumber } from '@/lib/format.ts'
import { useIsHidden } from '@/lib/hidden-fields.ts'
import { pathOfRecord } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { type PipelineStage, pipelineQuery } from '../api/pipeline.ts'
import { recordsTopQuery, useUpdateRecord } from '../api/records.ts'
import { PipelineDialog } from './pipeline-dialog.tsx'

const cardsShown = 40
const openWhere = (conditions: readonly Filter[], hasValues: boolean) =>
  recordsTopQuery('opportunities', {
    filter: { and: [{ field: 'state', op: 'eq', value: 'open' }, ...conditions] },
    sort: hasValues ? '-value' : '-created_at',
    limit: cardsShown,
  })
const openIn = (stageId: string, hasValues: boolean) => openWhere([{ field: 'stage.id', op: 'eq', value: stageId }], hasValues)
/** Those of this pipeline, and of none, that stand at no stage: a file need not say one. */
const openAtNone = (pipelineId: string, hasValues: boolean) =>
  openWhere(
    [
      { field: 'stage', op: 'isEmpty' },
      {
        or: [
          { field: 'pipeline', op: 'isEmpty' },
          { field: 'pipeline.id', op: 'eq', value: pipelineId },
        ],
      },
    ],
    hasValues,
  )

function Card({ deal, stages, onMove }: { deal: CrmRecord; stages: readonly PipelineStage[]; onMove: ((stage: PipelineStage) => void) | undefined }) {
  const { organisation, owner, value, currency, forecast_close_date: close, stage_id: stageId } = deal as Record<string, string | null>
  return (
    <li
      draggable={onMove !== undefined}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', deal.id)}
      className="group relative rounded-control border bg-page p-2.5 text-sm hover:border-line-strong"
    >
      <Link to={pathOfRecord('opportunities', deal.id)} draggable={false} className="line-clamp-2 pr-5 font-medium hover:underline">
        {labelOf('opportunities', deal)}
      </Link>
      {organisation && <p className="truncate text-soft">{organisation}</p>}
      <p className="figures mt-1.5 flex items-center gap-2">
        {value && <span>{formatMoney(value, currency)}</span>}
        {close && <span className="text-xs text-faint">{formatDate(close)}</span>}
        {owner && (
          <span className="ml-auto" title={owner}>
            <Avatar name={owner} />
            <span className="sr-only">{owner}</span>
          </span>
        )}
      </p>
      {onMove !== undefined && (
        <span className="absolute top-1 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-100">
          <Menu
            trigger={
              <button
                type="button"
                data-move={deal.id}
                aria-label={`Move ${labelOf('opportunities', deal)}`}
                className="grid size-6 place-items-center rounded text-faint hover:bg-hover hover:text-text"
              >
                <Ellipsis className="size-3.5" />
              </button>
            }
          >
            <MenuLabel>Move to</MenuLabel>
            {stages.map((stage) => (
              <MenuItem key={stage.id} disabled={stage.id === stageId} onSelect={() => onMove(stage)}>
                {stage.name}
              </MenuItem>
            ))}
          </Menu>
        </span>
      )}
    </li>
  )
}

interface ColumnProps {
  /** Undefined for what stands at no stage. */
  stage: PipelineStage | undefined
  stages: readonly PipelineStage[]
  page: Page<CrmRecord> | undefined
  isPending: boolean
  hasValues: boolean
  /** Puts a deal to a stage; undefined for who may not. */
  onMove: ((id: string, to: PipelineStage) => void) | undefined
}

function Column({ stage, stages, page, isPending, hasValues, onMove }: ColumnProps) {
  const [isOver, setOver] = useState(false)
  const name = stage?.name ?? 'No stage'
  const items = page?.items ?? []
  const total = page?.total ?? items.length
  const takes = stage !== undefined && onMove !== undefined
  return (
    <section
      aria-label={name}
      onDragOver={(event) => {
        if (!takes) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (takes) onMove(event.dataTransfer.getData('text/plain'), stage)
      }}
      className={cn('flex w-66 shrink-0 flex-col rounded-panel bg-sunken', isOver && 'ring-2 ring-focus/50')}
    >
      <header className="px-3 pt-2.5 pb-2 text-sm">
        <div className="flex items-baseline gap-2">
          <h2 className={cn('truncate font-medium', stage === undefined && 'text-soft')}>{name}</h2>
          <span className="figures text-faint">{formatNumber(total)}</span>
        </div>
        <p
          className="figures flex h-4.5 gap-2.5 overflow-hidden text-xs leading-4.5 text-soft"
          title={stage?.values.map(({ value, currency }) => formatMoney(value, currency)).join(', ')}
        >
          {stage?.values.map(({ value, currency }) => (
            <span key={currency}>{formatMoney(value, currency)}</span>
          ))}
        </p>
      </header>
      <ul className="flex min-h-20 flex-1 flex-col gap-1.5 overflow-y-auto px-2 pb-2">
        {isPending && [0, 1, 2].map((key) => <Skeleton key={key} className="h-18" />)}
        {items.map((deal) => (
          <Card key={deal.id} deal={deal} stages={stages} onMove={onMove && ((to) => onMove(deal.id, to))} />
        ))}
        {total > items.length && items.length > 0 && (
          <li className="px-1 py-1 text-xs text-faint">
            The {items.length} {hasValues ? 'largest' : 'newest'} of {formatNumber(total)}. The table has them all.
          </li>
        )}
      </ul>
    </section>
  )
}

/** Open opportunities by stage: dragged with the mouse, or moved by each card's menu. */
export function Board({ onCreate }: { onCreate: () => void }) {
  const mayWrite = useMayWrite()
  const [editing, setEditing] = useState(false)
  const isHidden = useIsHidden()
  const hasValues = isHidden === undefined ? undefined : !isHidden('opportunities', 'value')
  const pipelines = useQuery(pipelineQuery(hasValues))
  const [chosen, setChosen] = useState<string | null>(null)
  const update = useUpdateRecord('opportunities')
  const pipeline = pipelines.data?.find((one) => one.id === chosen) ?? pipelines.data?.[0]
  const stages = pipeline?.stages ?? []
  const columns = useQueries({ queries: stages.map((stage) => openIn(stage.id, hasValues === true)) })
  const unplaced = useQuery({ ...openAtNone(pipeline?.id ?? '', hasValues === true), enabled: pipeline !== undefined && hasValues !== undefined })
  const deals = [...columns, unplaced].flatMap((column) => column.data?.items ?? [])
  const moved = useRef<{ id: string; stageId: string }>(undefined)
  useEffect(() => {
    // The card's button went with it to another column: the keyboard follows, unless it is elsewhere already.
    const found = deals.filter(({ id }) => id === moved.current?.id)
    if (found.length !== 1 || found[0]?.stage_id !== moved.current?.stageId) return
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-move="${moved.current?.id}"]`)?.focus()
    moved.current = undefined
  })
  const move = (id: string, stage: PipelineStage) => {
    const deal = deals.find((one) => one.id === id)
    if (deal === undefined || deal.stage_id === stage.id) return
    const from = deal.stage_id
    moved.current = { id, stageId: stage.id }
    const put = (stageId: unknown) => update.mutateAsync({ id, change: { stage_id: stageId } })
    put(stage.id).then(() => announce(`Moved to ${stage.name}.`, { label: 'Undo', run: () => put(from).catch(announceError) }), announceError)
  }
  if (pipelines.isError) return <ErrorState error={pipelines.error} onRetry={() => pipelines.refetch()} />
  if (pipelines.data?.length === 0) {
    return (
      <>
        <EmptyState
          icon={Kanban}
          title="No pipeline yet"
          action={
            mayWrite && (
              <>
                <Button look="primary" onClick={() => setEditing(true)}>
                  Make a pipeline
                </Button>
                <Link to="/import" search={{ entity: 'opportunities' }} className={buttonClass('plain')}>
                  Import a file
                </Link>
              </>
            )
          }
        >
          {mayWrite ? 'Name the stages that your deals go through, or import opportunities with theirs.' : 'It appears with the first stages.'}
        </EmptyState>
        {editing && <PipelineDialog pipeline={undefined} onClose={() => setEditing(false)} onMade={onCreate} />}
      </>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-12 gap-2 border-b px-4 py-2">
        {(pipelines.data?.length ?? 0) > 1 && (
          <Select aria-label="Pipeline" className="w-56" value={pipeline?.id} onChange={(event) => setChosen(event.target.value)}>
            {pipelines.data?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        )}
        {mayWrite && pipeline !== undefined && <Button onClick={() => setEditing(true)}>Stages…</Button>}
        {editing && <PipelineDialog pipeline={pipeline} onClose={() => setEditing(false)} />}
      </div>
      <div className="flex min-h-0 flex-1 gap-2 overflow-x-auto p-3">
        {(unplaced.data?.items.length ?? 0) > 0 && (
          <Column
            stage={undefined}
            stages={stages}
            page={unplaced.data}
            isPending={false}
            hasValues={hasValues === true}
            onMove={mayWrite ? move : undefined}
          />
        )}
        {stages.map((stage, index) => (
          <Column
            key={stage.id}
            stage={stage}
            stages={stages}
            page={columns[index]?.data}
            isPending={columns[index]?.isPending === true}
            hasValues={hasValues === true}
            onMove={mayWrite ? move : undefined}
          />
        ))}
      </div>
    </div>
  )
}
