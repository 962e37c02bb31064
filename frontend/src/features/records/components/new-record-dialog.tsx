import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { entities } from '#contracts/entities.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Select, Textarea } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { choiceWord } from '@/lib/choice-words.ts'
import { type PageEntity, pathOfRecord } from '@/lib/record-links.ts'
import { usersQuery } from '../api/choices.ts'
import { useCreateRecord } from '../api/records.ts'
import { labelOf, type RecordField } from '../record-fields.ts'

const leftOut = new Set(['external_id', 'last_contacted_at', 'stage_changed_at', 'converted_at', 'completed_at', 'actual_close_date'])
const inputTypes: Partial<Record<RecordField['type'], string>> = { email: 'email', phone: 'tel', date: 'date', datetime: 'datetime-local' }

function Control({ field, value, onValue, first }: { field: RecordField; value: string; onValue: (value: string) => void; first: boolean }) {
  const users = useQuery({ ...usersQuery, enabled: field.reference?.entity === 'users' })
  const id = `new-${field.key}`
  const options = field.reference?.entity === 'users' ? users.data?.map((user) => user.name) : field.type === 'boolean' ? undefined : field.choices
  if (field.type === 'boolean' || options !== undefined) {
    return (
      <Select id={id} value={field.key === 'visibility' ? value || 'everyone' : value} onChange={(event) => onValue(event.target.value)}>
        {field.key !== 'visibility' && <option value="" />}
        {(options ?? ['true', 'false']).map((option) => (
          <option key={option} value={option}>
            {option === 'true' ? 'Yes' : option === 'false' ? 'No' : choiceWord(field.key, option)}
          </option>
        ))}
      </Select>
    )
  }
  if (field.type === 'longText') return <Textarea id={id} value={value} onChange={(event) => onValue(event.target.value)} />
  return (
    <Input id={id} type={inputTypes[field.type] ?? 'text'} data-first={first || undefined} value={value} onChange={(event) => onValue(event.target.value)} />
  )
}

/** A label within a sentence; abbreviations such as SKU keep their capitals. */
const inSentence = (label: string): string => (label === label.toUpperCase() ? label : label.toLowerCase())

/** Field errors of a refused record, by field. */
function errorsByField(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const found: Record<string, string> = {}
  for (const detail of error.details) {
    const { field, path, message } = detail as { field?: string; path?: string | (string | number)[]; message?: string }
    const key = field ?? (Array.isArray(path) ? path.join('.') : path)
    if (key !== undefined && message !== undefined) found[key.replace(/^body[./]/, '')] = message
  }
  return found
}

function toBody(fields: readonly RecordField[], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const field of fields) {
    const text = values[field.key]?.trim() ?? ''
    if (text === '') continue
    const value = field.type === 'datetime' ? new Date(text).toISOString() : field.type === 'boolean' ? text === 'true' : text
    if (field.key.startsWith('custom.')) custom[field.key.slice(7)] = value
    else body[field.key] = value
  }
  return Object.keys(custom).length === 0 ? body : { ...body, custom }
}

export function NewRecordDialog({
  entity,
  fields,
  open,
  onOpenChange,
}: {
  entity: PageEntity
  fields: readonly RecordField[]
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const navigate = useNavigate()
  const create = useCreateRecord(entity)
  const [values, setValues] = useState<Record<string, string>>({})
  const [all, setAll] = useState(false)
  const { label, defaultColumns, requiredAny } = entities[entity]
  const needed = new Set(requiredAny.flat())
  const writable = fields.filter((field) => field.editable && !leftOut.has(field.key))
  const shown = all ? writable : writable.filter((field) => needed.has(field.key) || defaultColumns.includes(field.key) || field.key === 'body')
  const errors = errorsByField(create.error)
  const change = (next: boolean) => {
    if (!next) {
      setValues({})
      create.reset()
    }
    onOpenChange(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(toBody(writable, values), {
      onSuccess: (record) => {
        change(false)
        announce(`${labelOf(entity, record)} is created.`)
        void navigate({ to: pathOfRecord(entity, record.id) })
      },
    })
  }
  const filled = requiredAny.some((group) => group.every((key) => (values[key]?.trim() ?? '') !== ''))
  const hint = requiredAny.map((group) => group.map((key) => inSentence(fields.find((field) => field.key === key)?.label ?? key)).join(' and ')).join(', or ')
  return (
    <Dialog open={open} onOpenChange={change} title={`New ${label.toLowerCase()}`} description={`Needs ${hint}.`}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid min-h-0 grid-cols-2 gap-3 overflow-y-auto p-4 max-md:grid-cols-1">
          {shown.map((field, index) => (
            <div key={field.key} className={field.type === 'longText' ? 'col-span-full' : undefined}>
              <Labelled label={field.label} htmlFor={`new-${field.key}`} error={errors[field.key]}>
                <Control field={field} value={values[field.key] ?? ''} onValue={(value) => setValues({ ...values, [field.key]: value })} first={index === 0} />
              </Labelled>
            </div>
          ))}
          {create.isError && Object.keys(errors).length === 0 && (
            <div className="col-span-full">
              <ErrorState compact error={create.error} />
            </div>
          )}
        </div>
        <footer className="flex items-center gap-2 border-t px-4 py-3">
          <Button look="quiet" className="-ml-2" onClick={() => setAll(!all)}>
            {all ? 'Fewer fields' : 'All fields'}
          </Button>
          <span className="flex-1" />
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!filled || create.isPending}>
            {create.isPending ? 'Creating…' : `Create ${label.toLowerCase()}`}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
