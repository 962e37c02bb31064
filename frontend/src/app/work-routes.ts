import { type AnyRoute, createRoute } from '@tanstack/react-router'
import { parseApprovalsSearch } from '@/features/approvals/approvals-search.ts'
import { parseAutomationsSearch } from '@/features/automations/automations-search.ts'
import { parseInboxSearch } from '@/features/inbox/inbox-search.ts'
import { ApprovalsRoute, AutomationsRoute, InboxRoute, MemoryRoute } from './work-pages.tsx'

/** What agents do for people: approvals, memory, automations, mail. */
export function workRoutes(parent: AnyRoute) {
  const getParentRoute = () => parent
  const approvals = createRoute({
    getParentRoute,
    path: '/approvals',
    validateSearch: parseApprovalsSearch,
    component: () => ApprovalsRoute({ search: approvals.useSearch() }),
  })
  const automations = createRoute({
    getParentRoute,
    path: '/automations',
    validateSearch: parseAutomationsSearch,
    component: () => AutomationsRoute({ search: automations.useSearch() }),
  })
  const inbox = createRoute({
    getParentRoute,
    path: '/inbox/{-$id}',
    validateSearch: parseInboxSearch,
    component: () => InboxRoute({ id: inbox.useParams().id ?? null, search: inbox.useSearch() }),
  })
  return [approvals, automations, inbox, createRoute({ getParentRoute, path: '/memory', component: MemoryRoute })]
}
