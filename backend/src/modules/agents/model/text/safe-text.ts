import { type IsKnownAddress, withPlainLinks } from './plain-links.ts'

/** Text of a model on its way to its reader. */
export interface SafeText {
  /** Takes the next piece and tells what may be said of all that came. */
  push(piece: string): string
  /** The rest, when nothing more comes. */
  end(): string
}

const fence = /^(`{3,}|~{3,})([^\n]*)$/
const hiddenFence = /^[ \t>*+\-\d.)]+(?:`{3,}|~{3,})/
const mayBeginFence = /^(?:[`~]+|[ \t>*+\-\d.)]+[`~]*)$/

/**
 * Lets nothing through that loads or runs when it is shown as Markdown: no image, no HTML, no link out once words of others were read.
 * Fenced code that begins in the first column stays as it is, because nothing in it is ever read as markup; of any other fence not
 * everybody agrees where it ends, so after one nothing is taken for code.
 * @param addresses which addresses may be named; asked anew for each piece, because a turn may become tainted in between
 */
export function createSafeText(addresses: () => IsKnownAddress | undefined): SafeText {
  let held = ''
  let code: { mark: string; length: number } | undefined
  let isTrusting = true
  let last = '\n'

  function drain(more: boolean): string {
    let said = ''
    const say = (text: string) => {
      said += text
      last = text.at(-1) ?? last
    }
    while (held !== '') {
      const newline = held.indexOf('\n')
      const end = newline === -1 ? held.length : newline + 1
      const line = held.slice(0, newline === -1 ? end : newline)
      const isWhole = newline !== -1 || !more
      const begins = last === '\n'
      if (code !== undefined) {
        // Whether a line closes the code is seen when it is whole.
        if (!isWhole && begins && /^ {0,3}[`~]*[ \t\r]*$/.test(line)) break
        if (begins && isWhole && new RegExp(`^ {0,3}${code.mark}{${code.length},}[ \\t\\r]*$`).test(line)) code = undefined
        say(held.slice(0, end))
        held = held.slice(end)
        continue
      }
      if (begins && !isWhole && (mayBeginFence.test(line) || (isTrusting && fence.test(line)))) break
      const opening = begins && isTrusting ? fence.exec(line) : null
      const mark = opening?.[1]
      const info = opening?.[2] ?? ''
      if (mark !== undefined && !(mark.startsWith('`') && info.includes('`'))) {
        code = { mark: mark[0] as string, length: mark.length }
        // It names a language, for which these are enough.
        say(`${mark}${info.replace(/[^\w+#.\- ]/g, '')}${newline === -1 ? '' : '\n'}`)
        held = held.slice(end)
        continue
      }
      if (begins && hiddenFence.test(line)) isTrusting = false
      const made = withPlainLinks(held.slice(0, end), { before: last, more: more && newline === -1, isKnown: addresses() })
      say(made.text)
      held = made.held + held.slice(end)
      if (made.held !== '') break
    }
    return said
  }

  return {
    push(piece) {
      held += piece
      return drain(true)
    },
    end: () => drain(false),
  }
}
