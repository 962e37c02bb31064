import { attackFunctions, isSystemObject, pairBeginnings, sqlFunctions, wordClasses, wordPairs } from './words.ts'

/** A statement as class letters, with the text of each token beside them. */
export interface SqlTokens {
  classes: string
  values: string[]
  /** A comment that only MySQL executes held something. */
  hasHiddenCode: boolean
}

/** Whose side of a quotation mark the value lands on when it is put into a statement. */
export type SqlContext = '' | "'" | '"' | '`'

const maximumTokens = 2_000
const word = /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*(?:\.{1,2}[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)*/iy
const number = /(?:0x[0-9a-f]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy
const symbols = /<=>|<>|!=|!<|!>|>=|<=|==|:=|<<|>>|\|\||&&|::\s*[a-z_]\w*(?:\(\d+\))?|@@?[\w$.]*|[=<>+\-*/%^|&~!]/iy
const stringPrefix = /^(?:n|x|e|b|q|u&|r|_[a-z]\w*)$/i
const comparison = new Set(['=', '==', '<', '>', '<=', '>=', '<>', '!=', '<=>', '!<', '!>', ':='])

/** Cuts a lower-case value into SQL tokens, MySQL's and the standard's comments and quotations alike. */
export function tokeniseSql(text: string, context: SqlContext): SqlTokens {
  const values: string[] = []
  let classes = ''
  let hasHiddenCode = false
  let at = 0
  const push = (tokenClass: string, value: string) => {
    classes += tokenClass
    values.push(value)
  }
  const readWith = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  if (context !== '') {
    const end = endOfString(text, 0, context)
    push('s', text.slice(0, end))
    at = end + 1
  }
  while (at < text.length && values.length < maximumTokens) {
    const character = text[at] as string
    const code = text.charCodeAt(at)
    if (code <= 32 || code === 160) {
      at += 1
    } else if (character === "'" || character === '"') {
      if (values.length > 0 && stringPrefix.test(values.at(-1) ?? '') && classes.endsWith('w')) {
        classes = classes.slice(0, -1)
        values.pop()
      }
      const end = endOfString(text, at + 1, character)
      push('s', text.slice(at + 1, end))
      at = end + 1
    } else if (character === '`' || character === '[') {
      const end = text.indexOf(character === '`' ? '`' : ']', at + 1)
      push(end === -1 || end - at > 64 ? 'x' : 'w', text.slice(at + 1, Math.max(at + 1, end)))
      at = end === -1 || end - at > 64 ? at + 1 : end + 1
    } else if (character === '#' || (character === '-' && text[at + 1] === '-')) {
      at = readLineComment(character === '#' ? 1 : 2)
    } else if (character === '/' && text[at + 1] === '*') {
      readBlockComment()
    } else if (character === '*' && text[at + 1] === '/') {
      at += 2
    } else if ((code >= 48 && code <= 57) || (character === '.' && /\d/.test(text[at + 1] ?? ''))) {
      readNumber()
    } else {
      const found = readWith(word)
      if (found !== undefined) readWord(found)
      else readSymbol(character)
    }
  }
  return { classes, values, hasHiddenCode }

  function readLineComment(markLength: number): number {
    // A ruler of dashes in a mail is no comment.
    const dashes = /^-{4,}/.exec(text.slice(at, at + 8))
    if (dashes !== null) {
      push('x', '-')
      return at + (/^-+/.exec(text.slice(at))?.[0].length ?? 4)
    }
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    push('c', text.slice(at + markLength, end))
    return end
  }

  function readBlockComment(): void {
    const hidden = /\/\*[!+mM]?\d*/y
    hidden.lastIndex = at
    const opening = hidden.exec(text)?.[0] ?? '/*'
    const end = text.indexOf('*/', at + 2)
    if (opening.includes('!')) {
      hasHiddenCode = true
      at += opening.length
    } else if (end === -1) {
      push('c', text.slice(at + 2))
      at = text.length
    } else {
      // A comment in the middle is a space; at the end it swallows what follows the value.
      if (text.slice(end + 2).trim() === '') push('c', text.slice(at + 2, end))
      at = end + 2
    }
  }

  function readNumber(): void {
    const found = readWith(number) ?? '0'
    at += found.length
    const attached = readWith(word)
    // "1or 1=1" is a number and a word, "5kg" is a word.
    if (attached === undefined || wordClasses.has(attached)) push('n', found)
    else {
      at += attached.length
      push('w', found + attached)
    }
  }

  function readWord(found: string): void {
    let value = found
    at += found.length
    if (text[at] === '@' && /[a-z0-9]/i.test(text[at + 1] ?? '')) {
      // An e-mail address is a word.
      const address = /@[\w.-]+/y
      address.lastIndex = at
      at += address.exec(text)?.[0].length ?? 0
      push('w', value)
      return
    }
    let tokenClass = wordClasses.get(value)
    if (pairBeginnings.has(value)) {
      const second = /(?:\s|\/\*.{0,40}?\*\/)+([a-z_][\w.$]*)/iy
      second.lastIndex = at
      const next = second.exec(text)
      const pair = next === null ? undefined : wordPairs.get(`${value} ${next[1]}`)
      if (next !== null && pair !== undefined) {
        tokenClass = pair
        value = `${value} ${next[1]}`
        at = second.lastIndex
      }
    }
    if (tokenClass === undefined || value === 'if' || value === 'like' || value === 'value' || value === 'values') {
      const isCall = text[at] === '(' || (text[at] === ' ' && text[at + 1] === '(')
      const name = value.slice(value.lastIndexOf('.') + 1)
      if (tokenClass === undefined && (isSystemObject(value) || (isCall && attackFunctions.has(name)) || (value === 'sleep' && text[at] === '(')))
        tokenClass = 'd'
      else if (isCall && sqlFunctions.has(name) && (tokenClass === undefined || text[at] === '(')) tokenClass = 'f'
      else if (tokenClass === undefined) tokenClass = text[at] === '(' ? 'i' : 'w'
    }
    push(tokenClass, value)
  }

  function readSymbol(character: string): void {
    const found = readWith(symbols)
    if (found === undefined) {
      push(
        '(),;'.includes(character) ? character : character === '{' || character === '}' ? 'x' : character === '\\' && text[at + 1] === 'n' ? 'n' : 'x',
        character,
      )
      at += character === '\\' && text[at + 1] === 'n' ? 2 : 1
      return
    }
    at += found.length
    if (found.startsWith('::')) return
    if (found.startsWith('@')) push('v', found)
    else if (found === '||') push('|', found)
    else if (found === '&&') push('&', found)
    else if (comparison.has(found)) push('o', found)
    else if (found === '!' || found === '~') push('N', found)
    else push(found === '*' ? '*' : 'a', found)
  }
}

/** Index of the closing quotation mark, or the length of the text; a doubled or escaped one does not close. */
function endOfString(text: string, from: number, quote: string): number {
  for (let index = from; index < text.length; index += 1) {
    const character = text[index]
    if (character === '\\') index += 1
    else if (character === quote) {
      if (text[index + 1] !== quote) return index
      index += 1
    }
  }
  return text.length
}
