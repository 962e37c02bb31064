import type { Row } from '#contracts/query.ts'
import { type AnswerView, shownRows } from './answer-view.ts'
import { isBlank, isSameNumber, isSameShare, isSameText, numberOf, textOf } from './compare-values.ts'
import type { Question } from './question.ts'

export type Verdict = 'right' | 'wrong' | 'declined'

export interface Judgement {
  verdict: Verdict
  /** Why it is not right. */
  reason?: string
}

/** Gold rows: arrays of cells in the order of the statement's columns, with the columns' names. */
export interface Gold {
  columns: readonly string[]
  rows: readonly (readonly unknown[])[]
}

/** Compares an answer with its gold rows. A question back is no wrong answer, but a right one only where one is wanted. */
export function judge(question: Pick<Question, 'expect' | 'ordered'>, gold: Gold, view: AnswerView): Judgement {
  if (question.expect === 'decline')
    return view.declines ? right : view.clarifies ? { verdict: 'declined', reason: 'asked back' } : wrong('answered what cannot be answered')
  if (question.expect === 'clarify') {
    if (view.clarifies) return right
    if (view.declines) return { verdict: 'declined', reason: 'declined' }
    // Showing every reading with its name is as good as asking which.
    return gold.rows.length > 0 && comparisons.labels(gold, view, false) === undefined ? right : wrong('did not ask back')
  }
  if (view.clarifies) return { verdict: 'declined', reason: 'asked back' }
  if (view.declines) return { verdict: 'declined', reason: 'declined' }
  const problem = comparisons[question.expect](gold, view, question.ordered)
  return problem === undefined ? right : wrong(problem)
}

const right: Judgement = { verdict: 'right' }
const wrong = (reason: string): Judgement => ({ verdict: 'wrong', reason })

/** Says what differs, or undefined when nothing does. */
type Comparison = (gold: Gold, view: AnswerView, ordered: boolean) => string | undefined

const comparisons: Record<Exclude<Question['expect'], 'decline' | 'clarify'>, Comparison> = {
  metric: compareMetric,
  labels: (gold, view, ordered) =>
    compareRecords(gold, view, ordered, (wanted, row) => Object.values(row).some((cell) => isSameText(wanted, cell)) || isSameText(wanted, fullName(row))),
  ids: (gold, view, ordered) => compareRecords(gold, view, ordered, (wanted, row) => row.id === wanted),
  groups: compareGroups,
  contains: compareContains,
}

function fullName(row: Row): string {
  return [row.first_name, row.last_name].filter((part) => !isBlank(part)).join(' ')
}

interface Figure {
  value: number | undefined
  currency: string | undefined
  isShare: boolean
}

function figuresOf(view: AnswerView): Figure[] {
  if (view.metrics.length > 0) {
    return view.metrics.map(({ value, unit, currency }) => ({
      value: numberOf(value),
      currency: currency?.toUpperCase(),
      isShare: unit !== undefined && /%|percent|share/i.test(unit),
    }))
  }
  // One row, or one row a currency, says the same as figures do.
  const { table } = view
  if (table === undefined) return []
  const measure = table.columns.findLast(({ type }) => ['integer', 'number', 'percent', 'days', 'money'].includes(type))
  if (measure === undefined) return []
  return table.rows.map((row) => ({
    value: numberOf(row[measure.key]),
    currency: typeof row.currency === 'string' ? row.currency : undefined,
    isShare: measure.type === 'percent',
  }))
}

function compareMetric(gold: Gold, view: AnswerView): string | undefined {
  const currencyAt = gold.columns.indexOf('currency')
  const valueAt = currencyAt === 0 ? 1 : 0
  const wanted = gold.rows
    .map((row) => ({ value: numberOf(row[valueAt]), currency: currencyAt < 0 || isBlank(row[currencyAt]) ? undefined : String(row[currencyAt]) }))
    .filter(({ value, currency }) => value !== undefined || currency === undefined)
  const figures = figuresOf(view)
  if (currencyAt >= 0) return compareMoney(wanted, figures)
  const [target] = wanted
  const given = figures.find(({ currency }) => currency === undefined)
  if (target?.value === undefined)
    return given === undefined || given.value === undefined || given.value === 0 ? undefined : `says ${given.value} where there is none`
  if (given === undefined) return 'shows no figure'
  if (given.value === undefined) return target.value === 0 ? undefined : `says nothing instead of ${target.value}`
  return isSameFigure(target.value, given) ? undefined : `says ${given.value} instead of ${target.value}`
}

function isSameFigure(gold: number, given: Figure): boolean {
  return given.value !== undefined && (given.isShare ? isSameShare(gold, given.value) : isSameNumber(gold, given.value))
}

function compareMoney(wanted: { value: number | undefined; currency: string | undefined }[], figures: Figure[]): string | undefined {
  const filled = (figure: { value: number | undefined }) => figure.value !== undefined && figure.value !== 0
  const money = figures.filter((figure) => figure.currency !== undefined || wanted.some(({ currency }) => currency === undefined)).filter(filled)
  const targets = wanted.filter(filled)
  for (const { value, currency } of targets) {
    const given = money.find((figure) => figure.currency === currency)
    if (given === undefined) return `shows no figure in ${currency}`
    if (!isSameFigure(value as number, given)) return `says ${currency} ${given.value} instead of ${value}`
  }
  const extra = money.find(({ currency }) => !targets.some((target) => target.currency === currency))
  return extra === undefined ? undefined : `shows a figure in ${extra.currency} which there is none of`
}

/** Fewest records a list must show before it may say "and more". */
const fullPage = 10

function compareRecords(gold: Gold, view: AnswerView, ordered: boolean, matches: (wanted: unknown, row: Row) => boolean): string | undefined {
  const { rows, total } = shownRows(view)
  const left = new Set(gold.rows.keys())
  const places: number[] = []
  for (const row of rows) {
    const place = [...left].find((index) => matches(gold.rows[index]?.[0], row))
    if (place === undefined) return `shows ${labelOf(row)}, which does not belong`
    left.delete(place)
    places.push(place)
  }
  // "The newest five" of 500 shows five rows of 500.
  const isTop = view.limit === gold.rows.length && rows.length === gold.rows.length
  if (total !== gold.rows.length && !isTop) return `has ${total} records instead of ${gold.rows.length}`
  if (left.size > 0 && rows.length < Math.min(fullPage, gold.rows.length)) return `lacks ${String(gold.rows[[...left][0] as number]?.[0])}`
  if (!ordered) return undefined
  // Records that tie in the second gold column may change places.
  const rank = (index: number) => (gold.columns.length > 1 ? textOf(gold.rows[index]?.[1]) : String(index))
  const misplaced = places.findIndex((place, index) => rank(place) !== rank(index))
  return misplaced < 0 ? undefined : `shows ${String(gold.rows[places[misplaced] as number]?.[0])} in place ${misplaced + 1}`
}

function labelOf(row: Row): string {
  return String(row.name ?? row.title ?? row.subject ?? row.order_id ?? row.sku ?? JSON.stringify(row))
}

function compareGroups(gold: Gold, view: AnswerView): string | undefined {
  if (view.table === undefined) return gold.rows.length === 0 ? undefined : 'shows no table'
  const currencyAt = gold.columns.indexOf('currency')
  const valueAt = gold.columns.length - 1
  const keysAt = gold.columns.flatMap((_, index) => (index === currencyAt || index === valueAt ? [] : [index]))
  const percentKeys = new Set(view.table.columns.filter(({ type }) => type === 'percent').map(({ key }) => key))
  const left = new Set(view.table.rows)
  for (const wanted of gold.rows) {
    const target = numberOf(wanted[valueAt])
    const candidates = [...left].filter((row) => hasKeys(wanted, row))
    // Two groups may share a name (a stage of two pipelines): the figure tells them apart.
    const row = candidates.find((candidate) => target === undefined || says(candidate, target))
    if (row !== undefined) left.delete(row)
    else if (target !== undefined && target !== 0) {
      const name = keysAt.map((index) => String(wanted[index])).join(', ')
      return candidates.length === 0 ? `lacks the group ${name}` : `does not say ${target} for ${name}`
    }
  }
  const extra = [...left].find((row) => Object.values(row).some((cell) => (numberOf(cell) ?? 0) !== 0))
  return extra === undefined ? undefined : `shows a group that does not belong: ${JSON.stringify(extra)}`

  function says(row: Row, target: number): boolean {
    return Object.entries(row).some(([key, cell]) => {
      const value = numberOf(cell)
      return value !== undefined && (percentKeys.has(key) ? isSameShare(target, value) : isSameNumber(target, value))
    })
  }

  function hasKeys(wanted: readonly unknown[], row: Row): boolean {
    const cells = Object.entries(row)
    const hasCurrency = currencyAt < 0 || cells.some(([key, cell]) => /currency/.test(key) && isSameText(wanted[currencyAt], cell))
    return hasCurrency && keysAt.every((index) => cells.some(([key, cell]) => !key.endsWith('id') && isSameText(wanted[index], cell)))
  }
}

/** Most records an answer about one may show. */
const mostAboutOne = 5

function compareContains(gold: Gold, view: AnswerView): string | undefined {
  const { rows } = shownRows(view)
  if (rows.length > mostAboutOne) return `shows ${rows.length} records where one was asked about`
  const spoken = [view.text, ...rows.flatMap((row) => Object.values(row).map(textOf)), ...view.metrics.map(({ value }) => String(value))].map(textOf).join('\n')
  for (const cell of gold.rows.flat()) {
    if (isBlank(cell)) continue
    const wanted = textOf(cell)
    const digits = wanted.replace(/[^\d]/g, '')
    const isPhone = /^\+[\d\s()-]+$/.test(wanted)
    const isFigure = numberOf(wanted) !== undefined
    if (spoken.includes(wanted) || (isPhone && spoken.replace(/[^\d\n]/g, '').includes(digits)) || (isFigure && containsFigure(spoken, Number(wanted))))
      continue
    return `does not say ${String(cell)}`
  }
  return gold.rows.length === 0 ? 'has no gold row to contain' : undefined
}

function containsFigure(spoken: string, wanted: number): boolean {
  return (spoken.match(/-?\d[\d,]*(\.\d+)?/g) ?? []).some((figure) => isSameNumber(wanted, Number(figure.replaceAll(',', ''))))
}
