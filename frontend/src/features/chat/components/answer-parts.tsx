import { lazy, Suspense } from 'react'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Column, Row } from '#contracts/query.ts'
import { Metrics } from '@/components/metrics.tsx'
import { ResultTable } from '@/components/result-table.tsx'
import { isPageEntity, pathOfCitation, pathOfRecord } from '@/lib/record-links.ts'
import { Clarify } from './clarify.tsx'
import { ExportResult } from './export-result.tsx'

const ProposalGroup = lazy(() => import('@/components/proposals/proposal-group.tsx').then((module) => ({ default: module.ProposalGroup })))
const Markdown = lazy(() => import('@/components/markdown.tsx'))
const ResultChart = lazy(() => import('@/components/result-chart.tsx'))

/** Charts are drawn by a library that is loaded when the first one appears; the space is kept. */
function Chart({ part }: { part: Extract<MessagePart, { type: 'data-chart' }> }) {
  return (
    <Suspense fallback={<div className="skeleton h-72 rounded-panel!" />}>
      <ResultChart chart={part.data} />
    </Suspense>
  )
}

/** Metrics that stand together are shown together. */
function grouped(parts: readonly MessagePart[]): (MessagePart | { type: 'metrics'; data: Extract<MessagePart, { type: 'data-metric' }>['data'][] })[] {
  const groups: ReturnType<typeof grouped> = []
  for (const part of parts) {
    const last = groups.at(-1)
    if (part.type !== 'data-metric') groups.push(part)
    else if (last?.type === 'metrics') last.data.push(part.data)
    else groups.push({ type: 'metrics', data: [part.data] })
  }
  return groups
}

/** The page of the record that a cell names: of the rows' own entity, or of one that is cited by this row's id. */
function linkOf(parts: readonly MessagePart[], citations: readonly Citation[]) {
  const plan = parts.find((part) => part.type === 'data-plan')?.data
  const entity = plan?.entity as EntityName | undefined
  const grouping = plan?.groupBy !== undefined || plan?.measures !== undefined
  return (row: Row, column: Column): string | undefined => {
    const id = typeof row.id === 'string' ? row.id : undefined
    if (id === undefined) return undefined
    const labels = entity === undefined ? ['name', 'title'] : [entities[entity].labelField, 'first_name', 'last_name', 'sku', 'email']
    if (column.key !== labels.find((label) => row[label] !== undefined && row[label] !== null)) return undefined
    const cited = citations.find((citation) => citation.id === id)
    if (cited !== undefined) return pathOfCitation(cited.url)
    return entity !== undefined && !grouping && isPageEntity(entity) ? pathOfRecord(entity, id) : undefined
  }
}

export function AnswerParts({
  parts,
  citations,
  streaming,
  answered,
  onAsk,
}: {
  parts: readonly MessagePart[]
  citations: readonly Citation[]
  streaming: boolean
  answered: boolean
  onAsk: (message: string) => void
}) {
  const hrefOf = linkOf(parts, citations)
  const plan = parts.find((part) => part.type === 'data-plan')?.data
  const lead = plan?.sort?.[0]?.by
  // Of several tables the plan does not tell which one it asks for.
  const exportable = plan !== undefined && parts.filter((part) => part.type === 'data-table').length === 1 ? plan : undefined
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {grouped(parts).map((part, index) => {
        const key = `${part.type}${index}`
        switch (part.type) {
          case 'text':
            return (
              <Suspense key={key} fallback={<p className="answer-prose whitespace-pre-wrap">{part.text}</p>}>
                <Markdown text={part.text} streaming={streaming} />
              </Suspense>
            )
          case 'metrics':
            return <Metrics key={key} metrics={part.data} />
          case 'data-table':
            return (
              <ResultTable
                key={key}
                table={part.data}
                hrefOf={hrefOf}
                lead={lead}
                actions={exportable === undefined ? undefined : <ExportResult plan={exportable} title={part.data.title} total={part.data.total} />}
              />
            )
          case 'data-chart':
            return <Chart key={key} part={part} />
          case 'data-clarify':
            return (
              <Clarify
                key={key}
                data={part.data}
                asked={parts.some((other) => other.type === 'text' && other.text.includes(part.data.question))}
                onAsk={onAsk}
                answered={answered}
              />
            )
          case 'data-proposals':
            return (
              <Suspense key={key} fallback={<div className="skeleton h-36 rounded-panel!" />}>
                {/* Our own words stand in the language of the page. */}
                <div lang="en" className="contents">
                  <ProposalGroup batchId={part.data.batchId} proposals={part.data.proposals} inConversation />
                </div>
              </Suspense>
            )
          default:
            // The plan has a place of its own, behind "How was this found?".
            return null
        }
      })}
    </div>
  )
}
