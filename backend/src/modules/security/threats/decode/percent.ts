const zero = 48
const percent = 37

function hexValue(code: number): number {
  if (code >= zero && code <= 57) return code - zero
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** One byte of `%XX` at the index, or -1. */
function byteAt(text: string, index: number): number {
  if (text.charCodeAt(index) !== percent) return -1
  const high = hexValue(text.charCodeAt(index + 1))
  const low = hexValue(text.charCodeAt(index + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

const encoded = /%(?:[0-9a-f]{2}|u[0-9a-f]{4})/i

/** Percent-decodes once, also `%u0027` and overlong UTF-8; what is malformed stays as it is. */
export function decodePercent(text: string, plusIsSpace: boolean): string {
  const source = plusIsSpace && text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!encoded.test(source)) return source
  let result = ''
  let kept = 0
  for (let index = source.indexOf('%'); index !== -1; index = source.indexOf('%', Math.max(index + 1, kept))) {
    const wide = source.charCodeAt(index + 1) === 117 ? Number.parseInt(/^[0-9a-f]{4}/i.exec(source.slice(index + 2, index + 6))?.[0] ?? '', 16) : Number.NaN
    const [code, length] = Number.isNaN(wide) ? characterAt(source, index) : [wide, 6]
    if (length === 0) continue
    result += source.slice(kept, index) + String.fromCodePoint(code)
    kept = index + length
  }
  return result + source.slice(kept)
}

/** Reads UTF-8 as the most lenient server would: overlong forms of `.` and `/` are those characters. */
function characterAt(text: string, index: number): [code: number, length: number] {
  const first = byteAt(text, index)
  if (first < 0) return [0, 0]
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0
  let code = more === 0 ? first : first & (0x3f >> more)
  for (let step = 1; step <= more; step += 1) {
    const next = byteAt(text, index + step * 3)
    if ((next & 0xc0) !== 0x80) return [first, 3]
    code = (code << 6) | (next & 0x3f)
  }
  return code > 0x10ffff ? [first, 3] : [code, 3 * (more + 1)]
}
