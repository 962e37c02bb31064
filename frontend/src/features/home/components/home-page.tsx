import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, FileUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { type EntityName, entities } from '#contracts/entities.ts'
import { buttonClass } from '@/components/button.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { formatNumber } from '@/lib/format.ts'
import { everythingOf, isPageEntity, pathOfEntity } from '@/lib/record-links.ts'
import { useMayWrite } from '@/lib/session.ts'
import { workspaceQuery } from '../api/workspace.ts'
import { exampleQuestions, isEmptyWorkspace } from '../example-questions.ts'

function Examples({ questions, onAsk }: { questions: readonly string[]; onAsk: (question: string) => void }) {
  return (
    <ul aria-label="Example questions" className="grid grid-cols-2 gap-x-6 max-md:grid-cols-1">
      {questions.map((question) => (
        <li key={question} className="border-b">
          <button
            type="button"
            onClick={() => onAsk(question)}
            className="group flex h-9 w-full items-center gap-2 text-left text-sm text-soft hover:text-text"
          >
            <span className="min-w-0 flex-1 truncate">{question}</span>
            <ArrowUpRight
              aria-hidden
              className="size-3.5 shrink-0 text-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
            />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The question box, what it may be asked, and where one left off. */
export function HomePage({
  composer,
  waiting,
  recent,
  onAsk,
}: {
  composer: ReactNode
  waiting: ReactNode
  recent: ReactNode
  onAsk: (question: string) => void
}) {
  const workspace = useQuery(workspaceQuery)
  const mayWrite = useMayWrite()
  const empty = workspace.data !== undefined && isEmptyWorkspace(workspace.data)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[720px] flex-col px-5 pt-[13vh] pb-12 max-md:px-4 max-md:pt-12">
        <h1 className="mb-4 text-title font-semibold tracking-tight">{empty ? 'Welcome to ChatSG' : 'What would you like to know?'}</h1>
        {empty ? (
          <div className="flex flex-col items-start gap-4">
            <p className="max-w-[60ch] text-soft">
              {mayWrite
                ? 'There are no records yet. Bring in a spreadsheet of contacts, organisations, deals, orders or tasks, or write the first contact down; then ask about it in plain words.'
                : 'There are no records yet. As soon as colleagues have brought some in, ask about them here in plain words.'}
            </p>
            {mayWrite && (
              <div className="flex flex-wrap gap-2">
                <Link to="/import" className={buttonClass('primary')}>
                  <FileUp aria-hidden className="size-3.5" /> Import a file
                </Link>
                <Link to="/contacts" className={buttonClass('plain')}>
                  Go to contacts
                </Link>
              </div>
            )}
          </div>
        ) : (
          <>
            {composer}
            <div className="mt-5 min-h-28">
              {workspace.isPending && (
                <div role="status" aria-label="Loading" className="grid grid-cols-2 gap-x-6 gap-y-6 pt-3 max-md:grid-cols-1">
                  {['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3'].map((width) => (
                    <Skeleton key={width} className={width} />
                  ))}
                </div>
              )}
              {workspace.isError && <ErrorState compact error={workspace.error} onRetry={() => workspace.refetch()} />}
              {workspace.data !== undefined && <Examples questions={exampleQuestions(workspace.data)} onAsk={onAsk} />}
            </div>
          </>
        )}
        {waiting}
        <div className="mt-8">{recent}</div>
        {workspace.data !== undefined && !empty && (
          <p className="figures mt-8 flex flex-wrap gap-x-4 gap-y-1 text-sm text-faint">
            {(Object.entries(workspace.data.counts) as [EntityName, number][]).map(([entity, count]) =>
              isPageEntity(entity) && count > 0 ? (
                <Link key={entity} to={pathOfEntity(entity)} search={everythingOf(entity)} className="hover:text-text">
                  {formatNumber(count)} {(count === 1 ? entities[entity].label : entities[entity].labelPlural).toLowerCase()}
                </Link>
              ) : null,
            )}
          </p>
        )}
      </div>
    </div>
  )
}
