import { entities } from '#contracts/entities.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { PlannerOutcome } from '../../answerer.ts'
import type { Confidential } from '../confidential/confidential.ts'

const mostRows = 30

/**
 * What a prompt may hold of the planner's outcome; undefined where it rests on what is kept from prompts. Sentences of a question that was
 * not understood are left out: they name records as examples.
 */
export function toPrompt(
  { kind, confidence, text, parts, coverage, changes }: PlannerOutcome,
  confidential: Confidential,
): Record<string, unknown> | undefined {
  const plans = parts.flatMap((part) => (part.type === 'data-plan' ? [part.data as TypedQueryInput] : []))
  if (plans.some((plan) => confidential.findHidden(plan) !== undefined)) return undefined
  const touched =
    !confidential.isEmpty &&
    (plans.length === 0 || plans.some(({ entity }) => confidential.touches(entity) || Object.keys(entities[entity].relations).length > 0))
  const tables = parts.flatMap((part) => {
    if (part.type !== 'data-table') return []
    const { title, columns, rows, total } = part.data
    const kept = columns.filter(({ key }) => key === 'id' || !plans.some(({ entity }) => confidential.hides(entity, key)))
    const keys = new Set(['id', ...kept.map(({ key }) => key)])
    return [
      {
        ...(plans.length === 1 ? { entity: plans[0]?.entity } : {}),
        title: touched ? undefined : title,
        rows: rows.slice(0, mostRows).map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)))),
        total,
      },
    ]
  })
  return {
    kind,
    confidence,
    // The planner's words tell what its tables hold, and more.
    ...(touched || kind === 'decline' ? {} : { text }),
    ...(tables.length === 0 ? {} : { tables }),
    figures: parts.flatMap((part) => (part.type === 'data-metric' ? [part.data] : [])),
    ...(touched ? {} : { options: parts.flatMap((part) => (part.type === 'data-clarify' ? part.data.options.map(({ message }) => message) : [])) }),
    plans,
    coverage,
    ...(changes === undefined || touched ? {} : { changes }),
  }
}

/** Whether an outcome of the planner shows words of records, rather than figures of its own: a plan's conditions name what was found. */
export function showsWords({ kind, parts, citations }: PlannerOutcome): boolean {
  if (kind === 'decline') return false
  return (
    citations.length > 0 ||
    parts.some((part) => (part.type === 'data-plan' ? part.data.filter !== undefined : part.type !== 'text' && part.type !== 'data-metric'))
  )
}
