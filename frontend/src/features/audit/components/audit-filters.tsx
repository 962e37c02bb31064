import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Select } from '@/components/input.tsx'
import { auditPeopleQuery } from '../api/audit.ts'
import type { AuditSearch } from '../audit-search.ts'
import { knownEvents, nameOfEvent } from '../event-names.ts'

export function AuditFilters({ search, onSearch }: { search: AuditSearch; onSearch: (next: AuditSearch) => void }) {
  const people = useQuery(auditPeopleQuery)
  const [operation, setOperation] = useState(search.operation ?? '')
  // The server wants the whole name, so nothing is asked before it is typed.
  const ask = () => {
    const wanted = operation.trim() || undefined
    if (wanted !== search.operation) onSearch({ ...search, operation: wanted })
  }
  const filtered = Object.values(search).some((value) => value !== undefined)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-1.5">
      <Select
        aria-label="Event"
        className="w-40 max-md:w-[calc(50%-3px)]"
        value={search.event ?? ''}
        onChange={(event) => onSearch({ ...search, event: event.target.value || undefined })}
      >
        <option value="">All events</option>
        {knownEvents(search.event).map((name) => (
          <option key={name} value={name}>
            {nameOfEvent(name)}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Person"
        className="w-40 max-md:w-[calc(50%-3px)]"
        value={search.userId ?? ''}
        onChange={(event) => onSearch({ ...search, userId: event.target.value || undefined })}
      >
        <option value="">Everybody</option>
        {people.data?.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </Select>
      <Input
        aria-label="Operation"
        placeholder="Operation, such as contacts.update"
        spellCheck={false}
        autoCapitalize="none"
        className="w-60 max-md:w-full"
        value={operation}
        onChange={(event) => setOperation(event.target.value)}
        onBlur={ask}
        onKeyDown={(event) => event.key === 'Enter' && ask()}
      />
      <Input
        type="date"
        aria-label="From"
        className="w-36 max-md:w-[calc(50%-3px)]"
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => onSearch({ ...search, from: event.target.value || undefined })}
      />
      <Input
        type="date"
        aria-label="To"
        className="w-36 max-md:w-[calc(50%-3px)]"
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => onSearch({ ...search, to: event.target.value || undefined })}
      />
      {filtered && (
        <Button
          look="quiet"
          onClick={() => {
            setOperation('')
            onSearch({})
          }}
        >
          Show all
        </Button>
      )}
    </div>
  )
}
