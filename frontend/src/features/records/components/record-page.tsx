import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronRight, FileQuestion, Trash2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useMemo } from 'react'
import { entities } from '#contracts/entities.ts'
import { buttonClass, IconButton } from '@/components/button.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { type PageEntity, pathOfEntity, pathOfRecord } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf, recordQuery } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { useFields } from '../api/fields.ts'
import { useDeleteRecord, useRestoreRecord } from '../api/records.ts'
import type { RecordField } from '../record-fields.ts'
import { AddAbout } from './add-about.tsx'
import { CompleteTask } from './complete-task.tsx'
import { FieldList } from './field-list.tsx'
import { OrderLines } from './order-lines.tsx'
import { RecordHistory } from './record-history.tsx'
import { RelatedRecords, relatedKinds } from './related-records.tsx'
import { Timeline } from './timeline.tsx'

const tabClass =
  'h-9 border-b-2 border-transparent text-sm text-faint hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text'

/** The name stands above; first and last name are still fields. */
const isHeading = (entity: PageEntity, field: RecordField) => field.key === 'name' && entities[entity].fields.name?.computed === true

function Activity({ entity, record, fields, withDetails }: { entity: PageEntity; record: CrmRecord; fields: readonly RecordField[]; withDetails: boolean }) {
  const tabs = [
    ...(withDetails ? ['Details'] : []),
    ...(entity === 'orders' ? ['Lines'] : []),
    'Timeline',
    ...(relatedKinds(entity).length > 0 ? ['Related'] : []),
    'History',
  ]
  return (
    <Tabs.Root defaultValue={tabs[0] ?? 'Timeline'} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Tabs.List aria-label="Record" className="flex shrink-0 gap-5 border-b px-5 max-md:px-4">
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={tabClass}>
            {tab}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-[760px] p-5 max-md:p-4">
          {withDetails && (
            <Tabs.Content value="Details">
              <FieldList entity={entity} record={record} fields={fields} />
            </Tabs.Content>
          )}
          {entity === 'orders' && (
            <Tabs.Content value="Lines">
              <OrderLines record={record} />
            </Tabs.Content>
          )}
          <Tabs.Content value="Timeline">
            <AddAbout entity={entity} record={record} />
            <Timeline entity={entity} id={record.id} />
          </Tabs.Content>
          <Tabs.Content value="Related">
            <RelatedRecords entity={entity} id={record.id} />
          </Tabs.Content>
          <Tabs.Content value="History">
            <RecordHistory entity={entity} record={record} fields={fields} />
          </Tabs.Content>
        </div>
      </div>
    </Tabs.Root>
  )
}

/** One record: its fields, what happened around it, what is linked to it, who changed it. */
export function RecordPage({ entity, id }: { entity: PageEntity; id: string }) {
  const navigate = useNavigate()
  const narrow = useNarrow()
  const mayWrite = useMayWrite()
  const record = useQuery(recordQuery(entity, id))
  const all = useFields(entity)
  const fields = useMemo(() => all.filter((field) => !isHeading(entity, field)), [entity, all])
  const remove = useDeleteRecord(entity)
  const restore = useRestoreRecord(entity)
  const { label, labelPlural } = entities[entity]
  const back = pathOfEntity(entity)
  if (record.error instanceof ApiError && record.error.code === 'NOT_FOUND') {
    return (
      <EmptyState
        icon={FileQuestion}
        title={`This ${label.toLowerCase()} is not here`}
        action={
          <Link to={back} className={buttonClass('plain')}>
            All {labelPlural.toLowerCase()}
          </Link>
        }
      >
        It was deleted, or the address is not complete.
      </EmptyState>
    )
  }
  if (record.isError) return <ErrorState error={record.error} onRetry={() => record.refetch()} />
  const name = record.data === undefined ? '' : labelOf(entity, record.data)
  // Promises, not callbacks: this page is gone by the time the undo in the toast is pressed.
  const undo = () => restore.mutateAsync(id).then(() => navigate({ to: pathOfRecord(entity, id) }), announceError)
  const erase = () =>
    remove.mutateAsync(id).then(() => {
      announce(`${name} is deleted.`, { label: 'Undo', run: undo })
      return navigate({ to: back })
    }, announceError)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-12 shrink-0 items-center gap-1.5 border-b px-4">
        <Link to={back} className="shrink-0 text-sm text-faint hover:text-text">
          {entity === 'events' ? 'Calendar' : labelPlural}
        </Link>
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
        <h1 className="min-w-0 truncate text-base font-semibold">{record.data === undefined ? <Skeleton className="w-40" /> : name}</h1>
        <div className="ml-auto flex items-center">
          {entity === 'tasks' && record.data !== undefined && <CompleteTask record={record.data} fields={fields} />}
          <CopyButton small={false} label="Copy link" text={() => location.href} />
          {mayWrite && (
            <IconButton label={`Delete ${label.toLowerCase()}`} disabled={record.data === undefined || remove.isPending} onClick={erase}>
              <Trash2 className="size-4" />
            </IconButton>
          )}
        </div>
      </header>
      {record.data === undefined ? (
        <div role="status" aria-label="Loading" className="flex flex-col gap-5 p-5">
          {['w-1/3', 'w-1/2', 'w-1/4', 'w-2/5', 'w-1/3'].map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <Skeleton key={index} className={width} />
          ))}
        </div>
      ) : (
        <div className="flex min-h-0 flex-1">
          {!narrow && (
            <section aria-label="Details" className="w-[400px] shrink-0 overflow-y-auto border-r p-4">
              <FieldList key={id} entity={entity} record={record.data} fields={fields} />
            </section>
          )}
          <Activity key={`${id}${narrow}`} entity={entity} record={record.data} fields={fields} withDetails={narrow} />
        </div>
      )}
    </div>
  )
}
