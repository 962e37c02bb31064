import { type FormEvent, useId, useState } from 'react'
import type { Proposal } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { Input, Labelled, Select, Textarea } from '@/components/input.tsx'
import { choiceWord } from '@/lib/choice-words.ts'
import { type EditableField, editableFields, withField } from '@/lib/proposal-fields.ts'

/** An instant as `datetime-local` wants it: the reader's own clock, without a zone. */
function toLocalInput(instant: string): string {
  const at = new Date(instant)
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function asText({ type, value }: EditableField): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('; ')
  return type === 'datetime' ? toLocalInput(String(value)) : String(value)
}

/** The text as the request wants it: of the kind that stood there before. */
function asValue({ type, value }: EditableField, text: string): unknown {
  if (Array.isArray(value))
    return text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean)
  if (text.trim() === '') return null
  if (type === 'datetime') return new Date(text).toISOString()
  if (typeof value === 'number' && Number.isFinite(Number(text))) return Number(text)
  if (typeof value === 'boolean') return text === 'true'
  return text
}

const inputTypes: Partial<Record<EditableField['type'], string>> = { email: 'email', phone: 'tel', date: 'date', datetime: 'datetime-local' }

function Control({ id, field, text, onText }: { id: string; field: EditableField; text: string; onText: (text: string) => void }) {
  const choices = field.type === 'boolean' ? ['true', 'false'] : field.choices
  if (choices !== undefined && (text === '' || choices.includes(text)))
    return (
      <Select id={id} value={text} onChange={(event) => onText(event.target.value)}>
        {text === '' && <option value="">None</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'true' ? 'Yes' : choice === 'false' ? 'No' : choiceWord(field.path.at(-1) ?? '', choice)}
          </option>
        ))}
      </Select>
    )
  if (field.type === 'longText') return <Textarea id={id} rows={6} value={text} onChange={(event) => onText(event.target.value)} />
  return (
    <Input
      id={id}
      type={Array.isArray(field.value) ? 'text' : (inputTypes[field.type] ?? 'text')}
      value={text}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

/** Puts right what was proposed; it is approved as it then stands, or left. */
export function ProposalEdit({
  proposal,
  busy,
  onApprove,
  onCancel,
}: {
  proposal: Proposal
  busy: boolean
  onApprove: (input: Record<string, unknown>) => void
  onCancel: () => void
}) {
  const base = useId()
  const fields = editableFields(proposal)
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const changed = fields.filter((field) => (texts[field.path.join('.')] ?? asText(field)) !== asText(field))
    onApprove(changed.reduce((input, field) => withField(input, field.path, asValue(field, texts[field.path.join('.')] ?? '')), proposal.input))
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
      className="flex flex-col gap-3"
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-md:grid-cols-1">
        {fields.map((field, index) => {
          const key = field.path.join('.')
          const id = `${base}-${index}`
          return (
            <div key={key} className={field.type === 'longText' ? 'col-span-full' : undefined}>
              <Labelled label={field.label} htmlFor={id} hint={Array.isArray(field.value) ? 'Separate with ;' : undefined}>
                <Control id={id} field={field} text={texts[key] ?? asText(field)} onText={(text) => setTexts({ ...texts, [key]: text })} />
              </Labelled>
            </div>
          )
        })}
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button small look="primary" type="submit" disabled={busy}>
          Approve
        </Button>
        <Button small disabled={busy} onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
