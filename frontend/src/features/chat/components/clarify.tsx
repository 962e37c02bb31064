import { useEffect } from 'react'
import type { DataClarify } from '#contracts/chat.ts'
import { Button } from '@/components/button.tsx'
import { Kbd } from '@/components/kbd.tsx'

interface ClarifyProps {
  data: DataClarify
  /** The answer's text has put the question already. */
  asked: boolean
  answered: boolean
  onAsk: (message: string) => void
}

const mostKeys = 9

/** Whether a key pressed there is text that somebody writes. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
}

/** The readings of a question that is not clear, as buttons; the digits choose too, and in the message box a digit sent does. */
export function Clarify({ data, asked, answered, onAsk }: ClarifyProps) {
  useEffect(() => {
    if (answered) return
    const choose = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || !/^[1-9]$/.test(event.key)) return
      const option = data.options[Number(event.key) - 1]
      if (option === undefined) return
      event.preventDefault()
      onAsk(option.message)
    }
    window.addEventListener('keydown', choose)
    return () => window.removeEventListener('keydown', choose)
  }, [answered, data, onAsk])
  return (
    <div className="flex flex-col items-start gap-2">
      {!asked && <p>{data.question}</p>}
      <div className="flex flex-wrap gap-1.5">
        {data.options.map((option, index) => (
          <Button
            key={option.message}
            disabled={answered}
            aria-keyshortcuts={index < mostKeys ? String(index + 1) : undefined}
            className="h-auto min-h-8 max-w-full shrink! py-1 text-left whitespace-normal"
            onClick={() => onAsk(option.message)}
          >
            {!answered && index < mostKeys && (
              <span aria-hidden>
                <Kbd>{index + 1}</Kbd>
              </span>
            )}
            {option.label}
          </Button>
        ))}
      </div>
      {!answered && (
        <p lang="en" className="text-xs text-faint">
          Choose one, send its number, or say it in other words.
        </p>
      )}
    </div>
  )
}
