import { useQuery } from '@tanstack/react-query'
import { FieldValue } from '@/components/field-value.tsx'
import { referenceQuery } from '../api/author.ts'
import { fieldOf } from '../words.ts'

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)

function ReferenceName({ entity, id }: { entity: string; id: string }) {
  const { data, isError } = useQuery(referenceQuery(entity, id))
  return isError ? <span className="text-faint">deleted</span> : (data ?? '…')
}

/** One version of a field, written for its type. */
export function ConflictValue({ entity, field, value }: { entity: string; field: string; value: unknown }) {
  const definition = fieldOf(entity, field)
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="text-faint">empty</span>
  if (definition?.type === 'reference' && definition.entity !== undefined && isId(value)) return <ReferenceName entity={definition.entity} id={value} />
  if (definition === undefined || definition.type === 'reference')
    return <span className="wrap-anywhere">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  return <FieldValue field={definition} value={value} />
}
