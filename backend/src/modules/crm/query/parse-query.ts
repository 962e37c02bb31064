import { LRUCache } from 'lru-cache'
import type { z } from 'zod'
import { deepFreeze } from '#backend/kernel/deep-freeze.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import { conditionSchema, relationTestSchema, type TypedQuery, type TypedQueryInput, typedQuerySchema } from '#contracts/query.ts'

const maxDepth = 8
const maxConditions = 100
const maxLength = 100_000

type Node = Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function childrenOf(node: Node): { node: unknown; path: string }[] {
  for (const word of ['and', 'or'] as const) {
    if (Array.isArray(node[word])) return node[word].map((child: unknown, index: number) => ({ node: child, path: `.${word}[${index}]` }))
  }
  if ('not' in node) return [{ node: node.not, path: '.not' }]
  if ('relation' in node && node.where !== undefined) return [{ node: node.where, path: '.where' }]
  return []
}

function filtersOf(raw: Node): { node: unknown; path: string }[] {
  const measures = Array.isArray(raw.measures) ? raw.measures : []
  const own = measures.map((measure: unknown, index: number) => ({ node: isNode(measure) ? measure.where : undefined, path: `measures[${index}].where` }))
  return [{ node: raw.filter, path: 'filter' }, ...own].filter(({ node }) => node !== undefined)
}

/** Walks every filter without recursion, so that a hostile depth cannot exhaust the stack before it is refused. */
function filterProblems(raw: Node): ErrorDetail[] {
  const problems: ErrorDetail[] = []
  let conditions = 0
  const pending = filtersOf(raw).map((filter) => ({ ...filter, depth: 1 }))
  while (pending.length > 0 && problems.length < 20) {
    const { node, path, depth } = pending.pop() as (typeof pending)[number]
    if (depth > maxDepth) return [{ field: path, message: `Filters may be nested ${maxDepth} deep at most.` }]
    conditions += 1
    if (conditions > maxConditions) return [{ field: 'filter', message: `A query may have ${maxConditions} conditions at most.` }]
    if (!isNode(node)) {
      problems.push({ field: path, message: 'A filter is an object such as {"field":"city","op":"eq","value":"London"}.' })
    } else if ('field' in node || 'op' in node) {
      problems.push(...issuesOf(conditionSchema.safeParse(node), path))
    } else if ('relation' in node) {
      const { where: _, ...test } = node
      problems.push(...issuesOf(relationTestSchema.safeParse(test), path))
    } else if (!('and' in node || 'or' in node || 'not' in node)) {
      problems.push({ field: path, message: 'A filter has "field", "and", "or", "not" or "relation".' })
    }
    if (isNode(node)) pending.push(...childrenOf(node).map((child) => ({ node: child.node, path: path + child.path, depth: depth + 1 })))
  }
  return problems
}

function issuesOf(result: z.ZodSafeParseResult<unknown>, prefix = ''): ErrorDetail[] {
  if (result.success) return []
  return result.error.issues.map((issue) => ({ field: [prefix, ...issue.path].filter((part) => part !== '').join('.') || 'query', message: issue.message }))
}

const parsedQueries = new LRUCache<string, TypedQuery>({ max: 1000, maxSize: 300_000, sizeCalculation: (_, text) => text.length + 1 })

/** Frozen. @throws AppError VALIDATION with the place and the mend of everything that is wrong with the query's form */
export function parseQuery(input: TypedQueryInput): TypedQuery {
  const text = textOf(input)
  const known = text === undefined ? undefined : parsedQueries.get(text)
  if (known !== undefined) return known
  const parsed = deepFreeze(parse(input))
  if (text !== undefined) parsedQueries.set(text, parsed)
  return parsed
}

/** Undefined for what is nested too deep to be written, which `parse` refuses in words. */
function textOf(input: unknown): string | undefined {
  try {
    return JSON.stringify(input)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

function parse(raw: unknown): TypedQuery {
  if (!isNode(raw)) throw new AppError('VALIDATION', 'A query is an object with an entity.')
  const problems = filterProblems(raw)
  if (problems.length === 0 && JSON.stringify(raw).length > maxLength)
    problems.push({ field: 'query', message: `A query may have ${maxLength} characters at most.` })
  if (problems.length > 0) throw invalid(problems)
  const parsed = typedQuerySchema.safeParse(raw)
  if (!parsed.success) throw invalid(issuesOf(parsed))
  const { data } = parsed
  if (data.select !== undefined && (data.groupBy !== undefined || data.measures !== undefined)) {
    throw invalid([{ field: 'select', message: 'Choose columns with "select", or figures with "groupBy" and "measures"; not both.' }])
  }
  if (data.having !== undefined && data.groupBy === undefined && data.measures === undefined)
    throw invalid([{ field: 'having', message: '"having" needs measures.' }])
  const isGrouped = data.groupBy !== undefined || data.measures !== undefined
  if (data.windows !== undefined && !isGrouped) throw invalid([{ field: 'windows', message: '"windows" compare groups; add "groupBy".' }])
  if (data.cursor !== undefined && isGrouped) throw invalid([{ field: 'cursor', message: 'A cursor pages records; page groups with "offset".' }])
  if (data.cursor !== undefined && data.offset > 0) throw invalid([{ field: 'cursor', message: 'Give either "cursor" or "offset".' }])
  return data
}

/** One error for all problems, with the first of them as its message. */
export function invalid(problems: readonly ErrorDetail[]): AppError {
  return new AppError('VALIDATION', problems[0]?.message ?? 'The query is not valid.', { details: problems })
}
