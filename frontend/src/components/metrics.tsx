import type { DataMetric } from '#contracts/chat.ts'
import { formatMoney, formatNumber, formatPercent } from '@/lib/format.ts'

export function metricText({ value, unit, currency }: DataMetric): string {
  if (value === null) return 'none'
  if (currency !== undefined) return formatMoney(value, currency)
  const figure = Number(value)
  if (unit === 'percent' || unit === 'ratio') return formatPercent(figure)
  const text = Number.isFinite(figure) ? formatNumber(figure) : String(value)
  if (unit === '%') return `${text} %`
  return unit === undefined ? text : `${text} ${unit}`
}

/** Figures side by side, each under its name. */
export function Metrics({ metrics }: { metrics: readonly DataMetric[] }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {metrics.map((metric) => (
        <div key={`${metric.label}${metric.currency ?? ''}`} className="flex flex-col">
          <dt className="text-xs text-faint">{metric.label}</dt>
          <dd className="figures text-title font-semibold tracking-tight">{metricText(metric)}</dd>
        </div>
      ))}
    </dl>
  )
}
