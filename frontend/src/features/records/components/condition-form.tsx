import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Condition } from '#contracts/query.ts'
import { Button } from '@/components/button.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { choiceWord } from '@/lib/choice-words.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { usersQuery, valuesQuery } from '../api/choices.ts'
import { conditionFrom, needsValue, operatorsOf, spans } from '../list-filter.ts'
import type { RecordField } from '../record-fields.ts'

const inputTypes: Partial<Record<RecordField['type'], string>> = { date: 'date', datetime: 'date' }
const numeric = new Set<RecordField['type']>(['integer', 'number', 'money'])

interface Props {
  entity: PageEntity
  fields: readonly RecordField[]
  onAdd: (condition: Condition) => void
  onCancel: () => void
}

/** One condition: a field, how it is compared, and with what. */
export function ConditionForm({ entity, fields, onAdd, onCancel }: Props) {
  const id = useId()
  const [key, setKey] = useState(fields[0]?.key ?? '')
  const field = fields.find((one) => one.key === key) ?? fields[0]
  const operators = field === undefined ? [] : operatorsOf(field)
  const [chosen, setChosen] = useState(operators[0]?.op)
  const op = operators.find((one) => one.op === chosen)?.op ?? operators[0]?.op
  const [text, setText] = useState('')
  if (field === undefined || op === undefined) return null
  const condition = conditionFrom(field, op, text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (condition !== undefined) onAdd(condition)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-4">
      <Labelled label="Field" htmlFor={`${id}-field`}>
        <Select
          id={`${id}-field`}
          value={field.key}
          onChange={(event) => {
            setKey(event.target.value)
            setChosen(undefined)
            setText('')
          }}
        >
          {fields.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Comparison" htmlFor={`${id}-op`}>
        <Select
          id={`${id}-op`}
          value={op}
          onChange={(event) => {
            setChosen(operators.find((one) => one.op === event.target.value)?.op)
            if (op === 'during' || event.target.value === 'during') setText('')
          }}
        >
          {operators.map((one) => (
            <option key={one.op} value={one.op}>
              {one.words}
            </option>
          ))}
        </Select>
      </Labelled>
      {needsValue(op) && (
        <Labelled label="Value" htmlFor={`${id}-value`}>
          <ValueInput id={`${id}-value`} entity={entity} field={field} isSpan={op === 'during'} value={text} onValue={setText} />
        </Labelled>
      )}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={condition === undefined}>
          Add filter
        </Button>
      </div>
    </form>
  )
}

interface ValueProps {
  id: string
  entity: PageEntity
  field: RecordField
  isSpan: boolean
  value: string
  onValue: (value: string) => void
}

function ValueInput({ id, entity, field, isSpan, value, onValue }: ValueProps) {
  const isPerson = field.reference?.entity === 'users'
  const users = useQuery({ ...usersQuery, enabled: isPerson })
  const isOpen = field.vocabulary || (field.type === 'choice' && field.choices === undefined)
  const values = useQuery({ ...valuesQuery(entity, field.key), enabled: isOpen && !isSpan })
  const options = isSpan
    ? Object.entries(spans).map(([key, { words }]) => ({ key, words }))
    : field.type === 'boolean'
      ? [
          { key: 'true', words: 'yes' },
          { key: 'false', words: 'no' },
        ]
      : isPerson
        ? users.data?.map(({ name }) => ({ key: name, words: name }))
        : field.choices?.map((choice) => ({ key: choice, words: choiceWord(field.key, choice) }))
  if (options !== undefined) {
    return (
      <Select id={id} value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">Choose…</option>
        {options.map(({ key, words }) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    )
  }
  const list = isOpen ? `${id}-known` : undefined
  return (
    <>
      <Input
        id={id}
        type={inputTypes[field.type] ?? 'text'}
        inputMode={numeric.has(field.type) ? 'decimal' : undefined}
        list={list}
        value={value}
        maxLength={500}
        onChange={(event) => onValue(event.target.value)}
      />
      {list !== undefined && (
        <datalist id={list}>
          {values.data?.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
      )}
    </>
  )
}
