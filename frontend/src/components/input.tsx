import { Search, X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/class-names.ts'

export const inputClass =
  'h-8 w-full min-w-0 rounded-control border border-line bg-page px-2.5 text-sm text-text outline-none transition-colors hover:border-line-strong focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/25 aria-invalid:border-danger max-md:text-base'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(inputClass, className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(inputClass, 'h-auto min-h-20 resize-y py-1.5', className)} {...rest} />
}

/** The browser's own select: quick, and known to every screen reader and phone. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select className={cn(inputClass, 'appearance-none bg-[length:14px] bg-[position:right_8px_center] bg-no-repeat pr-7 select-caret', className)} {...rest}>
      {children}
    </select>
  )
}

/** A labelled control with its hint or error. */
export function Labelled({
  label,
  htmlFor,
  hint,
  error,
  children,
}: {
  label: ReactNode
  htmlFor: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={htmlFor} className="text-sm text-soft">
        {label}
      </label>
      {children}
      {error ? (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      ) : hint ? (
        <p className="text-xs text-faint">{hint}</p>
      ) : null}
    </div>
  )
}

export function SearchInput({
  value,
  onValue,
  label,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange'> & { value: string; onValue: (value: string) => void; label: string }) {
  return (
    <div className={cn('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        className={cn(inputClass, 'pr-7 pl-8 [&::-webkit-search-cancel-button]:hidden')}
        {...rest}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded p-1 text-faint hover:text-text"
          onClick={() => onValue('')}
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  )
}
