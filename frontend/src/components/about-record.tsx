import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { entities } from '#contracts/entities.ts'
import { ApiError } from '@/lib/api-error.ts'
import { pageEntityOf, pathOfRecord } from '@/lib/record-links.ts'
import { labelOf, recordQuery } from '@/lib/records.ts'
import { Skeleton } from './states.tsx'

/** The record that a task, event, note or e-mail is about, by name and as a link. */
export function AboutRecord({ type, id }: { type: unknown; id: string }) {
  const entity = pageEntityOf(typeof type === 'string' ? type : null)
  const record = useQuery({ ...recordQuery(entity ?? 'contacts', id), enabled: entity !== undefined })
  if (entity === undefined) return <span className="font-mono text-xs">{id}</span>
  const noun = entities[entity].label.toLowerCase()
  if (record.error instanceof ApiError && record.error.code === 'NOT_FOUND')
    return <span className="text-faint">{`a ${noun} that is deleted or hidden from you`}</span>
  if (record.isPending) return <Skeleton className="w-24" />
  return (
    <Link to={pathOfRecord(entity, id)} className="truncate underline-offset-2 hover:underline">
      {record.data === undefined ? `one ${noun}` : labelOf(entity, record.data)}
    </Link>
  )
}
