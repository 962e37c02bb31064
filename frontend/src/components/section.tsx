import { type ReactNode, useId } from 'react'
import { cn } from '@/lib/class-names.ts'

/** A part of a settings page: its name, a sentence about it, its actions, its content. */
export function Section({
  title,
  description,
  action,
  children,
  className,
}: {
  title: string
  description?: ReactNode
  action?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cn('border-t py-6 first:border-t-0 first:pt-0', className)}>
      <header className="mb-3.5 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {description !== undefined && <p className="mt-0.5 max-w-[68ch] text-sm text-soft">{description}</p>}
        </div>
        {action !== undefined && <div className="flex shrink-0 gap-1.5">{action}</div>}
      </header>
      {children}
    </section>
  )
}

/** A short message in the place of a list that is empty. */
export function EmptyLine({ children }: { children: ReactNode }) {
  return <p className="rounded-panel border border-dashed px-3.5 py-5 text-center text-sm text-faint">{children}</p>
}
