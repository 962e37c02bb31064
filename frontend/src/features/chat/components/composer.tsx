import { useQuery } from '@tanstack/react-query'
import { ArrowUp, Square } from 'lucide-react'
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { maxMessageLength } from '#contracts/chat.ts'
import { slashCommandsQuery } from '../api/agents.ts'
import { matchingCommands, nameOfCommand, SlashMenu } from './slash-menu.tsx'

export interface ComposerHandle {
  focus: () => void
}

interface Props {
  onSend: (message: string) => void
  /** An answer is being made: the button stops it. */
  busy?: boolean
  onStop?: () => void
  placeholder?: string | undefined
  autoFocus?: boolean
  rows?: number
  ref?: Ref<ComposerHandle>
}

/** The question box: Enter sends, Shift+Enter breaks the line, a slash opens the commands. */
export function Composer({ onSend, busy = false, onStop, placeholder = 'Ask about your customers, deals, tasks…', autoFocus = false, rows = 1, ref }: Props) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const [closed, setClosed] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const menuId = useId()
  const { data: commands = [] } = useQuery(slashCommandsQuery)
  const matches = matchingCommands(text, commands)
  const open = matches !== null && !closed && commands.length > 0

  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus() }))
  useEffect(() => {
    if (autoFocus) box.current?.focus({ preventScroll: true })
  }, [autoFocus])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useEffect(() => {
    const area = box.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`
  }, [text])

  const change = (next: string) => {
    setText(next)
    setChosen(0)
    setClosed(false)
  }
  const send = () => {
    const message = text.trim()
    if (message === '' || busy) return
    onSend(message)
    change('')
  }
  const pick = (index: number) => {
    const command = matches?.[index]
    if (command !== undefined) change(`${nameOfCommand(command)} `)
    box.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (open && matches !== null) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        const step = event.key === 'ArrowDown' ? 1 : -1
        setChosen((index) => (matches.length === 0 ? 0 : (index + step + matches.length) % matches.length))
        return
      }
      if (event.key === 'Escape') {
        event.preventDefault()
        setClosed(true)
        return
      }
      const complete = matches[chosen] !== undefined && text !== nameOfCommand(matches[chosen])
      if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && complete) {
        event.preventDefault()
        pick(chosen)
        return
      }
    }
    // While an input method composes a character, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
  }
  return (
    <div className="relative">
      {open && matches !== null && (
        <SlashMenu id={menuId} commands={matches} chosen={chosen} onHover={setChosen} onPick={(command) => pick(matches.indexOf(command))} />
      )}
      <div className="flex items-end gap-1 rounded-[10px] border border-line-strong bg-page p-1.5 transition-colors focus-within:border-focus focus-within:ring-2 focus-within:ring-focus/20">
        <textarea
          ref={box}
          aria-label="Message"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls={open ? menuId : undefined}
          aria-activedescendant={open && matches !== null && matches.length > 0 ? `${menuId}-${chosen}` : undefined}
          rows={rows}
          maxLength={maxMessageLength}
          value={text}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          className="max-h-55 min-h-8 flex-1 resize-none bg-transparent px-2 py-1.5 text-base leading-5 outline-none max-md:text-[16px]"
        />
        {busy ? (
          <button
            type="button"
            aria-label="Stop"
            title="Stop"
            onClick={onStop}
            className="grid size-8 shrink-0 place-items-center rounded-control bg-text text-page hover:opacity-85"
          >
            <Square className="size-3" fill="currentColor" />
          </button>
        ) : (
          <button
            type="button"
            aria-label="Send"
            title="Send (Enter)"
            disabled={text.trim() === ''}
            onClick={send}
            className="grid size-8 shrink-0 place-items-center rounded-control bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-active disabled:text-faint"
          >
            <ArrowUp className="size-4" strokeWidth={2.25} />
          </button>
        )}
      </div>
    </div>
  )
}
