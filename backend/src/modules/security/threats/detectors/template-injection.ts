import { mark } from '../marks.ts'
import { type Detector, excerpt } from '../threat.ts'

const literal = `(?:\\d+|'[^']*'|"[^"]*")`
const inside = (open: string, close: string) =>
  new RegExp(
    `${open}[^{}]{0,60}?(?:${literal}\\s*[-+*/%~]\\s*${literal}|__\\w+|\\b\\w+\\s?\\(|\\bclass\\b|\\[['"]|\\|\\s*(?:attr|map|filter|join|safe|dump|debug)|\\b(?:config|self|_self|settings|request|lipsum)\\s*(?=\\})|\\b(?:config|self|request|settings|lipsum|cycler|joiner|namespace|java|runtime|process|global|constructor|root|session|env|t\\(|system|_self|app|env|php)\\s*(?:[.|[(]|$))[\\s\\S]{0,400}?${close}`,
  )
const rules: readonly [pattern: RegExp, what: string, score: number][] = [
  [
    /\$\{jndi:|\$\{(?:lower|upper|env|sys|date|main|base64|ctx|java|bundle|docker|k8s|spring|log4j|web|::-|script|dns|url)[:-]|\$\{::-\w|\$\{\$\{/,
    'lookup of Log4j',
    80,
  ],
  [inside('\\{\\{', '\\}\\}'), 'expression in {{ }}', 65],
  [inside('\\$\\{', '\\}'), 'expression behind a dollar sign', 60],
  [inside('#\\{', '\\}'), 'expression in #{ }', 60],
  [inside('\\*\\{', '\\}'), 'expression in *{ }', 60],
  [inside('@\\{|~\\{', '\\}'), 'expression in @{ }', 55],
  [/\$\{\s*[@"'`\d(]|\{\{\s*[\d"'`([]|\$\{\s*(?:print|system|passthru|phpinfo|php)|\{\$\w+\.\w+|\{php\}|\{\/?literal\}|\{if\s+\w+\(/, 'expression', 60],
  [/<%[=#@!-]?.{0,200}(?:%>|$)|<\?=/s, 'server page', 60],
  [/\{%-?\s*(?:if|for|set|import|include|extends|block|macro|raw|debug|load|apply|from|do|call|filter|with)\b/, 'template statement', 60],
  [
    /<#(?:assign|if|list|include|import|setting|global|local|macro)\b|\?new\(\)|freemarker\.template|\$\w*\.getclass\(|#set\s*\(\s*\$|#(?:evaluate|parse|include|foreach)\s*\(|\$class\.|\$\{?"?\.getclass\(/,
    'template of Java',
    65,
  ],
  [
    /\[\[\$\{|__\$\{|\$\{t\(|%\{[^}]{0,40}(?:#|\(|@|\*)|#_?memberaccess|@java\.|#(?:context|application|session|parameters|attr|request)\b\s*[[.]/,
    'expression of Java',
    65,
  ],
  [
    /@\(\s*\d+\s*[*+]\s*\d+\s*\)|@\{\s*\w+|\[%\s*\w+|#\{\s*\d|\$\[\s*\d+\s*\*|\{\s*\d+\s*[*]\s*\d+\s*\}|\{\{=|\{\{#with\b|\{\{#\w+[^}]*lookup|\bng-init\s*=/,
    'expression',
    55,
  ],
]

/** Template expressions that do something; `{{first_name}}` of a mail template does not. */
export const detectTemplateInjection: Detector = ({ text, lower, marks }) => {
  if ((marks & (mark.brace | mark.angle | mark.hash | mark.at | mark.dollar | mark.percent)) === 0) return undefined
  for (const [pattern, what, score] of rules) {
    const found = pattern.exec(lower)
    if (found !== null) return { kind: 'template_injection', what: `${what}: ${excerpt(text, found.index)}`, score }
  }
  return undefined
}
