const longestDocument = 40_000
const deepestBrackets = 50
const deepestParentheses = 50
const mostEmphasisInBlock = 500
const mostEmphasis = 5000
/** Twenty quotes or lists that begin on one line. */
const deepContainers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){20}/m

/**
 * Whether a text is shaped so that parsing it as Markdown would take long or nest too deeply for the stack:
 * parsers of CommonMark need quadratic time and more for nested brackets, open parentheses and unclosed emphasis.
 */
export function isBeyondParsing(text: string): boolean {
  if (text.length > longestDocument || deepContainers.test(text)) return true
  let brackets = 0
  let parentheses = 0
  let inBlock = 0
  let total = 0
  let isLineEmpty = true
  let previous = ''
  for (const character of text) {
    if (character === '\n' || character === '\r') {
      // A row of a table is parsed by itself, as is a paragraph.
      if (isLineEmpty) brackets = parentheses = inBlock = 0
      isLineEmpty = true
    } else if (character !== ' ' && character !== '\t') {
      if (isLineEmpty && character === '|') brackets = parentheses = inBlock = 0
      isLineEmpty = false
    }
    if (character === '[') brackets++
    else if (character === ']' && brackets > 0) brackets--
    else if (character === '(') parentheses++
    else if (character === ')' && parentheses > 0) parentheses--
    else if ((character === '*' || character === '_' || character === '~') && character !== previous) {
      inBlock++
      total++
    }
    if (brackets > deepestBrackets || parentheses > deepestParentheses || inBlock > mostEmphasisInBlock || total > mostEmphasis) return true
    previous = character
  }
  return false
}
