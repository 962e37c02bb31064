import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Input, Textarea } from '@/components/input.tsx'
import { choiceWord } from '@/lib/choice-words.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { usersQuery, valuesQuery } from '../api/choices.ts'
import { pipelineQuery } from '../api/pipeline.ts'
import { changeOf, type RecordField } from '../record-fields.ts'
import { PickOne } from './pick-one.tsx'
import { ReferenceInput } from './reference-input.tsx'

interface Props {
  entity: PageEntity
  field: RecordField
  value: unknown
  /** Of what the field points to. */
  referenceId: string | undefined
  /** Given the body of the change. */
  onSave: (change: Record<string, unknown>) => void
  onCancel: () => void
  /** Why the last attempt was refused. */
  error?: string | undefined
}

/** An instant as `datetime-local` wants it: the reader's own clock, without a zone. */
function toLocalInput(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function asText(field: RecordField, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('; ')
  return field.type === 'datetime' ? toLocalInput(String(value)) : String(value)
}

function parse(field: RecordField, text: string): unknown {
  const trimmed = text.trim()
  if (field.type === 'tags' || field.type === 'list' || field.type === 'multiChoice')
    return trimmed
      .split(/[;,]/)
      .map((part) => part.trim())
      .filter(Boolean)
  if (trimmed === '') return null
  if (field.type === 'integer' || field.type === 'number') return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed
  if (field.type === 'datetime') return new Date(trimmed).toISOString()
  if (field.type === 'boolean') return trimmed === 'true'
  return field.type === 'longText' ? text : trimmed
}

const inputTypes: Partial<Record<RecordField['type'], string>> = { email: 'email', phone: 'tel', date: 'date', datetime: 'datetime-local' }

/** People and stages are chosen from those there are. */
function ChosenReference({ field, referenceId, onSave, onCancel, error }: Omit<Props, 'entity' | 'value'>) {
  const users = useQuery({ ...usersQuery, enabled: field.reference?.entity === 'users' })
  const pipelines = useQuery({ ...pipelineQuery(false), enabled: field.reference?.entity !== 'users' })
  const options =
    field.reference?.entity === 'users'
      ? (users.data ?? []).map((user) => ({ id: user.id, name: user.name }))
      : (pipelines.data ?? []).flatMap((pipeline) =>
          pipeline.stages.map((stage) => ({ id: stage.id, name: (pipelines.data?.length ?? 0) > 1 ? `${stage.name} (${pipeline.name})` : stage.name })),
        )
  return (
    <PickOne
      label={field.label}
      value={referenceId ?? ''}
      refused={error !== undefined}
      onPick={(id) => onSave({ [field.reference?.idKey ?? field.key]: id || null })}
      onCancel={onCancel}
    >
      <option value="">{field.key === 'owner' ? 'Nobody' : 'None'}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </PickOne>
  )
}

/** The control that changes one field in place: Enter keeps, Escape leaves it. */
export function FieldEditor(props: Props) {
  return (
    <>
      <Editor {...props} />
      {props.error !== undefined && (
        <p role="alert" className="mt-1 mb-1.5 text-xs text-danger">
          {props.error}
        </p>
      )}
    </>
  )
}

function Editor({ entity, field, value, referenceId, onSave, onCancel, error }: Props) {
  const listId = useId()
  const [text, setText] = useState(() => asText(field, value))
  const suggestions = useQuery({
    ...valuesQuery(entity, field.key),
    enabled: (field.vocabulary || (field.type === 'choice' && field.choices === undefined)) && field.type !== 'tags' && !field.key.startsWith('custom.'),
  })
  const tried = useRef<string>(undefined)
  const input = useRef<HTMLInputElement>(null)
  const save = () => {
    // Half a date is no wish to empty the field: the browser says what is missing.
    if (input.current?.validity.badInput === true) return void input.current.reportValidity()
    if (text === asText(field, value)) return onCancel()
    tried.current = text
    onSave(changeOf(field, parse(field, text)))
  }
  /** Leaving the field keeps the change; leaving what was just refused gives it up. */
  const leave = () => (error !== undefined && text === tried.current ? onCancel() : save())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key === 'Enter' && (field.type !== 'longText' || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save()
    }
  }
  const reference = field.reference?.entity
  if (reference === 'users' || reference === 'stages')
    return <ChosenReference field={field} referenceId={referenceId} onSave={onSave} onCancel={onCancel} error={error} />
  if (reference === 'organisations' || reference === 'contacts') {
    return (
      <ReferenceInput
        entity={reference === 'organisations' ? 'organisation' : 'contact'}
        label={field.label}
        value={String(value ?? '')}
        onPick={(hit) => onSave({ [field.reference?.idKey ?? field.key]: hit?.id ?? null })}
        onCancel={onCancel}
      />
    )
  }
  const choices = field.type === 'boolean' ? ['true', 'false'] : field.type === 'multiChoice' ? undefined : field.choices
  if (choices !== undefined) {
    return (
      <PickOne
        label={field.label}
        value={text}
        refused={error !== undefined}
        onPick={(next) => onSave(changeOf(field, parse(field, next)))}
        onCancel={onCancel}
      >
        {/* Some group always sees a record. */}
        {(text === '' || (field.type !== 'boolean' && field.key !== 'visibility')) && <option value="">None</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'true' ? 'Yes' : choice === 'false' ? 'No' : choiceWord(field.key, choice)}
          </option>
        ))}
      </PickOne>
    )
  }
  if (field.type === 'longText') {
    return (
      <Textarea
        aria-label={field.label}
        autoFocus
        rows={6}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
    )
  }
  return (
    <>
      <Input
        ref={input}
        aria-label={field.label}
        autoFocus
        type={inputTypes[field.type] ?? 'text'}
        inputMode={field.type === 'money' || field.type === 'number' ? 'decimal' : field.type === 'integer' ? 'numeric' : undefined}
        list={suggestions.data === undefined ? undefined : listId}
        placeholder={field.type === 'tags' || field.type === 'list' ? 'Separate with ;' : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      {suggestions.data !== undefined && (
        <datalist id={listId}>
          {suggestions.data.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}
