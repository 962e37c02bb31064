import { decodePercent } from './decode/percent.ts'
import { detectProbe } from './detectors/scanners.ts'
import { inspectValue } from './inspect-value.ts'
import { bodyValues } from './request/body-values.ts'
import { headerValues } from './request/header-values.ts'
import { queryValues, wholeQuery } from './request/query-values.ts'
import type { RequestValue } from './request/values.ts'
import { Assessment } from './score.ts'
import type { Finding, RequestParts, ThreatAssessment } from './threat.ts'

/** A page somebody comes from was chosen by another site: only what is certain counts against the visitor. */
const refererDiscount = 15
const ordinaryPath = /^[\w/.-]*$/

/** How much a request looks like an attack, and why; pure, bounded in time whatever the client sends. */
export function assessRequest(parts: RequestParts): ThreatAssessment {
  const assessment = new Assessment()
  assessPath(parts.path, assessment)
  const values = [...queryValues(parts.query, 'query', 'query', parts.exemptQueryParameters), ...headerValues(parts.headers)]
  if (parts.exemptQueryParameters === undefined) values.push(...wholeQuery(parts.query, 'query', 'query'))
  if (parts.body !== undefined) values.push(...bodyValues(parts.body))
  for (const value of values) assessment.add(value.where, inspect(value))
  return assessment.result()
}

/** How much one value looks like an attack. */
export function assessText(text: string, where = 'text'): ThreatAssessment {
  const assessment = new Assessment()
  assessment.add(where, inspect({ where, text, place: 'query' }))
  return assessment.result()
}

function inspect({ text, place }: RequestValue): Finding[] {
  const findings = inspectValue(text, place)
  return place === 'referer' ? findings.map((finding) => ({ ...finding, score: finding.score - refererDiscount })) : findings
}

function assessPath(path: string, assessment: Assessment): void {
  const probe = detectProbe(decodePercent(path, false))
  if (probe !== undefined) assessment.add('path', [probe])
  if (ordinaryPath.test(path) && !path.includes('..') && !path.includes('//') && !path.includes('/./')) {
    if (path.length >= 9) assessment.add('path', inspectValue(path.slice(1), 'path'))
    for (const segment of path.split('/').slice(2)) if (segment.length >= 8) assessment.add('path', inspectValue(segment, 'path'))
    return
  }
  assessment.add('path', inspectValue(path, 'path'))
  // What stands in for an identifier is a value of its own.
  if (path.length > 1) assessment.add('path', inspectValue(path.slice(1), 'path'))
  const cut = path.lastIndexOf('/')
  if (cut > 0 && cut < path.length - 1) assessment.add('path', inspectValue(path.slice(cut + 1), 'path'))
}
