import { useQuery } from '@tanstack/react-query'
import { SavedCheckbox } from '@/components/checkbox.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { memorySettingsQuery, useSwitchMemory } from '../api/memory.ts'

/** Turns one's own memory on and off. */
export function MemorySwitch() {
  const settings = useQuery(memorySettingsQuery)
  const change = useSwitchMemory()
  if (settings.isPending) return <Skeleton className="h-9 w-72" />
  if (settings.isError) return <ErrorState compact error={settings.error} onRetry={() => settings.refetch()} />
  const { enabled, available, store, pending, waiting } = settings.data
  if (!available) return <p className="text-sm text-soft">Memory is turned off on this server (MEM0_ENABLED). Nothing is read from it and nothing written.</p>
  return (
    <div className="flex flex-col gap-1">
      <SavedCheckbox
        label="Remember how I work"
        hint="From what you write yourself, never from records, mails or answers. While it is off nothing is read and nothing written; what is here stays until you delete it."
        className="max-w-[72ch]"
        checked={enabled}
        onSave={(next) =>
          change.mutateAsync(next).then(() => announce(next ? 'Memory is on.' : 'Memory is off: nothing is read from it and nothing written.'), announceError)
        }
      />
      {store === 'mem0' && (
        <p className="pl-6.5 text-xs text-faint">
          Kept on a Mem0 server as well{pending > 0 ? `; ${pending} ${pending === 1 ? 'change has' : 'changes have'} not arrived there yet` : ''}.
        </p>
      )}
      {waiting > 0 && (
        <p className="pl-6.5 text-xs text-faint">
          {waiting} {waiting === 1 ? 'message of yours waits' : 'messages of yours wait'} to be read by the language model.
        </p>
      )}
    </div>
  )
}
