import type { SqlTokens } from './tokenise.ts'

/** What an injection looks like, as a pattern over the class letters of `words.ts`. */
export interface SqlRule {
  what: string
  pattern: RegExp
  score: number
  /** A class letter without which it cannot hold; looked for first, because it is cheap. */
  needs: string
  /** Looks at the words behind the letters. */
  accept?: (tokens: SqlTokens, index: number, match: string) => boolean
}

const open = '[(aN]*'
const close = '[)]*'
/** A literal, perhaps reckoned with: `1`, `-1`, `(2*3)`, `'a'`, `@@version`. */
const literal = `${open}[nsv]${close}(?:[a*]${open}[nsv]${close})*`
const operand = `${open}(?:[fi]\\([^()]{0,12}\\)|[nsvwd])${close}`

function rule(what: string, score: number, needs: string, pattern: string, accept?: SqlRule['accept']): SqlRule {
  return { what, pattern: new RegExp(pattern), score, needs, ...(accept !== undefined && { accept }) }
}

const valueAt = (tokens: SqlTokens, index: number): string => tokens.values[index] ?? ''

/** A sentence goes on in words; a statement has something else among them. */
function isProse(tokens: SqlTokens, index: number): boolean {
  return /^[^w]{0,2}w{2,}/.test(tokens.classes.slice(index)) || /w{3,}[^w]{0,2}$/.test(tokens.classes.slice(0, index))
}

const wordsOfAccounts =
  /^(?:\w*\.)?(?:\w*users?|\w*accounts?|admins?|members?|passw\w*|pwd|credentials?|logins?|dual|customers?|employees?|tables?|test|t\d?|foo|bar)$/

/** Hold wherever they stand: no sentence reads like this. */
export const freeRules: readonly SqlRule[] = [
  rule('union select', 80, 'U', 'U[(]*[KN]*E[(]*(?:[nsv*fidECaNZ]|w[,F.*]|w?$|w?c)'),
  rule('union select', 60, 'U', 'U[(]*E', (tokens, index) => !isProse(tokens, index + 2)),
  rule('select from', 70, 'E', 'E[(aN]*(?:[*fd]|[nsv](?=[,)a])|[wi][,(]|w[)]+,|C)[^;E]{0,80}F[(]*[wdifs]'),
  rule('select from', 60, 'E', 'E[(N]*[nsvw][)]*F[(]*(?:d|w(?:$|[)Wc;LGU,|&]))', (tokens, index, match) => {
    const table = valueAt(tokens, index + match.search(/F/) + 1)
    return !/w$/.test(match) || tokens.classes.startsWith(match.slice(0, 2), index) === false || wordsOfAccounts.test(table) || match.includes('(')
  }),
  rule('select from a system table', 80, 'E', 'E[^;]{0,60}F[(]*d'),
  rule(
    'subselect',
    65,
    'E',
    '\\([(]*E[(N]*(?:[nsvfid*C(a]|w[,F)]|w?$)',
    (tokens, index, match) => !/E[(]*w?[)]?$/.test(match) || /[,|=(a]/.test(tokens.classes.slice(0, index)),
  ),
  rule('tautology', 65, 'o', `[&|]${literal}o${literal}`, isTautology),
  rule('tautology', 65, 'l', `[&|]${literal}l[(]*(?:s|n&n|n$)`, (tokens, _index, match) => /[sv]/.test(match) && /^[ns][)]*[&|]/.test(tokens.classes)),
  rule('condition on a call', 65, 'f', '[&|oa*][(aN]*f\\(.{0,40}?(?:o|&|,[(a]*[nsfE]|f\\()', (tokens) => /[nsv]/.test(tokens.classes)),
  rule('condition on calls', 60, 'f', '[&|][(aN]*f\\([^;]{0,20}\\)o[(aN]*[nsvf]'),
  rule('condition on a subselect', 70, 'E', '[&|oal*][(aN]*\\(E'),
  rule('where tautology', 65, 'W', `W${literal}o${literal}`),
  rule('where condition', 55, 'W', '(?:E[^;]{0,40}|S)w?K?w?W[(N]*w[ol][(aN]*[nsvf]'),
  rule('case when', 60, 'C', `C${open}[nsvw]?Z${open}(?:[nsv]|w?[)]*o).{1,40}Y`),
  rule('nested calls', 60, 'f', 'f\\([(]*(?:f\\(|d|E)', (tokens) => tokens.values.length > 4),
  rule('call with a condition', 60, 'f', `f\\(${literal}[&|]?o${literal}`),
  rule('joined characters', 60, 'f', 'f\\(n\\)[|a,]f\\(n\\)'),
  rule('insert', 65, 'S', 'Sw(?:\\([wns,]{1,40}\\))?Q\\('),
  rule('update', 60, 'Q', '(?:^|;)wwQwo', (tokens, index, match) => valueAt(tokens, index + (match.startsWith(';') ? 1 : 0)) === 'update'),
  rule('update', 65, 'Q', 'w{1,2}Qwo[^;]{1,40}W', (tokens, index) => /^update$/.test(valueAt(tokens, index)) || /^update$/.test(valueAt(tokens, index - 1))),
  rule('delete or drop', 60, 'S', 'Sd'),
  rule('delete where', 65, 'S', 'SwW'),
  rule('definition', 55, 'S', 'S[wi]\\([wns]'),
  rule('call of a function', 50, 'f', 'f\\([(]*[nsv]', (tokens, index) => valueAt(tokens, index).includes('_')),
  rule(
    'declaration',
    55,
    'K',
    'Kv',
    (tokens, index) => /^(?:declare|exec|execute|print)$/.test(valueAt(tokens, index)) && valueAt(tokens, index + 1).length > 1,
  ),
  rule('into outfile', 70, 'T', 'T(?:s|f|\\(|w|$|c)'),
  rule('full text mode', 60, 'M', '[)]?M', (tokens, index) => /^[ns]/.test(tokens.classes) && index <= 6),
  rule('system function', 65, 'd', 'd\\((?:[nsvf]|w,|\\)|E)', (tokens, index) => !/^d\([nsvw]\)w{2}/.test(tokens.classes.slice(index))),
  rule('system object', 60, 'd', '[FEK;(&|,.]d|d[oW]'),
  rule('union after a value', 60, 'U', '^a?[ns][)]*U(?:[(]|$|c)'),
  rule('condition alone', 55, 'o', `^[(]+${literal}o${literal}[)]`),
  rule('having a condition', 60, 'W', 'W[(]*n[&|][(]*n'),
  rule('expression and comment', 55, 'c', '^[^wx;.]{2,}c$', (tokens) => (tokens.values.at(-1) ?? '').trim() === '' && /[&|ofvNs]/.test(tokens.classes)),
  rule('value and condition', 60, 'w', `^[(aN]*[ns]${close}[&|][(N]*w(?:l[(aN]*[nsf]|o[(aN]*[nsvf][^wx]*$)`),
  rule('select a call', 55, 'E', '^[(]*E[(]*(?:f\\(|d|[nsv](?:,|c|$|[)]))'),
  rule('order by a number', 60, 'G', '^[(aN]*[ns][)]*GN*n(?:,n)*(?:$|c|[;,)])', (tokens) => tokens.classes[0] === 's' || tokens.values.length <= 8),
  rule('having or grouping', 60, '', '^[ns][)]*(?:G|W)[(]*(?:f|d|nEU|nU)'),
  rule('waiting', 65, 'S', 'S(?:s|v)', (tokens, index) => valueAt(tokens, index).startsWith('waitfor')),
  rule('server variable', 55, 'v', 'v', (tokens, index) =>
    /^@@(?:version|datadir|hostname|servername|global|session|basedir|tmpdir|language|identity|\w+_\w+)/.test(valueAt(tokens, index)),
  ),
]

/** Hold for a statement behind a semicolon. */
export const stackedRules: readonly SqlRule[] = [
  rule('second statement', 70, ';', ';[(]*S(?:$|\\(|i\\(|[wd](?:$|[;c(Qx)Ws])|[sv])'),
  rule('second statement', 70, ';', ';[(]*E[(N]*(?:[*nvfd(C]|s|w[,F]|i\\()'),
  rule('second statement', 70, ';', ';(?:[KQ]v|vo)'),
  rule('second statement', 65, ';', ';w(?:$|[;c])', (tokens, index) => valueAt(tokens, index + 1) === 'shutdown'),
  rule('second statement', 70, ';', ';K[(]*(?:d|i\\(|f\\(|s\\))'),
]

/** Hold for a value that closes the quotation it was put into. */
export const quotedRules: readonly SqlRule[] = [
  rule('quote and comment', 60, 's', '^s[)]*;?c$', (tokens) => /^[\s\-+*/#!]*\S{0,12}\s*$/.test(tokens.values.at(-1) ?? '')),
  rule('quote and tautology', 65, 's', `^s[)]*[&|]${open}(?:[nsvd]${close}(?:$|[c;&|oa])|f\\(|w${close}[oc]|i\\(|E|w$)`, endsInTrick),
  rule('quote and condition', 60, 's', `^s[)]*[&|][(aN]*${operand}l[(aN]*[nsvfE]`),
  rule('quote and comparison', 55, 's', `^s[)]*[oal]${literal}(?:[c;&|]|$)`, (tokens, _index, match) => isDeliberate(tokens, match)),
  rule('quote and subselect', 65, 's', '^s[)]*[|ao&,l;]?[(]*[(|aoN,]E'),
  rule('quote and call', 60, 's', '^s[)]*[|ao*][(]*[fd]\\('),
  rule('quote and concatenation', 55, 's', '^s\\|[(]*[sfidw]'),
  rule('quote and clause', 60, 's', '^s[)]*(?:K?w)?(?:W|G|L)[(aN]*(?:[nsv]|f\\(|w[ol(])'),
  rule('quote and union', 60, 's', '^s[)]*U(?:$|[^w&lK,;])'),
  rule('quote and semicolon', 50, 's', '^s[)]*;$'),
  rule('quote and statement', 60, 's', '^s[)]*;[^;]*c$', (tokens) => tokens.values.length < 60 && !isProse(tokens, 2)),
  rule('quote and statement', 65, 's', '^s[)]*;[(]*(?:S|E|Kw?[;(sdv]|Kw$)'),
  rule('quote and list', 55, 's', `^s[)]*,[(]*(?:E|f\\(|${literal}\\)[;c])`),
  rule('quote and variable', 55, 's', '^s[)]*[lao&|]?v[^x]'),
  rule('quote and expression', 55, 's', `^s[)]*[&|][(aN]*w[ao*][(aN]*[nsv]`),
  rule('quote to quote', 55, 's', '^s[)]*[aol|&*N][aol|&*N(nv),]*[aol|&*N(]s$', (tokens) => /[nvol]/.test(tokens.classes)),
  rule('quote to quote', 55, 's', '^s[)]*[a*|]w(?:[aol*|N]{1,6}[nv]?){1,4}s?$'),
  rule('quote and prefix', 55, 's', '^s[)]*(?:[oa]N*|N)[(]*s?o[aN]*[ns]'),
]

/** "7 and 8 = 15" is arithmetic when it stands in a sentence. */
function isTautology(tokens: SqlTokens, index: number, match: string): boolean {
  const { classes, values } = tokens
  if (classes.startsWith('s') || !/^[&|]nonw?$/.test(match) || values[index + 1] === values[index + 3]) return true
  return /^[(aN]*[nsvw]?[)]*$/.test(classes.slice(0, index)) || /^[)]*(?:c|[&|]|;)/.test(classes.slice(index + match.length))
}

/** '"OR" is a conjunction' ends in a sentence, `" or "a` does not. */
function endsInTrick(tokens: SqlTokens, _index: number, match: string): boolean {
  return !/[&|]s$/.test(match) || !/\S\s+\S+\s+\S/.test(tokens.values.at(-1) ?? '')
}

/** Inch marks, hearts and hyphens stand between quotation marks too: the whole value must be the trick. */
function isDeliberate(tokens: SqlTokens, match: string): boolean {
  if (match.length !== tokens.classes.length || tokens.values.length > 8) return false
  if (tokens.values[1] === '<' || tokens.values[1] === '>') return tokens.classes.endsWith('c') || tokens.classes.endsWith('s')
  const inside = tokens.values.filter((_, index) => tokens.classes[index] === 's').join('')
  return tokens.classes.includes('o') || inside.length <= 4 || tokens.classes.endsWith('c')
}
