import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  Line,
  LineChart,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { DataChart } from '#contracts/chat.ts'
import { formatCompact, formatMoney, formatNumber } from '@/lib/format.ts'

const colours = ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)', 'var(--chart-4)', 'var(--chart-5)', 'var(--chart-6)']
const colourAt = (index: number): string => colours[index % colours.length] ?? 'var(--chart-1)'

type Series = DataChart['series'][number]
const nameOf = (series: Series): string =>
  series.currency === undefined || series.name.includes(series.currency) ? series.name : `${series.name} (${series.currency})`
const figure = (value: number, currency?: string): string => (currency === undefined ? formatNumber(value) : formatMoney(value, currency))

/** One row a label, one key a series. */
function toRows(series: readonly Series[]): Record<string, string | number | null>[] {
  const rows = new Map<string, Record<string, string | number | null>>()
  for (const [index, one] of series.entries()) {
    const times = new Map<string, number>()
    for (const point of one.points) {
      // Two groups may bear one name, such as a stage of two pipelines: each keeps its own bar.
      const time = (times.get(point.label) ?? 0) + 1
      times.set(point.label, time)
      const key = `${time} ${point.label}`
      const row = rows.get(key) ?? { label: point.label, key }
      row[`s${index}`] = point.value
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

const nameOfKey = (key: unknown): string => String(key).replace(/^\d+ /, '')

const axis = { stroke: 'var(--line-strong)', tick: { fill: 'var(--text-faint)', fontSize: 11 }, tickLine: false } as const
const tooltipStyle = {
  background: 'var(--raised)',
  border: '1px solid var(--line)',
  borderRadius: 6,
  fontSize: 12,
  color: 'var(--text)',
  padding: '6px 10px',
} as const
const tooltip = (series: readonly Series[]) => (
  <Tooltip
    cursor={{ fill: 'var(--hover)', stroke: 'var(--line-strong)' }}
    contentStyle={tooltipStyle}
    labelFormatter={nameOfKey}
    itemStyle={{ color: 'var(--text)', padding: 0 }}
    isAnimationActive={false}
    formatter={(value, name) => figure(Number(value), series.find((one) => nameOf(one) === name)?.currency)}
  />
)

function Figure({ chart }: { chart: DataChart }) {
  const { kind, series } = chart
  const rows = toRows(series)
  const legend = series.length > 1 ? <Legend iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 12 }} /> : null
  if (kind === 'pie') {
    const points = series[0]?.points ?? []
    return (
      <PieChart>
        <Pie
          data={points.map((point) => ({ name: point.label, value: point.value ?? 0 }))}
          dataKey="value"
          nameKey="name"
          innerRadius="52%"
          outerRadius="82%"
          stroke="var(--page)"
          isAnimationActive={false}
        >
          {points.map((point, index) => (
            <Cell key={point.label} fill={colourAt(index)} />
          ))}
        </Pie>
        <Tooltip contentStyle={tooltipStyle} itemStyle={{ color: 'var(--text)' }} formatter={(value) => figure(Number(value), series[0]?.currency)} />
        <Legend iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 12 }} />
      </PieChart>
    )
  }
  const lying = kind === 'bar' && rows.length > 0 && rows.length <= 14 && rows.some((row) => String(row.label).length > 11)
  const shared = { data: rows, margin: { top: 8, right: 12, bottom: 0, left: 0 } }
  const grid = <CartesianGrid stroke="var(--line)" vertical={lying} horizontal={!lying} />
  const labels = <XAxis dataKey="key" tickFormatter={nameOfKey} {...axis} minTickGap={12} />
  const values = <YAxis width={52} {...axis} axisLine={false} tickFormatter={formatCompact} />
  if (lying) {
    return (
      <BarChart {...shared} layout="vertical">
        {grid}
        <XAxis type="number" {...axis} axisLine={false} tickFormatter={formatCompact} />
        <YAxis type="category" dataKey="key" tickFormatter={nameOfKey} width={136} {...axis} interval={0} />
        {tooltip(series)}
        {legend}
        {series.map((one, index) => (
          <Bar
            key={nameOf(one)}
            dataKey={`s${index}`}
            name={nameOf(one)}
            fill={colourAt(index)}
            radius={[0, 3, 3, 0]}
            maxBarSize={22}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    )
  }
  if (kind === 'bar') {
    return (
      <BarChart {...shared}>
        {grid}
        {labels}
        {values}
        {tooltip(series)}
        {legend}
        {series.map((one, index) => (
          <Bar
            key={nameOf(one)}
            dataKey={`s${index}`}
            name={nameOf(one)}
            fill={colourAt(index)}
            radius={[3, 3, 0, 0]}
            maxBarSize={40}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    )
  }
  if (kind === 'line') {
    return (
      <LineChart {...shared}>
        {grid}
        {labels}
        {values}
        {tooltip(series)}
        {legend}
        {series.map((one, index) => (
          <Line
            key={nameOf(one)}
            dataKey={`s${index}`}
            name={nameOf(one)}
            stroke={colourAt(index)}
            strokeWidth={2}
            dot={rows.length < 16}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    )
  }
  return (
    <AreaChart {...shared}>
      {grid}
      {labels}
      {values}
      {tooltip(series)}
      {legend}
      {series.map((one, index) => (
        <Area
          key={nameOf(one)}
          dataKey={`s${index}`}
          name={nameOf(one)}
          stroke={colourAt(index)}
          fill={colourAt(index)}
          fillOpacity={0.14}
          strokeWidth={2}
          isAnimationActive={false}
        />
      ))}
    </AreaChart>
  )
}

/** A chart, with the same figures as a table for screen readers. */
export default function ResultChart({ chart }: { chart: DataChart }) {
  const rows = toRows(chart.series)
  const lying = chart.kind === 'bar' && rows.length <= 14 && rows.some((row) => String(row.label).length > 11)
  return (
    <figure className="relative overflow-hidden rounded-panel border p-3 pb-2">
      <figcaption className="mb-2 text-sm font-medium">{chart.title}</figcaption>
      <div aria-hidden style={{ height: lying ? Math.max(140, rows.length * 30 + 30) : 240 }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 240 }}>
          <Figure chart={chart} />
        </ResponsiveContainer>
      </div>
      <div className="sr-only">
        <table>
          <caption>{chart.title}</caption>
          <thead>
            <tr>
              <th scope="col">Label</th>
              {chart.series.map((one) => (
                <th key={nameOf(one)} scope="col">
                  {nameOf(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                {chart.series.map((one, index) => {
                  const value = row[`s${index}`]
                  return <td key={nameOf(one)}>{typeof value === 'number' ? figure(value, one.currency) : ''}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
