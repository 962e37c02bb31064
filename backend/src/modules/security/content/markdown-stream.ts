import { cleanMarkdown, mayHoldMarkup, withoutMarkup } from './clean-markdown.ts'

/** Cleans Markdown while it arrives; all pieces together are a text that `cleanMarkdown` leaves as it is. */
export interface MarkdownStream {
  /** What is safe to show now. What may still become a link, an image or HTML waits for the end of its paragraph. */
  push(piece: string): string
  /** The rest. */
  end(): string
}

/** How much must be waiting before the whole is looked at again, as a share of it: all looks together stay cheap. */
const shareBetweenLooks = 1 / 8

/** The server's side of a streamed answer; one for each answer. */
export function createMarkdownStream(): MarkdownStream {
  /** All that came; up to `judged` it is what `said` shows. */
  let source = ''
  let judged = 0
  let said = ''

  function say(text: string, until: number): string {
    said += text
    judged = until
    return text
  }

  function sayPlain(): string {
    const end = judged + startOfMarkup(source.slice(judged))
    return say(source.slice(judged, end), end)
  }

  /** Cleans in the light of everything before, which decides what is a list, a piece of code or a definition. */
  function judge(until: number): string {
    const part = source.slice(judged, until)
    if (!mayHoldMarkup(part)) return say(part, until)
    const cleaned = cleanMarkdown(source.slice(0, until))
    if (cleaned.startsWith(said)) return say(cleaned.slice(said.length), until)
    // What came now changes what was shown before, as a late definition does; so it may be words alone.
    const words = withoutMarkup(part)
    source = said + words + source.slice(until)
    return say(words, said.length + words.length)
  }

  return {
    push(piece) {
      source += piece
      let out = sayPlain()
      if (!piece.includes('\n')) return out
      const end = judged + endOfParagraphs(source.slice(judged))
      if (end > judged && end - judged >= source.length * shareBetweenLooks) out += judge(end) + sayPlain()
      return out
    },
    end: () => judge(source.length),
  }
}

/** Where the first link, image or tag could begin; blanks before it may belong to it, and blanks at the end to what comes next. */
function startOfMarkup(text: string): number {
  const found = text.search(/[[<]|!\[|!$/)
  const end = found === -1 ? text.length : found
  return text.slice(0, end).trimEnd().length
}

function endOfParagraphs(text: string): number {
  let end = 0
  for (const { index, 0: gap } of text.matchAll(/\n[ \t]*\r?\n/g)) end = index + gap.length
  return end
}
