import { Link } from '@tanstack/react-router'
import { isPageEntity, pathOfRecord } from '@/lib/record-links.ts'
import { oneLabel } from '../words.ts'

/** A record by its name, leading to its page where it has one. */
export function RecordLink({ entity, id, label, className }: { entity: string; id: string; label: string | null; className?: string }) {
  const name = label ?? `${oneLabel(entity)} without a name`
  if (!isPageEntity(entity)) return <span className={className}>{name}</span>
  return (
    <Link to={pathOfRecord(entity, id)} className={`underline-offset-2 hover:underline ${className ?? ''}`}>
      {name}
    </Link>
  )
}
