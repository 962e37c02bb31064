import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  BadgeDollarSign,
  CalendarDays,
  CircleCheckBig,
  CirclePlus,
  History,
  type LucideIcon,
  Mail,
  Pencil,
  ReceiptText,
  RotateCcw,
  ScrollText,
  StickyNote,
  Trash2,
} from 'lucide-react'
import { entities } from '#contracts/entities.ts'
import type { TimelineItem } from '#contracts/records.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { type PageEntity, pageEntityOf, pathOfRecord } from '@/lib/record-links.ts'
import { timelineDetail } from '@/lib/timeline-detail.ts'
import { storyLimit, timelineQuery } from '../api/records.ts'

const icons: Record<TimelineItem['kind'], LucideIcon> = {
  created: CirclePlus,
  changed: Pencil,
  deleted: Trash2,
  restored: RotateCcw,
  note: StickyNote,
  task: CircleCheckBig,
  event: CalendarDays,
  email: Mail,
  opportunity: BadgeDollarSign,
  quote: ScrollText,
  order: ReceiptText,
}

const ownWords: Partial<Record<TimelineItem['kind'], string>> = { created: 'Created', deleted: 'Deleted', restored: 'Restored' }

/** A reference is stored, and so named in changes, by its column. */
const labelOfKey = (entity: PageEntity, key: string): string | undefined =>
  entities[entity].fields[key]?.label ?? Object.values(entities[entity].fields).find((field) => field.column === key)?.label

/** Changes of the record itself come as the names of the fields. */
function titleOf(entity: PageEntity, item: TimelineItem): string {
  if (item.kind !== 'changed') return ownWords[item.kind] ?? item.title
  const labels = item.title.split(', ').map((key) => (labelOfKey(entity, key) ?? key.replace(/^custom\./, '').replaceAll('_', ' ')).toLowerCase())
  return `Changed ${[...new Set(labels)].join(', ')}`
}

/** A note without a title is called by its beginning; then its words are enough. */
const repeats = ({ title, detail }: TimelineItem): boolean => detail !== null && title !== '' && detail !== title && detail.startsWith(title)

function Entry({ owner, item, recordId }: { owner: PageEntity; item: TimelineItem; recordId: string }) {
  const Icon = icons[item.kind]
  const entity = pageEntityOf(item.entity)
  const elsewhere = entity !== undefined && item.id !== recordId
  return (
    <li className="group/entry relative flex gap-3 pb-4 last:pb-0">
      <span aria-hidden className="absolute top-6 bottom-0 left-[11px] w-px bg-line group-last/entry:hidden" />
      <span className="z-1 grid size-6 shrink-0 place-items-center rounded-full border bg-page">
        <Icon aria-hidden className="size-3 text-faint" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-sm">
        <div className="flex items-baseline gap-2">
          {elsewhere ? (
            <Link to={pathOfRecord(entity, item.id)} className="truncate font-medium hover:underline">
              {repeats(item) ? item.detail : item.title}
            </Link>
          ) : (
            <span className="truncate">{titleOf(owner, item)}</span>
          )}
          <RelativeTime at={item.at} className="ml-auto shrink-0 text-xs text-faint" />
        </div>
        {!repeats(item) && timelineDetail(item) !== '' && <p className="line-clamp-3 whitespace-pre-line text-soft">{timelineDetail(item)}</p>}
        {item.actor !== null && <p className="text-xs text-faint">{item.actor}</p>}
      </div>
    </li>
  )
}

/** Everything that happened to and around a record, newest first. */
export function Timeline({ entity, id }: { entity: PageEntity; id: string }) {
  const timeline = useQuery(timelineQuery(entity, id))
  if (timeline.isPending) return <SkeletonRows rows={6} />
  if (timeline.isError) return <ErrorState compact error={timeline.error} onRetry={() => timeline.refetch()} />
  if (timeline.data.length === 0)
    return (
      <EmptyState icon={History} title="Nothing has happened yet">
        Notes, tasks, events, e-mails and changes will appear here.
      </EmptyState>
    )
  return (
    <>
      <ol>
        {timeline.data.map((item) => (
          <Entry key={`${item.kind}${item.id}${item.at}${item.title}`} owner={entity} item={item} recordId={id} />
        ))}
      </ol>
      {timeline.data.length >= storyLimit && <p className="mt-4 text-xs text-faint">These are the newest {storyLimit}. Ask in the chat for what was before.</p>}
    </>
  )
}
