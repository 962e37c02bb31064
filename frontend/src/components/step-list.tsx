import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cn } from '@/lib/class-names.ts'

interface StepListProps {
  /** What the steps belong to, for screen readers. */
  label: string
  steps: readonly string[]
  current: number
  onBack: ((index: number) => void) | undefined
}

/** Where in a sequence of steps one is; `onBack` leads to steps that are done. */
export function StepList({ label: name, steps, current, onBack }: StepListProps) {
  const list = useRef<HTMLOListElement>(null)
  const shown = useRef(current)
  useEffect(() => {
    if (shown.current === current) return
    shown.current = current
    // The button that led here is gone: the keyboard goes on at the step it led to.
    if (document.activeElement === document.body) list.current?.querySelector<HTMLElement>('[aria-current=step]')?.focus()
  }, [current])
  return (
    <ol ref={list} aria-label={name} className="flex flex-wrap items-center gap-x-1 gap-y-1.5 text-sm">
      {steps.map((step, index) => {
        const isDone = index < current
        const label = (
          <>
            <span
              className={cn(
                'grid size-5 place-items-center rounded-full border text-[11px]',
                index === current && 'border-accent bg-accent text-on-accent',
                isDone && 'border-accent text-accent-text',
              )}
            >
              {isDone ? <Check aria-hidden className="size-3" /> : index + 1}
            </span>
            <span className={cn(index !== current && 'max-md:sr-only')}>{step}</span>
          </>
        )
        return (
          <li
            key={step}
            aria-current={index === current ? 'step' : undefined}
            tabIndex={-1}
            className={cn('flex items-center gap-1 outline-none', index === current ? 'font-medium' : 'text-faint')}
          >
            {isDone && onBack !== undefined ? (
              <button
                type="button"
                className="flex items-center gap-2 rounded-control px-1.5 py-1 hover:bg-hover hover:text-text"
                onClick={() => onBack(index)}
              >
                {label}
              </button>
            ) : (
              <span className="flex items-center gap-2 px-1.5 py-1">{label}</span>
            )}
            {index < steps.length - 1 && <span aria-hidden className="h-px w-5 bg-line-strong max-md:w-3" />}
          </li>
        )
      })}
    </ol>
  )
}
