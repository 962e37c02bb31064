import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback } from 'react'
import { SkeletonRows } from '@/components/states.tsx'
import { useStartConversation } from '@/features/chat/api/use-start-conversation.ts'
import { ChatPage } from '@/features/chat/components/chat-page.tsx'
import { Composer } from '@/features/chat/components/composer.tsx'
import { RecentSessions } from '@/features/chat/components/recent-sessions.tsx'
import { Welcome } from '@/features/chat/components/welcome.tsx'
import { HomePage } from '@/features/home/components/home-page.tsx'
import type { ListSearch } from '@/features/records/components/records-page.tsx'
import { type PageEntity, pathOfEntity } from '@/lib/record-links.ts'
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

export function RecordsRoute({ entity, search }: { entity: PageEntity; search: ListSearch }) {
  const navigate = useNavigate()
  useTitle(pathOfEntity(entity).slice(1))
  const onSearch = useCallback((next: ListSearch) => void navigate({ to: pathOfEntity(entity), search: next, replace: true }), [navigate, entity])
  return (
    <Suspense fallback={waiting}>
      <RecordsPage entity={entity} search={search} onSearch={onSearch} />
    </Suspense>
  )
}

export function RecordRoute({ entity, id }: { entity: PageEntity; id: string }) {
  useTitle(pathOfEntity(entity).slice(1))
  return (
    <Suspense fallback={waiting}>
      <RecordPage entity={entity} id={id} />
    </Suspense>
  )
}

export function ImportRoute({ entity }: { entity: PageEntity | undefined }) {
  useTitle('Import')
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
