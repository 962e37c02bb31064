import { type ComponentProps, type ReactNode, useState } from 'react'
import { cn } from '@/lib/class-names.ts'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** A choice that is on or off, with its sentence beside it. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
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

/**
 * A choice that is saved as soon as it is made: while it is being saved it shows what was chosen, and what `onSave` does not
 * save is taken back. It keeps the keyboard's focus throughout.
 */
export function SavedCheckbox({
  checked,
  onSave,
  ...rest
}: Omit<CheckboxProps, 'checked' | 'onChange'> & { checked: boolean; onSave: (next: boolean) => Promise<unknown> }) {
  const [wanted, setWanted] = useState<boolean>()
  return (
    <Checkbox
      checked={wanted ?? checked}
      aria-busy={wanted !== undefined}
      onChange={(event) => {
        if (wanted !== undefined) return
        setWanted(event.target.checked)
        // What was saved reaches the page in a turn of its own, so the choice stands until then: else it would flicker.
        void onSave(event.target.checked).finally(() => setTimeout(() => setWanted(undefined)))
      }}
      {...rest}
    />
  )
}
