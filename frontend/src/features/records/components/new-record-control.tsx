import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { Input, Labelled, Select, Textarea } from '@/components/input.tsx'
import { choiceWord } from '@/lib/choice-words.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { sessionQuery } from '@/lib/session.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { referenceQuery, valuesQuery } from '../api/choices.ts'
import type { NewField } from './use-new-fields.ts'

const inputTypes: Partial<Record<NewField['field']['type'], string>> = { email: 'email', phone: 'tel', date: 'date', datetime: 'datetime-local' }

interface Props extends NewField {
  entity: PageEntity
  value: string
  onValue: (value: string) => void
  error: string | undefined
}

/** A field of the new record, with what it may be or has been elsewhere. */
export function NewRecordControl({ entity, field, options, first, value, onValue, error }: Props) {
  const id = `new-${field.key}`
  const listId = useId()
  const { data: session } = useQuery(sessionQuery)
  const placeholders: Partial<Record<typeof field.type, string>> = {
    currency: session == null ? 'Such as EUR' : `${session.workspace.currency} if left empty`,
    tags: 'Separate with ;',
    list: 'Separate with ;',
  }
  const isOrganisation = field.reference?.entity === 'organisations'
  const words = useDebounced(value, 150).trim()
  const { data: organisations } = useQuery({ ...referenceQuery('organisation', words), enabled: isOrganisation && words !== '' })
  const { data: values } = useQuery({ ...valuesQuery(entity, field.key), enabled: options === undefined && field.vocabulary && field.type !== 'tags' })
  const suggestions = isOrganisation ? organisations?.map(({ label }) => label) : values
  const isNew = isOrganisation && words !== '' && words === value.trim() && organisations?.every(({ label }) => label.toLowerCase() !== words.toLowerCase())
  const hint = isNew
    ? 'Not here yet: it is created too.'
    : field.reference?.entity === 'stages' && options === undefined
      ? 'The first stage makes the pipeline.'
      : undefined
  return (
    <Labelled label={field.label} htmlFor={id} error={error} hint={hint}>
      {options !== undefined ? (
        <Select id={id} value={value} onChange={(event) => onValue(event.target.value)}>
          {(first === '' || field.reference !== undefined) && <option value="">{field.reference === undefined ? '' : 'None'}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.value === 'true' ? 'Yes' : option.value === 'false' ? 'No' : choiceWord(field.key, option.label)}
            </option>
          ))}
        </Select>
      ) : field.type === 'longText' ? (
        <Textarea id={id} value={value} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <Input
          id={id}
          type={inputTypes[field.type] ?? 'text'}
          list={suggestions === undefined ? undefined : listId}
          placeholder={placeholders[field.type]}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
      {suggestions !== undefined && (
        <datalist id={listId}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Labelled>
  )
}
