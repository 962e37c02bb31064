import type { View } from './decode/views.ts'
import { mark } from './marks.ts'

const loud = ~(mark.space | mark.dot | mark.dash | mark.digit | mark.underscore | mark.at | mark.wide | mark.colon | mark.plus)

/** Words without which plain letters, digits and dots cannot be an attack. */
const clue =
  /\b(?:union|select|insert|update|delete|drop|create|alter|truncate|waitfor|exec|execute|declare|having|(?:order|group)\s+by|where|like|between|rlike|regexp|shutdown|sleep|case|and\s+\d|or\s+\d|uname|whoami|ping|curl|wget|nc|ls|cat|dir|cmd|powershell|bash|perl|python|php|ruby|id|net|type|echo|find|javax?\.|(?:org|com)\.(?:apache|sun|opensymphony|mchange|springframework|codehaus|mozilla|hibernate)|process|os|subprocess|alert|document|window|capability|fetch|login|etcpasswd)\b|(?:javascript|vbscript|data|file|gopher|dict|ldap|jndi|mocha|livescript|sftp|netdoc|jar)\s*:|169\.254|100\.100\.100|\.\.|metadata|instance-data|--|@@|\$|\.(?:ini|env|conf|asa|xml|dat)\b|burp|oast|interact|dnslog|webhook|ceye|xss|proto|constructor|:windows|boot|web-inf|information_schema|sysobjects|sqlite_|\+a[a-z]|ro0ab|aaeaaad|aced|eyes\.|pipedream|beeceptor|canary|bxss|r87|bugbounty|h4ck|ssrf|requestbin/i

/** Whether a value is of plain characters and has none of the words an attack would need. */
export function isQuiet({ text, marks }: View): boolean {
  return (marks & loud) === 0 && !clue.test(text)
}
