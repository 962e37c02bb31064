import { mark } from '../marks.ts'
import { type Detector, excerpt } from '../threat.ts'

const operators =
  'ne|eq|gte?|lte?|n?in|regex|where|exists|or|and|nor|not|expr|function|type|mod|all|size|elemmatch|lookup|accumulator|jsonschema|text|comment|options|meta|slice|set|unset|inc|push|pull|rename|natural'
const noSql: readonly [pattern: RegExp, what: string, score: number][] = [
  [new RegExp(`(?:^|[\\[{,"'\\s.])\\$(?:${operators})["']?\\s*[\\]:=]`), 'operator of MongoDB', 65],
  [new RegExp(`^\\$(?:${operators})$`), 'operator of MongoDB', 50],
  [
    /\bdb\.(?:\w+\.)?(?:find|insert|update|remove|drop|count|aggregate|injection|getcollection|eval|runcommand|version|stats)\w*\s?\(|\bthis\.\w+\.(?:match|test|substring|length|charat)\b|\btojson(?:onlineonly)?\s?\(|\bemit\(|\bdb\.loadserverscripts/,
    'code of MongoDB',
    65,
  ],
  [/["']\s*[;|&}]*\s*(?:return\s*(?:true|\(?["'\d(!]|\(\w)|\|\|\s*["'(\d!]|&&\s*["'(\d!]).{0,80}(?:==|;|\/\/|\}|>|\+|$)/, 'condition in JavaScript', 55],
  [/["'\d)]\s*;\s*return\s+(?:true|!|1)\b/, 'condition in JavaScript', 55],
  [/["'\d)]\s*;\s*(?:while\s?\(|do\s?\{|sleep\(|var\s+\w+\s?=\s?new\s+date)/, 'loop in JavaScript', 60],
  [/\{\s*["']?\$|["']\s*,\s*["']?\$(?:or|where|gt|ne)|\[\$(?:ne|gt|regex|where|in|nin|exists)\]/, 'operator of MongoDB', 60],
  [/\bredis\.call\(|(?:^|[\r\n])\s*(?:flushall|config\s+set|slaveof|eval\s+")|\*\d+\r?\n\$\d+\r?\n/, 'command of Redis', 60],
]

/** Operators and code of document databases. */
export const detectNoSqlInjection: Detector = ({ text, lower, marks }) => {
  if ((marks & (mark.dollar | mark.parenthesis | mark.equals | mark.pipe | mark.semicolon | mark.asterisk | mark.lineBreak)) === 0) return undefined
  for (const [pattern, what, score] of noSql) {
    const found = pattern.exec(lower)
    if (found !== null) return { kind: 'nosql_injection', what: `${what}: ${excerpt(text, found.index)}`, score }
  }
  return undefined
}

const ldap: readonly RegExp[] = [
  /\(\s*[&|!]\s*\(\s*[\w.;:-]+\s*[~<>]?=/,
  /\)\s*\(\s*[&|!]?\s*\(?\s*[a-z][\w-]*\s*[~<>]?=/,
  /\*\s*\)+\s*(?:\(|%00|\0|$)\s*[|&(]?/,
  /[*)]\s*\(\s*\|\s*\(|\)\(&\)/,
  /\(\s*[|&]\s*\(?\s*(?:objectclass|uid|cn|mail|userpassword|sn|ou|dc|samaccountname|password|user|username|name|directory|homedirectory)\s*[~<>]?=/,
  /\b(?:objectclass|samaccountname|userpassword|objectcategory|useraccountcontrol)\s*[~<>]?=\s*[*(\w]/,
  /^\s*\*?\)?\(?[|&]\(?[\w]+=\*\)?/,
  /\([a-z]{2,20}=\*\)/,
]

/** Filters of a directory that were closed and opened again. */
export const detectLdapInjection: Detector = ({ text, lower, marks }) => {
  if ((marks & mark.parenthesis) === 0 && (marks & mark.equals) === 0) return undefined
  if ((marks & (mark.asterisk | mark.pipe | mark.ampersand | mark.equals)) === 0) return undefined
  const index = ldap.findIndex((pattern) => pattern.test(lower))
  // A closing star alone is emphasis in a message.
  if (index === -1 || (index === 2 && /\s\w+\s\w+\s/.test(lower))) return undefined
  return {
    kind: 'ldap_injection',
    what: `filter of a directory: ${excerpt(text)}`,
    score: index === 2 && !/[|&(]\s*$|\0/.test(lower) && lower.length > 40 ? 30 : 60,
  }
}

const pollution = /__proto__|\bconstructor\s*(?:\.|\[["']?|%5b|["']\s*:\s*\{\s*["'])\s*prototype\b|\bprototype\s*\.\s*\w+\s*=/

/** Names that reach into the prototype of every object. */
export const detectPrototypePollution: Detector = ({ text, lower, marks }) => {
  if ((marks & mark.underscore) === 0 && !lower.includes('prototype')) return undefined
  const found = pollution.exec(lower)
  return found === null ? undefined : { kind: 'prototype_pollution', what: `prototype: ${excerpt(text, found.index)}`, score: 65 }
}
