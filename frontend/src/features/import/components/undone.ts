import type { ImportUndo } from '#contracts/import.ts'
import { announce } from '@/components/toast.tsx'
import { countOf } from '@/lib/format.ts'

/** Says what an undo did, and what it left because somebody has worked on it since. */
export function announceUndone({ removed, restored, keptCount }: ImportUndo): void {
  const kept =
    keptCount === 0
      ? ''
      : ` ${countOf(keptCount, 'record')} changed since ${keptCount === 1 ? 'was' : 'were'} left as ${keptCount === 1 ? 'it is' : 'they are'}.`
  announce(`Import undone: ${countOf(removed, 'record')} removed, ${restored} restored.${kept}`)
}
