import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { AboutRecord } from '@/components/about-record.tsx'
import { Button } from '@/components/button.tsx'
import { FieldValue } from '@/components/field-value.tsx'
import { announceError } from '@/components/toast.tsx'
import { messageOf } from '@/lib/api-error.ts'
import { cn } from '@/lib/class-names.ts'
import { isPageEntity, type PageEntity, pathOfRecord } from '@/lib/record-links.ts'
import type { CrmRecord } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { useUpdateRecord } from '../api/records.ts'
import { fieldValueOf, type RecordField } from '../record-fields.ts'
import { FieldEditor } from './field-editor.tsx'

/** What may take more than one line. */
const looks: Partial<Record<RecordField['type'], string>> = {
  longText: 'py-1.5 whitespace-pre-wrap wrap-anywhere',
  tags: 'py-1.5',
  multiChoice: 'py-1.5',
  list: 'py-1.5 wrap-anywhere',
}

function FieldRow({ entity, record, field }: { entity: PageEntity; record: CrmRecord; field: RecordField }) {
  const [editing, setEditing] = useState(false)
  const update = useUpdateRecord(entity)
  const editable = useMayWrite() && field.editable
  const value = fieldValueOf(record, field.key)
  const referenceId = field.reference === undefined ? undefined : record[field.reference.idKey]
  const href =
    field.reference !== undefined && typeof referenceId === 'string' && isPageEntity(field.reference.entity)
      ? pathOfRecord(field.reference.entity, referenceId)
      : undefined
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const row = useRef<HTMLElement>(null)
  const pencil = useRef<HTMLButtonElement>(null)
  const hadKeyboard = useRef(false)
  const close = () => {
    hadKeyboard.current = row.current?.contains(document.activeElement) === true
    setEditing(false)
  }
  useEffect(() => {
    // The editor is gone: the keyboard stays at its field, unless it has gone elsewhere already.
    if (!editing && hadKeyboard.current) pencil.current?.focus()
    hadKeyboard.current = false
  }, [editing])
  const save = (change: Record<string, unknown>) => {
    // What was typed stays in its editor until it is kept, so that a refusal costs nobody their words; once the page is left, a toast tells of it.
    if (!update.isPending) update.mutateAsync({ id: record.id, change }).then(close, (error) => row.current === null && announceError(error))
  }
  const edit = () => {
    update.reset()
    setEditing(true)
  }
  return (
    <div className="grid grid-cols-[118px_minmax(0,1fr)] items-start gap-x-2">
      <dt className="flex h-8 items-center truncate text-sm text-faint">{field.label}</dt>
      <dd ref={row} className="min-w-0 text-sm">
        {editing ? (
          <FieldEditor
            entity={entity}
            field={field}
            value={value}
            referenceId={typeof referenceId === 'string' ? referenceId : undefined}
            onSave={save}
            onCancel={close}
            error={update.isError ? messageOf(update.error) : undefined}
          />
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the pencil is the same for the keyboard
          <div
            className="group flex min-h-8 items-center gap-1 rounded-control pl-2.5 hover:bg-hover"
            onClick={(event) => {
              if (editable && !(event.target as Element).closest('a')) edit()
            }}
          >
            <span className={cn('min-w-0 flex-1', looks[field.type] ?? 'block truncate')}>
              {update.isPending ? (
                <span className="text-faint">Saving…</span>
              ) : empty ? (
                <span className="text-faint">–</span>
              ) : (
                <FieldValue field={field} value={value} currency={record.currency as string | null} href={href} wraps />
              )}
            </span>
            {editable && (
              <button
                ref={pencil}
                type="button"
                aria-label={`Edit ${field.label.toLowerCase()}`}
                onClick={edit}
                className="grid size-7 shrink-0 place-items-center rounded-control text-faint opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100"
              >
                <Pencil className="size-3.5" />
              </button>
            )}
          </div>
        )}
      </dd>
    </div>
  )
}

const always = new Set(['owner', 'tags', 'email', 'phone', 'organisation'])

/** A record's fields, each editable in place; empty ones behind a button until they are wanted. */
export function FieldList({ entity, record, fields }: { entity: PageEntity; record: CrmRecord; fields: readonly RecordField[] }) {
  const [all, setAll] = useState(false)
  const filled = (field: RecordField) => {
    const value = fieldValueOf(record, field.key)
    return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  }
  const shown = fields.filter((field) => all || filled(field) || always.has(field.key))
  const hidden = fields.length - fields.filter((field) => filled(field) || always.has(field.key)).length
  return (
    <>
      <dl className="flex flex-col gap-0.5">
        {typeof record.related_id === 'string' && (
          <div className="grid grid-cols-[118px_minmax(0,1fr)] items-start gap-x-2">
            <dt className="flex h-8 items-center truncate text-sm text-faint">About</dt>
            <dd className="flex min-h-8 min-w-0 items-center pl-2.5 text-sm">
              <AboutRecord type={record.related_type} id={record.related_id} />
            </dd>
          </div>
        )}
        {shown.map((field) => (
          <FieldRow key={field.key} entity={entity} record={record} field={field} />
        ))}
      </dl>
      {hidden > 0 && (
        <Button small look="quiet" className="mt-2 -ml-2" onClick={() => setAll(!all)}>
          {all ? 'Hide empty fields' : `Show ${hidden} empty ${hidden === 1 ? 'field' : 'fields'}`}
        </Button>
      )}
    </>
  )
}
