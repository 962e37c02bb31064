import { LRUCache } from 'lru-cache'
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

/** What a path says by itself, and how much of the budget it took. */
interface PathVerdict {
  findings: readonly (readonly Finding[])[]
  characters: number
}

/** The same paths are asked for again and again. */
const recentPaths = new LRUCache<string, PathVerdict>({ max: 1000 })
const longestKept = 200

/** How much a request looks like an attack, and why; pure, bounded in time whatever the client sends. */
export function assessRequest(parts: RequestParts): ThreatAssessment {
  const assessment = new Assessment()
  const budget = createBudget()
  // The first to be looked at, so its verdict hangs on nothing but itself.
  const path = pathVerdict(parts.path)
  for (const findings of path.findings) assessment.add('path', findings)
  budget.characters -= path.characters
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

function pathVerdict(path: string): PathVerdict {
  const known = recentPaths.get(path)
  if (known !== undefined) return known
  const budget = createBudget()
  const { characters } = budget
  const findings = [...inspectPath(path, budget)].filter((found) => found.length > 0)
  const verdict = { findings, characters: characters - budget.characters }
  if (path.length <= longestKept) recentPaths.set(path, verdict)
  return verdict
}

function* inspectPath(path: string, budget: Budget): Generator<Finding[]> {
  const probe = detectProbe(decodePercent(path, false))
  if (probe !== undefined) yield [probe]
  if (ordinaryPath.test(path) && !path.includes('..') && !path.includes('//') && !path.includes('/./')) {
    if (path.length >= 9) yield inspectValue(path.slice(1), 'path', budget)
    for (const segment of path.split('/').slice(2)) if (segment.length >= 8) yield inspectValue(segment, 'path', budget)
    return
  }
  yield inspectValue(path, 'path', budget)
  // What stands in for an identifier is a value of its own.
  if (path.length > 1) yield inspectValue(path.slice(1), 'path', budget)
  const cut = path.lastIndexOf('/')
  if (cut > 0 && cut < path.length - 1) yield inspectValue(path.slice(cut + 1), 'path', budget)
}
