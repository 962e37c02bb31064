import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Lock } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { PageHeader } from '@/components/page-header.tsx'
import { EmptyState, SkeletonRows } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { type CurrentSession, roleNames, sessionQuery } from '@/lib/session.ts'
import { useNarrow } from '@/lib/use-media.ts'
import { sectionsFor, settingsSections } from './settings-sections.ts'
import { useTitle } from './use-title.ts'

function SectionList({ session }: { session: CurrentSession }) {
  return (
    <nav aria-label="Settings" className="w-48 shrink-0 overflow-y-auto border-r p-2.5">
      <ul className="flex flex-col gap-px">
        {sectionsFor(session).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex h-7.5 items-center gap-2.5 rounded-control px-2 text-sm text-soft hover:bg-hover hover:text-text [&_svg]:text-faint"
              activeProps={{ className: 'bg-active! text-text! font-medium [&_svg]:text-text!', 'aria-current': 'page' }}
            >
              <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** `/settings`: the list of sections on a phone, the first section elsewhere. */
export function SettingsRoute() {
  const narrow = useNarrow()
  const { data: session } = useQuery(sessionQuery)
  useTitle('Settings')
  if (!narrow) return <Navigate to="/settings/profile" replace />
  if (!session) return null
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Settings" />
      <nav aria-label="Settings" className="min-h-0 flex-1 overflow-y-auto">
        <ul>
          {sectionsFor(session).map(({ to, label, detail, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className="flex items-center gap-3 border-b px-4 py-3 active:bg-hover">
                <Icon aria-hidden className="size-4.5 shrink-0 text-faint" strokeWidth={1.75} />
                <span className="min-w-0 flex-1">
                  <span className="block">{label}</span>
                  <span className="block truncate text-xs text-faint">{detail}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 text-faint" />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

/** One section of the settings, or who may see it. */
export function SettingsSectionRoute({ to, wide = false, children }: { to: string; wide?: boolean; children: (session: CurrentSession) => ReactNode }) {
  const narrow = useNarrow()
  const { data: session } = useQuery(sessionQuery)
  const section = settingsSections.find((one) => one.to === to)
  const label = section?.label ?? 'Settings'
  useTitle(label)
  if (!session) return null
  const allowed = sectionsFor(session).some((one) => one.to === to)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-12 shrink-0 items-center gap-1.5 border-b px-4">
        {narrow ? (
          <Link to="/settings" aria-label="All settings" className="-ml-2 grid size-8 shrink-0 place-items-center rounded-control text-faint hover:text-text">
            <ChevronLeft className="size-4.5" />
          </Link>
        ) : (
          <>
            <span className="text-sm text-faint">Settings</span>
            <ChevronRight aria-hidden className="size-3.5 text-faint" />
          </>
        )}
        <h1 className="truncate text-base font-semibold">{label}</h1>
      </header>
      <div className="flex min-h-0 flex-1">
        {!narrow && <SectionList session={session} />}
        <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
          {allowed ? (
            <div className={cn('px-6 py-6 max-md:px-4 max-md:py-5', wide ? 'max-w-[1080px]' : 'max-w-[760px]')}>
              <Suspense fallback={<SkeletonRows rows={8} className="-mx-4" />}>{children(session)}</Suspense>
            </div>
          ) : (
            <EmptyState icon={Lock} title={section?.refusal ?? `${label} is for owners and admins`}>
              Your role in {session.workspace.name} is {roleNames[session.user.role].toLowerCase()}. Ask an owner or admin if you need something from here.
            </EmptyState>
          )}
        </div>
      </div>
    </div>
  )
}
