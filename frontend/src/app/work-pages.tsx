import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback } from 'react'
import { SkeletonRows } from '@/components/states.tsx'
import type { ApprovalsSearch } from '@/features/approvals/approvals-search.ts'
import type { AutomationsSearch } from '@/features/automations/automations-search.ts'
import type { InboxSearch } from '@/features/inbox/inbox-search.ts'
import { sessionQuery } from '@/lib/session.ts'
import { useTitle } from './use-title.ts'

const ApprovalsPage = lazy(() => import('@/features/approvals/components/approvals-page.tsx').then((module) => ({ default: module.ApprovalsPage })))
const MemoryPage = lazy(() => import('@/features/memory/components/memory-page.tsx').then((module) => ({ default: module.MemoryPage })))
const InboxPage = lazy(() => import('@/features/inbox/components/inbox-page.tsx').then((module) => ({ default: module.InboxPage })))
const AutomationsPage = lazy(() => import('@/features/automations/components/automations-page.tsx').then((module) => ({ default: module.AutomationsPage })))

const waiting = <SkeletonRows rows={10} className="pt-14" />

export function ApprovalsRoute({ search }: { search: ApprovalsSearch }) {
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  useTitle('Approvals')
  if (!session) return null
  return (
    <Suspense fallback={waiting}>
      <ApprovalsPage session={session} search={search} onSearch={(next) => void navigate({ to: '/approvals', search: next, replace: true })} />
    </Suspense>
  )
}

export function MemoryRoute() {
  const { data: session } = useQuery(sessionQuery)
  useTitle('Memory')
  if (!session) return null
  return (
    <Suspense fallback={waiting}>
      <MemoryPage session={session} />
    </Suspense>
  )
}

export function InboxRoute({ id, search }: { id: string | null; search: InboxSearch }) {
  const navigate = useNavigate()
  useTitle('Inbox')
  const go = useCallback(
    (to: string | null, next: InboxSearch, replace: boolean) => void navigate({ to: '/inbox/{-$id}', params: { id: to ?? undefined }, search: next, replace }),
    [navigate],
  )
  const onSearch = useCallback((next: InboxSearch) => go(id, next, true), [go, id])
  return (
    <Suspense fallback={waiting}>
      <InboxPage id={id} search={search} onSearch={onSearch} onOpen={(next) => go(next, search, false)} />
    </Suspense>
  )
}

export function AutomationsRoute({ search }: { search: AutomationsSearch }) {
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  useTitle('Automations')
  if (!session) return null
  return (
    <Suspense fallback={waiting}>
      <AutomationsPage session={session} search={search} onSearch={(next) => void navigate({ to: '/automations', search: next, replace: true })} />
    </Suspense>
  )
}
