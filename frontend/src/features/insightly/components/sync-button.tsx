import { ChevronDown, RefreshCw } from 'lucide-react'
import { Button, IconButton } from '@/components/button.tsx'
import { Menu, MenuItem } from '@/components/menu.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useStartRun } from '../api/sync.ts'
import type { RunMode } from '../api/sync-types.ts'
import { modes } from '../words.ts'

/** Fetches changes now; the menu beside it has the longer runs. */
export function SyncButton({ busy }: { busy: boolean }) {
  const start = useStartRun()
  const run = (mode: RunMode) => start.mutate({ mode }, { onError: announceError, onSuccess: () => announce('The run has started.') })
  return (
    <div className="flex">
      <Button className="rounded-r-none" disabled={busy || start.isPending} onClick={() => run('incremental')}>
        <RefreshCw aria-hidden className="size-3.5" /> Sync now
      </Button>
      <Menu
        trigger={
          <IconButton label="Choose how to sync" look="plain" className="rounded-l-none border-l-0" disabled={busy || start.isPending}>
            <ChevronDown className="size-3.5" />
          </IconButton>
        }
      >
        {modes.map(({ mode, label, detail }) => (
          <MenuItem key={mode} className="h-auto max-w-80 items-start py-1.5" onSelect={() => run(mode)}>
            <span>
              <span className="block">{label}</span>
              <span className="block text-xs text-faint">{detail}</span>
            </span>
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
