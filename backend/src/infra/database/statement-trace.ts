import { requestContext } from '#backend/kernel/request-context.ts'
import { currentSpan, type Span, startSpan } from '#backend/kernel/tracing.ts'

const longestText = 2000
const wellFormedId = /^[\w.-]{1,64}$/

/** A span for one statement; undefined while nobody looks. It tells of the text without values: ours stand beside it as parameters. */
export function startStatementSpan(text: string): Span | undefined {
  if (currentSpan() === undefined) return undefined
  const summary = summaryOf(text)
  return startSpan(summary, () => ({
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': summary.split(' ')[0],
      'db.query.summary': summary,
      'db.query.text': withoutLiterals(text).slice(0, longestText),
    },
  }))
}

/** Which request a statement is part of, for the database's own log and `pg_stat_activity`, as sqlcommenter writes it; empty outside of a request. */
export function requestComment(): string {
  const { requestId } = requestContext()
  if (requestId === undefined || !wellFormedId.test(requestId)) return ''
  const span = currentSpan()
  return ` /*request_id='${requestId}'${span === undefined ? '' : `,traceparent='${span.traceparent}'`}*/`
}

/** Verb and first table, which no function is: `SELECT contacts`. */
function summaryOf(text: string): string {
  const [, verb = 'statement'] = /^\s*(\w+)/.exec(text) ?? []
  const [, table] = /\b(?:from|into|update|join)\s+(?:only\s+)?(?:chatsg\.)?"?([a-z_]\w*)\b(?!\()/i.exec(text) ?? []
  const operation = verb.toUpperCase()
  return table === undefined ? operation : `${operation} ${table}`
}

/** A statement's shape: what stands in it as a text or a number might be a value all the same. */
function withoutLiterals(text: string): string {
  return text
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/(?<![\w$])\d+(?:\.\d+)?\b/g, '?')
    .replace(/\s+/g, ' ')
    .trim()
}
