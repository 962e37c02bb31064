import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { entities } from '#contracts/entities.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { type PageEntity, pathOfRecord } from '@/lib/record-links.ts'
import { labelOf } from '@/lib/records.ts'
import { useCreateRecord } from '../api/records.ts'
import type { RecordField } from '../record-fields.ts'
import { NewRecordControl } from './new-record-control.tsx'
import { type NewField, useNewFields } from './use-new-fields.ts'

const leftOut = new Set(['external_id', 'last_contacted_at', 'stage_changed_at', 'converted_at', 'completed_at', 'actual_close_date'])

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

function toBody(fields: readonly NewField[], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const { field, options } of fields) {
    const text = values[field.key]?.trim() ?? ''
    if (text === '') continue
    const value = field.type === 'datetime' ? new Date(text).toISOString() : field.type === 'boolean' ? text === 'true' : text
    if (field.key.startsWith('custom.')) custom[field.key.slice(7)] = value
    else body[options !== undefined && field.reference !== undefined ? field.reference.idKey : field.key] = value
  }
  return Object.keys(custom).length === 0 ? body : { ...body, custom }
}

export function NewRecordDialog({
  entity,
  fields,
  open,
  onOpenChange,
  about,
}: {
  entity: PageEntity
  fields: readonly RecordField[]
  /** The record that the new one is about, as the server names it, and what people call it. */
  about?: { values: Record<string, unknown>; name: string } | undefined
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const navigate = useNavigate()
  const create = useCreateRecord(entity)
  const [values, setValues] = useState<Record<string, string>>({})
  const [all, setAll] = useState(false)
  const { label, defaultColumns, requiredAny } = entities[entity]
  const needed = new Set(requiredAny.flat())
  const writable = useNewFields(fields.filter((field) => field.editable && !leftOut.has(field.key)))
  const shown = all ? writable : writable.filter(({ field }) => needed.has(field.key) || defaultColumns.includes(field.key) || field.key === 'body')
  const given = { ...Object.fromEntries(writable.map(({ field, first }) => [field.key, first])), ...values }
  const errors = errorsByField(create.error)
  const errorOf = ({ field }: NewField) => errors[field.key] ?? (field.reference === undefined ? undefined : errors[field.reference.idKey])
  const change = (next: boolean) => {
    if (!next) {
      setValues({})
      create.reset()
    }
    onOpenChange(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(
      { ...toBody(writable, given), ...about?.values },
      {
        onSuccess: (record) => {
          change(false)
          announce(`${labelOf(entity, record)} is created.`)
          // What is about a record appears on its page.
          if (about === undefined) void navigate({ to: pathOfRecord(entity, record.id) })
        },
      },
    )
  }
  const filled = requiredAny.some((group) => group.every((key) => (given[key]?.trim() ?? '') !== ''))
  const hint = requiredAny.map((group) => group.map((key) => inSentence(fields.find((field) => field.key === key)?.label ?? key)).join(' and ')).join(', or ')
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`New ${label.toLowerCase()}`}
      description={`${about === undefined ? '' : `About ${about.name}. `}Needs ${hint}.${entity === 'emails' ? ' This keeps an e-mail that was written elsewhere; nothing is sent.' : ''}`}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid min-h-0 grid-cols-2 gap-3 overflow-y-auto p-4 max-md:grid-cols-1">
          {shown.map((one) => (
            <div key={one.field.key} className={one.field.type === 'longText' ? 'col-span-full' : undefined}>
              <NewRecordControl
                entity={entity}
                {...one}
                value={given[one.field.key] ?? ''}
                onValue={(value) => setValues({ ...values, [one.field.key]: value })}
                error={errorOf(one)}
              />
            </div>
          ))}
          {/* What is wrong with a field that is not shown is said all the same. */}
          {create.isError && shown.every((one) => errorOf(one) === undefined) && (
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
