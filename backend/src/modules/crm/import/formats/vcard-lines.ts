import { TextDecoder } from 'node:util'

/** One card as it stands in the file, or what is wrong with it. */
export type CardText = { text: string } | { problem: string }

/** Characters of a card; a picture inside may take a few million. */
const maxCardLength = 32_000_000

/**
 * Cuts a stream of text into cards, `BEGIN:VCARD` to `END:VCARD`, holding one of them at a time.
 * @param isBeginning whether the text is only the beginning of a file, so that its last card may be cut off
 */
export async function* splitCards(text: AsyncIterable<string>, isBeginning = false): AsyncGenerator<CardText> {
  let rest = ''
  let card: string[] | undefined
  let length = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const chunk of text) {
      const parts = (rest + chunk).split(/\r\n|\n|\r(?=.)/s)
      rest = parts.pop() ?? ''
      yield* parts
    }
    if (rest !== '') yield rest
  }
  for await (const line of lines()) {
    if (/^begin:vcard\s*$/i.test(line)) {
      if (card !== undefined) yield { problem: 'has no END:VCARD, so it could not be read' }
      card = []
      length = 0
    } else if (card === undefined) continue
    else if (/^end:vcard\s*$/i.test(line)) {
      yield length > maxCardLength ? { problem: 'is larger than a card may be; remove its picture' } : { text: card.join('\n') }
      card = undefined
    } else {
      length += line.length
      if (length <= maxCardLength) card.push(line)
      else card = []
    }
  }
  if (card !== undefined) yield isBeginning ? { text: card.join('\n') } : { problem: 'has no END:VCARD, so it could not be read' }
}

const ignored = /^(?:[\w-]+\.)?(photo|logo|sound|key|agent|version|begin|end)[;:]/i

/**
 * A card of any version as one of version 3 or 4: what old phones and Outlook write (2.1: bare types, quoted-printable, other
 * alphabets) in today's form, without pictures and without lines that are no property.
 */
export function modernCard(card: string): string {
  const isFour = /^version:4/im.test(card)
  const lines = unfold(card).flatMap((line) => {
    if (ignored.test(line)) return []
    const property = /^([\w.-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)$/s.exec(line)
    return property === null ? [] : [modernLine(property[1] as string, property[2] as string, property[3] as string)]
  })
  return ['BEGIN:VCARD', `VERSION:${isFour ? '4' : '3'}.0`, ...lines, 'END:VCARD'].join('\r\n')
}

/** Continued lines begin with a blank; quoted-printable ones end with "=". */
function unfold(card: string): string[] {
  const lines: string[] = []
  let continues = false
  for (const line of card.split('\n')) {
    if (continues) lines[lines.length - 1] = `${lines.at(-1)?.slice(0, -1)}${line}`
    else if (/^[ \t]/.test(line) && lines.length > 0) lines[lines.length - 1] += line.slice(1)
    else lines.push(line)
    continues = /;(?:encoding=)?quoted-printable[;:]/i.test(lines.at(-1) ?? '') && line.endsWith('=')
  }
  return lines
}

function modernLine(name: string, parameters: string, value: string): string {
  let charset = 'utf-8'
  let isQuoted = false
  const kept: string[] = []
  for (const parameter of parameters.match(/;(?:"[^"]*"|[^";])*/g) ?? []) {
    const [key = '', text] = parameter.slice(1).split(/=(.*)/s)
    if (key === '') continue
    if (/^charset$/i.test(key)) charset = text ?? charset
    else if (/^encoding$/i.test(key)) isQuoted ||= /quoted-printable/i.test(text ?? '')
    else if (/^quoted-printable$/i.test(key)) isQuoted = true
    else if (text !== undefined && text !== '') kept.push(`;${key}=${text}`)
    else if (!/^(8bit|7bit|base64)$/i.test(key)) kept.push(`;TYPE=${key}`)
  }
  const plain = isQuoted ? escaped(unquoted(value, charset)) : value
  return `${name}${kept.join('')}:${plain}`
}

function unquoted(value: string, charset: string): string {
  const bytes = Buffer.from(
    value.replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A character set that nobody knows: its bytes are most likely UTF-8.
    return bytes.toString('utf8')
  }
}

const escaped = (text: string): string => text.replaceAll('\r', '').replaceAll('\n', '\\n').replaceAll(',', '\\,')
