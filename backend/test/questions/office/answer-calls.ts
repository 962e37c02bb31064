/** One call of an expected answer, such as `calendar.delete_event` with its arguments. */
export interface AnswerCall {
  name: string
  values: Readonly<Record<string, string>>
}

/** Reads a list of calls as Python writes it: `['email.reply_email.func(email_id="1", body="Hi")', …]`. */
export function readAnswerCalls(text: string): AnswerCall[] {
  return readLiterals(text).map((call) => {
    const match = /^([\w.]+)\.func\((.*)\)$/s.exec(call)
    if (match === null) throw new Error(`Not a call: ${call}`)
    const values: Record<string, string> = {}
    for (const [, key, value] of (match[2] ?? '').matchAll(/(\w+)="(.*?)"(?=, \w+="|$)/gs)) values[String(key)] = String(value)
    return { name: String(match[1]), values }
  })
}

/** The string literals of a list. */
function readLiterals(text: string): string[] {
  const literals: string[] = []
  let quote: string | undefined
  let current = ''
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (quote === undefined) {
      if (character === "'" || character === '"') {
        quote = character
        current = ''
      }
    } else if (character === '\\') {
      index++
      const escaped = text.charAt(index)
      current += escaped === 'n' ? '\n' : escaped
    } else if (character === quote) {
      literals.push(current)
      quote = undefined
    } else current += character
  }
  return literals
}
