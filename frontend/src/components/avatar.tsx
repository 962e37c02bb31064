import { cn } from '@/lib/class-names.ts'

const initialsOf = (name: string): string => {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

/** A person's initials; decoration beside the name. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn('inline-grid size-5 shrink-0 place-items-center rounded-full bg-active text-[9px] font-semibold text-soft select-none', className)}
    >
      {initialsOf(name)}
    </span>
  )
}
