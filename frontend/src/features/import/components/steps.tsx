import { Check } from 'lucide-react'
import { cn } from '@/lib/class-names.ts'

export const stepNames = ['Choose file', 'Match headings', 'Check', 'Import'] as const
export type Step = 0 | 1 | 2 | 3

/** Where in the import one is; earlier steps can be gone back to. */
export function Steps({ current, onGo }: { current: Step; onGo: ((step: Step) => void) | undefined }) {
  return (
    <ol aria-label="Import steps" className="flex flex-wrap items-center gap-x-1 gap-y-1.5 text-sm">
      {stepNames.map((name, index) => {
        const done = index < current
        const label = (
          <>
            <span
              className={cn(
                'grid size-5 place-items-center rounded-full border text-[11px]',
                index === current && 'border-accent bg-accent text-on-accent',
                done && 'border-accent text-accent-text',
              )}
            >
              {done ? <Check aria-hidden className="size-3" /> : index + 1}
            </span>
            <span className={cn(index !== current && 'max-md:sr-only')}>{name}</span>
          </>
        )
        return (
          <li
            key={name}
            aria-current={index === current ? 'step' : undefined}
            className={cn('flex items-center gap-1', index === current ? 'font-medium' : 'text-faint')}
          >
            {done && onGo !== undefined ? (
              <button
                type="button"
                className="flex items-center gap-2 rounded-control px-1.5 py-1 hover:bg-hover hover:text-text"
                onClick={() => onGo(index as Step)}
              >
                {label}
              </button>
            ) : (
              <span className="flex items-center gap-2 px-1.5 py-1">{label}</span>
            )}
            {index < stepNames.length - 1 && <span aria-hidden className="h-px w-5 bg-line-strong max-md:w-3" />}
          </li>
        )
      })}
    </ol>
  )
}
