import type { ChatAnswer, DataChart, DataMetric, DataTable } from '#contracts/chat.ts'
import type { Row } from '#contracts/query.ts'

/** What a judge looks at in an answer: its text and its structured parts. */
export interface AnswerView {
  text: string
  metrics: readonly DataMetric[]
  table: DataTable | undefined
  /** How many records the plan asks for at most, when it says so. */
  limit: number | undefined
  cited: readonly { id: string; label: string }[]
  clarifies: boolean
  /** Neither figures nor records nor a plan nor a question back: a plain "cannot answer". */
  declines: boolean
}

export function viewAnswer(answer: Pick<ChatAnswer, 'text' | 'parts' | 'citations'>): AnswerView {
  const metrics: DataMetric[] = []
  let table: DataTable | undefined
  let chart: DataChart | undefined
  let limit: number | undefined
  let clarifies = false
  let isStructured = false
  for (const part of answer.parts) {
    if (part.type === 'text') continue
    if (part.type === 'data-clarify') clarifies = true
    else isStructured = true
    if (part.type === 'data-metric') metrics.push(part.data)
    if (part.type === 'data-table') table ??= part.data
    if (part.type === 'data-plan') limit ??= part.data.limit
    if (part.type === 'data-chart') chart ??= part.data
  }
  if (chart !== undefined) table ??= tableOfChart(chart)
  return {
    text: answer.text,
    metrics,
    table,
    limit,
    cited: answer.citations,
    clarifies: clarifies && metrics.length === 0,
    declines: !isStructured && !clarifies,
  }
}

/** A chart alone says what its points say. */
function tableOfChart({ title, series }: DataChart): DataTable {
  const rows = series.flatMap(({ name, currency, points }) => points.map(({ label, value }) => ({ series: name, label, currency: currency ?? null, value })))
  return {
    title,
    columns: [
      { key: 'label', label: 'Label', type: 'text' },
      { key: 'value', label: 'Value', type: 'number' },
    ],
    rows,
    total: rows.length,
  }
}

/** Rows that show records: the table's, or what is cited when there is no table. */
export function shownRows(view: AnswerView): { rows: readonly Row[]; total: number } {
  if (view.table !== undefined) return { rows: view.table.rows, total: view.table.total }
  return { rows: view.cited.map(({ id, label }) => ({ id, name: label })), total: view.cited.length }
}
