import { mark } from '../marks.ts'
import { type Detector, excerpt, type Finding, type InspectedText } from '../threat.ts'
import { freeRules, quotedRules, type SqlRule, stackedRules } from './grammar.ts'
import { type SqlContext, type SqlTokens, tokeniseSql } from './tokenise.ts'

const statementWords =
  /\b(?:union|select|insert|update|delete|drop|create|alter|truncate|waitfor|exec(?:ute)?|declare|having|order\s+by|group\s+by|where|between|like|regexp|rlike|procedure|shutdown|information_schema|sysobjects|sleep|benchmark|case|xp_\w+|dbms_\w+|utl_\w+|sqlite_\w+|shutdown|outfile|dumpfile|infile|binary|grant|connection_id|current_user|find_in_set|merge|load\s+data)\b|@@/
const logic = /(?:\b(?:and|or|xor|not|div|if)\b|\|\||&&)[\s(!~+-]*[\w.'"@$]+[\s)]*(?:[=<>(!|&#;*/^%+-]|like|rlike|regexp|sounds|in\b|between|is\b|$)|[=@]|\w\(/
/** Two words in a row behind the closing mark are a sentence. */
const mayCloseQuote = /^s[)]*(?!w[wx,]|w$|x|$)/
/** A quotation mark that something other than a word follows, unless the word is an operator. */
const behindQuote =
  /['"`][\s)]*(?:[^\s\w).,!?]|!=|[.,]\s*[('"(]|(?:and|or|xor|not|like|is|in|div|mod|regexp|rlike|between|collate|if|sounds|null)\b|\d+\s*[-+*/%^=<>|&#;)])/
const quotes: [number, SqlContext][] = [
  [mark.quote, "'"],
  [mark.doubleQuote, '"'],
]

/** SQL injection by the shape of the statement a value would make, bare and behind each quotation mark. */
export const detectSqlInjection: Detector = (value) => {
  let best = hiddenCode(value.lower)
  if (best === undefined && !mayBeSql(value)) return undefined
  const bare = tokeniseSql(value.lower, '')
  best = stronger(best, match(bare, freeRules, value.text))
  best = stronger(best, match(bare, stackedRules, value.text))
  for (const [bit, context] of quotes) {
    if ((value.marks & bit) === 0) continue
    const tokens = tokeniseSql(value.lower, context)
    if (mayCloseQuote.test(tokens.classes)) best = stronger(best, match(tokens, quotedRules, value.text))
    best = stronger(best, match(tokens, freeRules, value.text))
    best = stronger(best, match(tokens, stackedRules, value.text))
  }
  return best
}

function mayBeSql({ marks, lower }: InspectedText): boolean {
  if ((marks & (mark.quote | mark.doubleQuote)) !== 0)
    return behindQuote.test(lower) || statementWords.test(lower) || ((marks & mark.digit) !== 0 && logic.test(lower))
  if (
    (marks &
      (mark.space |
        mark.lineBreak |
        mark.control |
        mark.parenthesis |
        mark.asterisk |
        mark.plus |
        mark.semicolon |
        mark.at |
        mark.dash |
        mark.equals |
        mark.hash)) ===
    0
  )
    return false
  return statementWords.test(lower) || ((marks & mark.digit) !== 0 && logic.test(lower))
}

/** `/*!50000union*​/` runs on MySQL alone: nobody writes it in earnest. */
function hiddenCode(lower: string): Finding | undefined {
  if (!lower.includes('/*!')) return undefined
  const found = /\/\*!\s*\d*\s*[a-z(]/.exec(lower)
  return found === null ? undefined : { kind: 'sql_injection', what: `code in a MySQL comment: ${excerpt(lower, found.index)}`, score: 60 }
}

function match(tokens: SqlTokens, rules: readonly SqlRule[], text: string): Finding | undefined {
  // Comments in the middle are spaces; the last one swallows the rest of the real statement.
  const last = tokens.classes.length - 1
  const keep = (index: number) => tokens.classes[index] !== 'c' || index === last
  const stripped: SqlTokens = tokens.classes.slice(0, last).includes('c')
    ? { ...tokens, classes: [...tokens.classes].filter((_, index) => keep(index)).join(''), values: tokens.values.filter((_, index) => keep(index)) }
    : tokens
  let best: Finding | undefined
  for (const { pattern, what, score, needs, accept } of rules) {
    if ((best !== undefined && best.score >= score) || !stripped.classes.includes(needs)) continue
    const found = pattern.exec(stripped.classes)
    if (found === null || (accept !== undefined && !accept(stripped, found.index, found[0]))) continue
    best = { kind: 'sql_injection', what: `${what} (${stripped.classes.slice(found.index, found.index + 24)}): ${excerpt(text)}`, score }
  }
  return best
}

function stronger(one: Finding | undefined, other: Finding | undefined): Finding | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return other.score > one.score ? other : one
}
