import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '@/lib/session.ts'
import { usersQuery } from '../api/choices.ts'
import { pipelineQuery } from '../api/pipeline.ts'
import type { RecordField } from '../record-fields.ts'

/** A field of a record that is being written down. */
export interface NewField {
  field: RecordField
  /** What it can be, when that is known; people and stages by their ids. */
  options: readonly { value: string; label: string }[] | undefined
  /** What it is until somebody says otherwise. */
  first: string
}

const plain = (choices: readonly string[]) => choices.map((value) => ({ value, label: value }))

/**
 * People and stages are chosen from those there are, for a stage that is typed becomes a column on everybody's board. Without a
 * pipeline the first stage is typed, and makes one. A record belongs to whoever writes it down, a deal to the first stage.
 */
export function useNewFields(fields: readonly RecordField[]): NewField[] {
  const pointsTo = (entity: string) => fields.some((field) => field.reference?.entity === entity)
  const { data: session } = useQuery(sessionQuery)
  const { data: users = [] } = useQuery({ ...usersQuery, enabled: pointsTo('users') })
  const { data: pipelines = [] } = useQuery({ ...pipelineQuery(false), enabled: pointsTo('stages') })
  const people = users.filter(({ active }) => active !== false).map(({ id, name }) => ({ value: id, label: name }))
  const stages = pipelines.flatMap(({ name: pipeline, stages: own }) =>
    own.map(({ id, name }) => ({ value: id, label: pipelines.length > 1 ? `${name} (${pipeline})` : name })),
  )
  const me = people.find(({ value }) => value === session?.user.id)?.value ?? ''
  return fields.map((field): NewField => {
    if (field.reference?.entity === 'users') return { field, options: people, first: me }
    if (field.reference?.entity === 'stages' && stages.length > 0) return { field, options: stages, first: stages[0]?.value ?? '' }
    if (field.type === 'boolean') return { field, options: plain(['true', 'false']), first: '' }
    if (field.type === 'multiChoice' || field.choices === undefined) return { field, options: undefined, first: '' }
    return { field, options: plain(field.choices), first: field.key === 'visibility' ? 'everyone' : '' }
  })
}
