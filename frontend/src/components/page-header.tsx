import type { ReactNode } from 'react'

/** Title on the left, view and actions on the right. */
export function PageHeader({ title, note, children }: { title: ReactNode; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-4 py-2">
      <h1 className="min-w-0 truncate text-base font-semibold">{title}</h1>
      {note !== undefined && <span className="figures text-sm text-faint">{note}</span>}
      <div className="ml-auto flex items-center gap-1.5 max-md:w-full max-md:flex-wrap max-md:empty:hidden">{children}</div>
    </header>
  )
}
