import type { Turn } from '../tools/turn.ts'
import type { Masking } from './masking.ts'
import { createSafeText } from './text/safe-text.ts'

/** What a model says on its way to its reader: people put back, and nothing in it that loads or leads out. */
export interface Speech {
  /** All that was said. */
  readonly text: string
  /** Takes the next piece of the model. */
  push(piece: string): void
  /** Begins a new paragraph before the next piece, when something was said. */
  pause(): void
  /** Says what was still held back. */
  end(): void
}

export interface SpeechOptions {
  turn: Turn
  masking: Masking | undefined
  /** Texts in which an address may stand that may be named once words of others were read. */
  seen: readonly string[]
  say(text: string): void
}

export function createSpeech({ turn, masking, seen, say }: SpeechOptions): Speech {
  const safe = createSafeText(() => (turn.taint === undefined ? undefined : (address) => seen.some((known) => known.includes(address))))
  let text = ''
  let held = ''
  let isPausing = false

  function tell(piece: string) {
    if (piece === '') return
    text += piece
    say(piece)
  }

  return {
    get text() {
      return text
    },
    push(piece) {
      if (piece === '') return
      const next = isPausing && text !== '' ? `\n\n${piece}` : piece
      isPausing = false
      if (masking === undefined) return tell(safe.push(next))
      const split = masking.split(held + next)
      held = split.held
      tell(safe.push(split.whole))
    },
    pause() {
      isPausing = true
    },
    end() {
      tell(safe.push(held) + safe.end())
      held = ''
    },
  }
}
