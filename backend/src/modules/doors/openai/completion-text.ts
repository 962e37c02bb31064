import type { MessagePart } from '#contracts/chat.ts'

/** Writes an answer's parts one after the other as one Markdown text, for programs that show nothing else. */
export interface CompletionText {
  /** What follows for a part or a piece of text; empty for parts that are not shown. */
  text(delta: string): string
  part(part: Exclude<MessagePart, { type: 'text' }>): string
  /** The next text is a paragraph of its own. */
  endText(): void
  whole(): string
}

export function createCompletionText(partMarkdown: (part: MessagePart) => string): CompletionText {
  let whole = ''
  let isOpen = false

  function add(piece: string): string {
    const separated = !isOpen && whole !== '' && piece !== '' ? `\n\n${piece}` : piece
    whole += separated
    return separated
  }

  return {
    text(delta) {
      const piece = add(delta)
      isOpen = true
      return piece
    },
    part(part) {
      isOpen = false
      // How it was found is for people who look at ChatSG itself.
      return part.type === 'data-plan' ? '' : add(partMarkdown(part).trim())
    },
    endText() {
      isOpen = false
    },
    whole: () => whole,
  }
}
