import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { lazy, Suspense, useCallback } from 'react'
import { entities } from '#contracts/entities.ts'
import { PageHeader } from '@/components/page-header.tsx'
import { EmptyState, SkeletonRows } from '@/components/states.tsx'
import { useStartConversation } from '@/features/chat/api/use-start-conversation.ts'
import { ChatPage } from '@/features/chat/components/chat-page.tsx'
import { Composer } from '@/features/chat/components/composer.tsx'
import { RecentSessions } from '@/features/chat/components/recent-sessions.tsx'
import { Welcome } from '@/features/chat/components/welcome.tsx'
import { HomePage } from '@/features/home/components/home-page.tsx'
import type { ListSearch } from '@/features/records/components/records-page.tsx'
import { type PageEntity, pathOfEntity } from '@/lib/record-links.ts'
import { labelOf, recordQuery } from '@/lib/records.ts'
import { mayWrite, sessionQuery } from '@/lib/session.ts'
import { useTitle } from './use-title.ts'
import { WaitingNotice } from './waiting-notice.tsx'

const RecordsPage = lazy(() => import('@/features/records/components/records-page.tsx').then((module) => ({ default: module.RecordsPage })))
const RecordPage = lazy(() => import('@/features/records/components/record-page.tsx').then((module) => ({ default: module.RecordPage })))
const ImportPage = lazy(() => import('@/features/import/components/import-page.tsx').then((module) => ({ default: module.ImportPage })))

const QuestionsPage = lazy(() => import('@/features/chat/components/questions-page.tsx').then((module) => ({ default: module.QuestionsPage })))

const waiting = <SkeletonRows rows={10} className="pt-14" />

export function HomeRoute() {
  const start = useStartConversation()
  useTitle('Home')
  return <HomePage composer={<Composer autoFocus rows={2} onSend={start} />} waiting={<WaitingNotice />} recent={<RecentSessions />} onAsk={start} />
}

export function ChatRoute({ sessionId }: { sessionId: string | null }) {
  const start = useStartConversation()
  useTitle('Chat')
  return <ChatPage sessionId={sessionId} welcome={<Welcome onAsk={start} />} />
}

const titleOf = (entity: PageEntity) => (entity === 'events' ? 'Calendar' : entities[entity].labelPlural)

export function RecordsRoute({ entity, search }: { entity: PageEntity; search: ListSearch }) {
  const navigate = useNavigate()
  useTitle(titleOf(entity))
  const onSearch = useCallback((next: ListSearch) => void navigate({ to: pathOfEntity(entity), search: next, replace: true }), [navigate, entity])
  return (
    <Suspense fallback={waiting}>
      <RecordsPage entity={entity} search={search} onSearch={onSearch} />
    </Suspense>
  )
}

export function RecordRoute({ entity, id }: { entity: PageEntity; id: string }) {
  const { data: record } = useQuery(recordQuery(entity, id))
  useTitle(record === undefined ? titleOf(entity) : labelOf(entity, record))
  return (
    <Suspense fallback={waiting}>
      <RecordPage entity={entity} id={id} />
    </Suspense>
  )
}

export function ImportRoute({ entity }: { entity: PageEntity | undefined }) {
  const { data: session } = useQuery(sessionQuery)
  useTitle('Import')
  if (!session) return null
  if (!mayWrite(session)) {
    return (
      <>
        <PageHeader title="Import" />
        <EmptyState icon={Lock} title="Viewers do not import">
          Your role in {session.workspace.name} is viewer. Ask an owner or admin if you need to bring records in.
        </EmptyState>
      </>
    )
  }
  return (
    <Suspense fallback={waiting}>
      <ImportPage entity={entity} />
    </Suspense>
  )
}

export function QuestionsRoute() {
  const start = useStartConversation()
  useTitle('What you can ask')
  return (
    <Suspense fallback={waiting}>
      <QuestionsPage onAsk={start} />
    </Suspense>
  )
}
