import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { inputClass } from '@/components/input.tsx'
import { cn } from '@/lib/class-names.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { type ReferenceHit, referenceQuery } from '../api/choices.ts'

interface Props {
  entity: 'organisation' | 'contact'
  label: string
  value: string
  /** Null empties the field. */
  onPick: (hit: ReferenceHit | null) => void
  onCancel: () => void
}

/** Finds the record that a field points to. */
export function ReferenceInput({ entity, label, value, onPick, onCancel }: Props) {
  const id = useId()
  const [words, setWords] = useState(value)
  const [chosen, setChosen] = useState(0)
  const rested = useDebounced(words, 120)
  const touched = words !== value
  const { data: found } = useQuery({ ...referenceQuery(entity, rested), enabled: rested !== value && rested.trim() !== '' })
  // Until the words have rested, what was found belongs to other words and must not be picked.
  const waiting = rested !== words || found === undefined
  const hits = waiting ? [] : found
  const open = touched && words.trim() !== ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key === 'ArrowDown') setChosen((index) => Math.min(index + 1, hits.length - 1))
    if (event.key === 'ArrowUp') setChosen((index) => Math.max(index - 1, 0))
    if (event.key === 'Enter') {
      event.preventDefault()
      const hit = hits[chosen]
      if (words.trim() === '') onPick(null)
      else if (hit !== undefined) onPick(hit)
      else if (!touched) onCancel()
    }
  }
  return (
    <div className="relative">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        aria-activedescendant={open && hits[chosen] !== undefined ? `${id}-${chosen}` : undefined}
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit this field
        autoFocus
        className={inputClass}
        value={words}
        placeholder={`Search ${entity}s; empty for none`}
        onChange={(event) => {
          setWords(event.target.value)
          setChosen(0)
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => (words.trim() === '' && value !== '' ? onPick(null) : onCancel())}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div id={id} role="listbox" aria-label={`${label} found`} className="absolute inset-x-0 top-full z-30 mt-1 rounded-panel bg-raised p-1 shadow-float">
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the combobox has the keyboard and names the option
            <div
              key={hit.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={cn('flex h-8 cursor-default items-center gap-2 rounded-[5px] px-2 text-sm', index === chosen && 'bg-hover')}
              onMouseMove={() => setChosen(index)}
              onMouseDown={(event) => {
                event.preventDefault()
                onPick(hit)
              }}
            >
              <span className="truncate">{hit.label}</span>
              <span className="min-w-0 truncate text-xs text-faint">{hit.detail}</span>
            </div>
          ))}
          {hits.length === 0 && <p className="px-2 py-1.5 text-sm text-faint">{waiting ? 'Searching…' : `No ${entity} fits these words.`}</p>}
        </div>
      )}
    </div>
  )
}
