import { Link } from '@tanstack/react-router'
import { Bot, Braces, Clock, Database, Route } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AnswerLanguage, Citation } from '#contracts/chat.ts'
import { type EntityName, entityBySingular } from '#contracts/entities.ts'
import { Badge } from '@/components/badge.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { formatDuration, formatInstant, formatNumber } from '@/lib/format.ts'
import { pathOfCitation } from '@/lib/record-links.ts'
import { agentTitle } from '../api/agents.ts'
import type { ShownMessage } from '../api/shown-message.ts'
import { describePlan, type PlanLike } from '../plan/describe-plan.ts'

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <div className="mb-1.5 flex h-6 items-center justify-between">
        <h3 className="text-xs font-medium text-faint">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  )
}

function PlanWords({ plan, language }: { plan: PlanLike; language: AnswerLanguage | undefined }) {
  return (
    <>
      {plan.title !== undefined && (
        <p lang={language} className="mb-2">
          {plan.title}
        </p>
      )}
      <dl className="grid grid-cols-[84px_1fr] gap-x-3 gap-y-1 text-sm">
        {describePlan(plan).map((line) => (
          <div key={line.label} className="contents">
            <dt className="text-faint">{line.label}</dt>
            <dd className="wrap-anywhere">{line.text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function CitationRow({ citation, withKind }: { citation: Citation; withKind: boolean }) {
  const path = pathOfCitation(citation.url)
  const content = (
    <>
      <span className="min-w-0 flex-1 truncate">{citation.label}</span>
      {withKind && <Badge>{entityBySingular(citation.entity)?.label ?? citation.entity}</Badge>}
    </>
  )
  const className = 'flex h-7.5 items-center gap-2 rounded-control px-2'
  if (path === undefined) return <span className={className}>{content}</span>
  return (
    <Link to={path} className={`${className} hover:bg-hover`}>
      {content}
    </Link>
  )
}

/** How an answer came about: the plan in words and as the query, its records, how much of the data it saw, the time it took. */
export function Explanation({ message }: { message: ShownMessage }) {
  const { metadata, parts } = message
  const plans = parts.filter((part) => part.type === 'data-plan').map((part) => part.data)
  const citations = metadata.citations ?? []
  const coverage = metadata.coverage ?? null
  // Several answers in one message add their lists and figures up.
  const isFigure =
    plans.length === 1 && plans.every((plan) => 'measures' in plan && plan.measures !== undefined && !('groupBy' in plan && plan.groupBy !== undefined))
  const kinds = new Set(citations.map((citation) => citation.entity))
  const oneKind = kinds.size === 1 ? entityBySingular(citations[0]?.entity ?? '') : undefined
  return (
    <div className="text-sm">
      {plans.length === 0 && (
        <Section title="Plan">
          <p className="text-soft">This answer needed no look at the records.</p>
        </Section>
      )}
      {plans.map((plan, index) => (
        <Section key={JSON.stringify(plan)} title={plans.length === 1 ? 'Plan' : `Plan ${index + 1}`}>
          <PlanWords plan={plan as PlanLike & { entity: EntityName }} language={metadata.language} />
          <details className="mt-3 rounded-control border">
            <summary className="flex h-8 items-center gap-2 px-2.5 text-sm text-soft select-none hover:text-text">
              <Braces aria-hidden className="size-3.5" />
              <span className="flex-1">As the query that ran</span>
            </summary>
            <div className="relative border-t">
              <pre className="max-h-80 overflow-auto p-2.5 font-mono text-xs leading-4.5">{JSON.stringify(plan, null, 2)}</pre>
              <span className="absolute top-1 right-1">
                <CopyButton label="Copy query" text={() => JSON.stringify(plan, null, 2)} />
              </span>
            </div>
          </details>
        </Section>
      ))}
      <Section title="Coverage">
        <ul className="flex flex-col gap-1.5 text-soft [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint">
          {coverage !== null && (
            <li className="flex items-center gap-2">
              <Database aria-hidden />
              <span className="figures">
                {isFigure
                  ? `Made of ${formatNumber(coverage.matched)} ${coverage.matched === 1 ? 'record' : 'records'}`
                  : `${formatNumber(coverage.shown)} of ${formatNumber(coverage.matched)} shown`}
                , as of {formatInstant(coverage.asOf)}
              </span>
            </li>
          )}
          <li className="flex items-center gap-2">
            <Bot aria-hidden />
            {metadata.answeredBy === 'model'
              ? 'Answered by the language model with the CRM’s tools'
              : 'Answered by the built-in planner, without a language model'}
          </li>
          <li className="flex items-center gap-2">
            <Route aria-hidden />
            <span>
              {agentTitle(metadata.agent)}
              {metadata.routing ? <span lang={metadata.language}>: {metadata.routing}</span> : ''}
            </span>
          </li>
          {metadata.processingTime !== undefined && (
            <li className="flex items-center gap-2">
              <Clock aria-hidden />
              <span className="figures">{formatDuration(metadata.processingTime)}</span>
            </li>
          )}
        </ul>
      </Section>
      {citations.length > 0 && (
        <Section title={`${oneKind === undefined ? 'Records' : oneKind.labelPlural} cited (${formatNumber(citations.length)})`}>
          <ul className="-mx-2 flex flex-col">
            {citations.map((citation) => (
              <li key={`${citation.entity}${citation.id}`}>
                <CitationRow citation={citation} withKind={oneKind === undefined} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}
