import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** Judged from the first bytes of a file: its byte order mark, its zero bytes, or whether they are valid UTF-8. */
export function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const pairs = Math.min(head.length, 4096) >> 1
  let evenZeros = 0
  let oddZeros = 0
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair] === 0) evenZeros++
    if (head[2 * pair + 1] === 0) oddZeros++
  }
  if (pairs > 0 && oddZeros > pairs * 0.4 && evenZeros < pairs * 0.1) return 'utf-16le'
  if (pairs > 0 && evenZeros > pairs * 0.4 && oddZeros < pairs * 0.1) return 'utf-16be'
  const whole = head.subarray(0, completeLength(head))
  return isUtf8(whole) || looksLikeUtf8(whole) ? 'utf-8' : 'windows-1252'
}

/** Of bytes that are not all valid UTF-8: whether they are UTF-8 with damage, rather than a one-byte encoding. */
function looksLikeUtf8(bytes: Buffer): boolean {
  let sequences = 0
  let strays = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0
    if (length > 0 && isUtf8(bytes.subarray(index, index + length))) {
      sequences++
      index += length - 1
    } else strays++
  }
  return sequences > strays
}

/** Bytes up to the last character that is whole: at most three may belong to a character cut off at the end. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < length ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** What the decoder learnt on its way through the file. */
export interface DecodingReport {
  encoding: Encoding
  /** Bytes were met that are not of the encoding; they became U+FFFD and their rows must not be stored. */
  damaged: boolean
}

/**
 * Decodes a file's bytes without ever guessing silently: a file that began as plain ASCII and turns out not to be UTF-8 goes on as
 * Windows-1252 (in which the part already read means the same); one that already held UTF-8 characters is marked damaged.
 */
export async function* decode(chunks: AsyncIterable<Buffer>, report: DecodingReport): AsyncGenerator<string> {
  let pending: Buffer = Buffer.alloc(0)
  let seenUnicode = false
  let first = true
  let decoder: { write(bytes: Buffer): string; end(): string | undefined } | undefined =
    report.encoding === 'utf-8' ? undefined : iconv.getDecoder(report.encoding, { stripBOM: true })
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoder.write(chunk)
      continue
    }
    let bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    if (first && bytes.length >= 3) {
      first = false
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
        seenUnicode = true
        bytes = bytes.subarray(3)
      }
    }
    const whole = completeLength(bytes)
    const text = bytes.subarray(0, whole)
    pending = bytes.subarray(whole)
    if (isUtf8(text)) {
      seenUnicode ||= !isAscii(text)
      yield text.toString('utf8')
    } else if (seenUnicode || looksLikeUtf8(text)) {
      seenUnicode = true
      report.damaged = true
      yield text.toString('utf8')
    } else {
      report.encoding = 'windows-1252'
      decoder = iconv.getDecoder('windows-1252')
      yield decoder.write(bytes)
      pending = Buffer.alloc(0)
    }
  }
  if (decoder !== undefined) {
    const rest = decoder.end()
    if (rest) yield rest
  } else if (pending.length > 0) {
    if (!seenUnicode) {
      report.encoding = 'windows-1252'
      yield iconv.decode(pending, 'windows-1252')
    } else {
      report.damaged = true
      yield '\ufffd'
    }
  }
}
