/** A bit for each special character, so that a detector knows in one test whether it has anything to do. */
export const mark = {
  quote: 1 << 0,
  doubleQuote: 1 << 1,
  backtick: 1 << 2,
  angle: 1 << 3,
  semicolon: 1 << 4,
  pipe: 1 << 5,
  ampersand: 1 << 6,
  dollar: 1 << 7,
  parenthesis: 1 << 8,
  brace: 1 << 9,
  bracket: 1 << 10,
  backslash: 1 << 11,
  percent: 1 << 12,
  equals: 1 << 13,
  hash: 1 << 14,
  asterisk: 1 << 15,
  slash: 1 << 16,
  lineBreak: 1 << 17,
  colon: 1 << 18,
  dot: 1 << 19,
  plus: 1 << 20,
  at: 1 << 21,
  dash: 1 << 22,
  space: 1 << 23,
  underscore: 1 << 24,
  control: 1 << 25,
  wide: 1 << 26,
  digit: 1 << 27,
} as const

const table = new Uint32Array(128)
for (let code = 0; code < 32; code += 1) table[code] = mark.control
const characters: [string, number][] = [
  ["'", mark.quote],
  ['"', mark.doubleQuote],
  ['`', mark.backtick],
  ['<>', mark.angle],
  [';', mark.semicolon],
  ['|', mark.pipe],
  ['&', mark.ampersand],
  ['$', mark.dollar],
  ['()', mark.parenthesis],
  ['{}', mark.brace],
  ['[]', mark.bracket],
  ['\\', mark.backslash],
  ['%', mark.percent],
  ['=', mark.equals],
  ['#', mark.hash],
  ['*', mark.asterisk],
  ['/', mark.slash],
  ['\r\n', mark.lineBreak],
  [':', mark.colon],
  ['.', mark.dot],
  ['+', mark.plus],
  ['@', mark.at],
  ['-', mark.dash],
  [' ', mark.space],
  ['\t', mark.space],
  ['_', mark.underscore],
  ['0123456789', mark.digit],
]
for (const [group, bit] of characters) for (const character of group) table[character.charCodeAt(0)] = bit

/** The marks of every character in the text. */
export function marksOf(text: string): number {
  let marks = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    marks |= code < 128 ? (table[code] ?? 0) : mark.wide
  }
  return marks
}
