import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { ErrorState } from '@/components/states.tsx'
import { filterOfAddress } from '@/features/records/list-filter.ts'
import { InvitationPage } from '@/features/sign-in/components/invitation-page.tsx'
import { LinkSignInPage } from '@/features/sign-in/components/link-sign-in-page.tsx'
import { ResetPasswordPage } from '@/features/sign-in/components/reset-password-page.tsx'
import { entityOfPath, pageEntities, pageEntityOf, pathOfEntity, pathOfRecord } from '@/lib/record-links.ts'
import { Gate, SignInGate } from './gate.tsx'
import { NotFound } from './not-found.tsx'
import { ChatRoute, HomeRoute, ImportRoute, QuestionsRoute, RecordRoute, RecordsRoute } from './pages.tsx'
import { settingsRoutes } from './settings-routes.ts'
import { workRoutes } from './work-routes.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ErrorState error={error} onRetry={() => location.reload()} />,
})

// A token of digits only would otherwise be parsed into a number.
const tokenOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => ({ token: tokenOf(search.token), error: text(search.error) }),
  component: function SignIn() {
    const { token, error } = signIn.useSearch()
    return token === undefined ? <SignInGate refusal={error} /> : <LinkSignInPage token={token} />
  },
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search: Record<string, unknown>) => ({ token: tokenOf(search.token) }),
  component: function Invitation() {
    return <InvitationPage token={invitation.useSearch().token ?? ''} />
  },
})
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  validateSearch: (search: Record<string, unknown>) => ({ token: tokenOf(search.token), error: text(search.error) }),
  component: function ResetPassword() {
    const { token, error } = resetPassword.useSearch()
    return <ResetPasswordPage token={token ?? ''} refused={error !== undefined} />
  },
})

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Gate })

const home = createRoute({ getParentRoute: () => inside, path: '/', component: HomeRoute })
const chat = createRoute({
  getParentRoute: () => inside,
  path: '/chat/{-$sessionId}',
  component: function Chat() {
    const { sessionId } = chat.useParams()
    return <ChatRoute sessionId={sessionId ?? null} />
  },
})
const importing = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: (search: Record<string, unknown>): { entity?: string | undefined } => ({ entity: text(search.entity) }),
  component: function Importing() {
    const { entity } = importing.useSearch()
    return <ImportRoute key={entity} entity={pageEntityOf(entity)} />
  },
})

const questions = createRoute({ getParentRoute: () => inside, path: '/help/questions', component: QuestionsRoute })

const recordRoutes = pageEntities.flatMap((entity) => {
  const list = createRoute({
    getParentRoute: () => inside,
    path: pathOfEntity(entity),
    validateSearch: (search: Record<string, unknown>) => ({
      q: search.q === undefined ? undefined : String(search.q),
      sort: text(search.sort),
      view: search.view === 'board' ? ('board' as const) : undefined,
      filter: filterOfAddress(search.filter),
      saved: text(search.saved),
    }),
    component: () => <RecordsRoute key={entity} entity={entity} search={list.useSearch()} />,
  })
  const one = createRoute({
    getParentRoute: () => inside,
    path: `${pathOfEntity(entity)}/$id`,
    component: () => <RecordRoute entity={entity} id={one.useParams().id} />,
  })
  return [list, one]
})

/** Addresses that citations use, and the other name of the calendar. */
const crmRecord = createRoute({
  getParentRoute: () => root,
  path: '/crm/$plural/$id',
  beforeLoad: ({ params }) => {
    const entity = entityOfPath(params.plural)
    if (entity !== undefined) throw redirect({ to: pathOfRecord(entity, params.id), replace: true })
  },
  component: NotFound,
})
const events = createRoute({
  getParentRoute: () => root,
  path: '/events/{-$id}',
  beforeLoad: ({ params }) => {
    throw redirect({ to: params.id === undefined ? '/calendar' : `/calendar/${params.id}`, replace: true })
  },
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    invitation,
    resetPassword,
    inside.addChildren([home, chat, importing, questions, ...workRoutes(inside), ...settingsRoutes(inside), ...recordRoutes]),
    crmRecord,
    events,
  ]),
  defaultErrorComponent: ({ error }) => <ErrorState error={error} onRetry={() => location.reload()} />,
  defaultPreload: false,
  scrollRestoration: false,
})
