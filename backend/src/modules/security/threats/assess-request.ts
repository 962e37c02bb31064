import { decodePercent } from './decode/percent.ts'
import { detectProbe } from './detectors/scanners.ts'
import { type Budget, createBudget, inspectValue } from './inspect-value.ts'
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
  const budget = createBudget()
  assessPath(parts.path, assessment, budget)
  const values = [...queryValues(parts.query, 'query', 'query', parts.exemptQueryParameters), ...headerValues(parts.headers)]
  if (parts.exemptQueryParameters === undefined) values.push(...wholeQuery(parts.query, 'query', 'query'))
  if (parts.body !== undefined) values.push(...bodyValues(parts.body))
  for (const value of values) {
    assessment.add(value.where, inspect(value, budget))
    if (budget.characters <= 0 && assessment.isCertain()) break
  }
  return assessment.result()
}

/** How much one value looks like an attack. */
export function assessText(text: string, where = 'text'): ThreatAssessment {
  const assessment = new Assessment()
  assessment.add(where, inspect({ where, text, place: 'query' }, createBudget()))
  return assessment.result()
}

function inspect({ text, place }: RequestValue, budget: Budget): Finding[] {
  const findings = inspectValue(text, place, budget)
  return place === 'referer' ? findings.map((finding) => ({ ...finding, score: finding.score - refererDiscount })) : findings
}

function assessPath(path: string, assessment: Assessment, budget: Budget): void {
  const probe = detectProbe(decodePercent(path, false))
  if (probe !== undefined) assessment.add('path', [probe])
  if (ordinaryPath.test(path) && !path.includes('..') && !path.includes('//') && !path.includes('/./')) {
    if (path.length >= 9) assessment.add('path', inspectValue(path.slice(1), 'path', budget))
    for (const segment of path.split('/').slice(2)) if (segment.length >= 8) assessment.add('path', inspectValue(segment, 'path', budget))
    return
  }
  assessment.add('path', inspectValue(path, 'path', budget))
  // What stands in for an identifier is a value of its own.
  if (path.length > 1) assessment.add('path', inspectValue(path.slice(1), 'path', budget))
  const cut = path.lastIndexOf('/')
  if (cut > 0 && cut < path.length - 1) assessment.add('path', inspectValue(path.slice(cut + 1), 'path', budget))
}
