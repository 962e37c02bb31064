import { DecodingMode, decodeHTML } from 'entities/decode'
import { mark, marksOf } from '../marks.ts'
import { decodeBase64 } from './base64.ts'
import { decodeEscapes } from './escapes.ts'
import { decodePercent } from './percent.ts'
import { decodeUtf7, foldUnicode } from './unicode.ts'

/** A value in one state of decoding. */
export interface View {
  text: string
  marks: number
}

/** More layers than any honest client has; each is paid for by the attacker in length. */
const maximumLayers = 4

const encodings = mark.percent | mark.ampersand | mark.backslash | mark.plus | mark.wide
const entity = /&[a-z#]/i
const spacedByPlus = /[\w'")]\+(?:[a-z]{2,}|[-'"(\d])/i
const percentEncoded = /%[0-9a-fu]/i

/** The value as it came and after each layer of decoding, the plainest last. */
export function viewsOf(text: string): View[] {
  let current: View = { text, marks: marksOf(text) }
  const views = [current]
  for (let layer = 0; layer < maximumLayers; layer += 1) {
    const plain = decodeLayer(current)
    if (plain === current.text) break
    current = { text: plain, marks: marksOf(plain) }
    views.push(current)
  }
  return views
}

function decodeLayer({ text, marks }: View): string {
  const hidden = decodeBase64(text)
  if (hidden !== undefined || (marks & encodings) === 0) return hidden ?? text
  let plain = text
  if ((marks & mark.plus) !== 0) plain = decodeUtf7(plain)
  // A form value that was encoded twice has its spaces as plus signs; prose with a percent sign has real ones.
  if ((marks & mark.percent) !== 0 && percentEncoded.test(plain)) plain = decodePercent(plain, (marks & mark.space) === 0)
  else if ((marks & (mark.plus | mark.space)) === mark.plus && spacedByPlus.test(plain)) plain = plain.replaceAll('+', ' ')
  if ((marks & mark.ampersand) !== 0 && entity.test(plain)) plain = decodeHTML(plain, DecodingMode.Legacy)
  if ((marks & mark.backslash) !== 0) plain = decodeEscapes(plain)
  if ((marks & mark.wide) !== 0) plain = foldUnicode(plain)
  return plain
}
