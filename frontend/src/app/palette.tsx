import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { OverlayContent } from '@/components/dialog.tsx'
import { Kbd } from '@/components/kbd.tsx'
import { useStartConversation } from '@/features/chat/api/use-start-conversation.ts'
import { cn } from '@/lib/class-names.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { type PaletteEntry, paletteEntries } from './palette-entries.ts'
import { useRecordSearch } from './search-records.ts'
import { sectionsFor } from './settings-sections.ts'

function Results({
  entries,
  chosen,
  onChoose,
  onRun,
}: {
  entries: readonly PaletteEntry[]
  chosen: number
  onChoose: (index: number) => void
  onRun: (entry: PaletteEntry) => void
}) {
  return (
    <div id="palette-results" role="listbox" aria-label="Results" className="min-h-0 flex-1 overflow-y-auto p-1.5">
      {entries.map((entry, index) => (
        <div key={entry.id} role="presentation">
          {entry.group !== entries[index - 1]?.group && <p className="px-2 pt-2 pb-1 text-xs text-faint">{entry.group}</p>}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keyboard */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: options are named by aria-activedescendant */}
          <div
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => onChoose(index)}
            onClick={() => onRun(entry)}
            className={cn('flex h-9 cursor-default items-center gap-2.5 rounded-control px-2 text-sm', index === chosen && 'bg-hover')}
          >
            <entry.icon aria-hidden className="size-4 shrink-0 text-faint" strokeWidth={1.75} />
            <span className="shrink-0 truncate max-md:max-w-[60%]">{entry.label}</span>
            {entry.detail !== undefined && <span className="min-w-0 truncate text-faint">{entry.detail}</span>}
          </div>
        </div>
      ))}
      {entries.length === 0 && <p className="px-2 py-8 text-center text-sm text-faint">Nothing fits these words.</p>}
    </div>
  )
}

/** Ctrl or ⌘ K: every record, page and command by its name. */
export function Palette({ session, open, onOpenChange }: { session: CurrentSession; open: boolean; onOpenChange: (open: boolean) => void }) {
  const navigate = useNavigate()
  const start = useStartConversation()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState(0)
  const { data: found = [] } = useRecordSearch(useDebounced(words, 120))
  const entries = useMemo(() => paletteEntries(words, found, sectionsFor(session), (to) => navigate({ to }), start), [words, found, session, navigate, start])
  useEffect(() => {
    if (open) setWords('')
  }, [open])
  const run = (entry: PaletteEntry) => {
    onOpenChange(false)
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((index) => (entries.length === 0 ? 0 : (index + step + entries.length) % entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const entry = entries[chosen]
      if (entry !== undefined) run(entry)
    }
  }
  const current = entries[chosen]
  useEffect(() => {
    if (current !== undefined) document.getElementById(`palette-${current.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <OverlayContent
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(480px,70dvh)] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 animate-rise flex-col overflow-hidden rounded-panel bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <div className="flex items-center gap-2.5 border-b px-3.5">
            <Search aria-hidden className="size-4 text-faint" />
            <input
              role="combobox"
              aria-label="Search or run a command"
              aria-expanded="true"
              aria-controls="palette-results"
              aria-autocomplete="list"
              aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
              placeholder="Search or run a command"
              value={words}
              onChange={(event) => {
                setWords(event.target.value)
                setChosen(0)
              }}
              onKeyDown={onKeyDown}
              className="h-12 flex-1 bg-transparent text-base outline-none"
            />
            <Kbd>Esc</Kbd>
          </div>
          <Results entries={entries} chosen={chosen} onChoose={setChosen} onRun={run} />
        </OverlayContent>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
