import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/class-names.ts'

/** A choice that is on or off, with its sentence beside it. */
export function Checkbox({ label, hint, className, ...rest }: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={cn('flex cursor-pointer items-start gap-2.5 text-sm has-disabled:cursor-not-allowed has-disabled:opacity-45', className)}>
      <input type="checkbox" className="mt-px size-4 shrink-0 cursor-[inherit] accent-(--accent)" {...rest} />
      <span className="min-w-0">
        <span>{label}</span>
        {hint !== undefined && <span className="block text-xs text-faint">{hint}</span>}
      </span>
    </label>
  )
}
