import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { messageOf } from '@/lib/api-error.ts'
import { cn } from '@/lib/class-names.ts'

interface Toast {
  id: number
  tone: 'done' | 'error'
  text: string
  action: { label: string; run: () => unknown } | undefined
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()
const publish = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}
const dismiss = (id: number) => publish(toasts.filter((toast) => toast.id !== id))

function show(tone: Toast['tone'], text: string, action?: Toast['action']): void {
  const id = nextId++
  publish([...toasts.slice(-3), { id, tone, text, action }])
  setTimeout(() => dismiss(id), action !== undefined || tone === 'error' ? 9000 : 4500)
}

/**
 * Says that something is done, with a way back when there is one. Where a row goes away with what was done to it, this is said
 * from the mutation's promise: its callbacks go with the row.
 */
export const announce = (text: string, action?: Toast['action']): void => show('done', text, action)
/** Says what went wrong. */
export const announceError = (error: unknown): void => show('error', messageOf(error))

function ToastRow({ toast }: { toast: Toast }) {
  const Icon = toast.tone === 'error' ? CircleAlert : CircleCheck
  return (
    <div
      role={toast.tone === 'error' ? 'alert' : 'status'}
      className="pointer-events-auto flex animate-rise items-center gap-2.5 rounded-panel bg-raised py-2 pr-1.5 pl-3 text-sm shadow-float"
    >
      <Icon aria-hidden className={cn('size-4 shrink-0', toast.tone === 'error' ? 'text-danger' : 'text-success')} />
      <span className="min-w-0 flex-1">{toast.text}</span>
      {toast.action !== undefined && (
        <button
          type="button"
          className="h-7 rounded-control px-2 font-medium text-accent-text hover:bg-hover"
          onClick={() => {
            dismiss(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="grid size-7 place-items-center rounded-control text-faint hover:bg-hover hover:text-text"
        onClick={() => dismiss(toast.id)}
      >
        <X className="size-3.5" />
      </button>
    </div>
  )
}

export function Toasts() {
  const rows = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="pointer-events-none fixed right-4 bottom-4 z-[60] flex w-[min(400px,calc(100vw-32px))] flex-col gap-2 max-md:bottom-18">
      {rows.map((toast) => (
        <ToastRow key={toast.id} toast={toast} />
      ))}
    </div>
  )
}
