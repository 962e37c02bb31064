import { EllipsisVertical, Percent, RotateCcw } from 'lucide-react'
import { Switch } from 'radix-ui'
import { type FeatureFlag, productFlags } from '#contracts/deployment.ts'
import { IconButton } from '@/components/button.tsx'
import { Menu, MenuItem } from '@/components/menu.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { ruleWords } from '../flag-words.ts'
import { useSwitchFlag } from './use-switch-flag.ts'

/** A flag: for whom it is on, since when, and its switch. */
export function FlagEntry({ name, flag, isOnForMe, onEdit }: { name: string; flag: FeatureFlag; isOnForMe: boolean; onEdit: () => void }) {
  const { put, isPending } = useSwitchFlag()
  const words = ruleWords(flag)
  const about = Object.entries(productFlags).find(([known]) => known === name)?.[1].about
  const isPartial = flag.enabled && flag.percentage < 100
  return (
    <div className="flex items-start gap-3 px-3.5 py-3">
      <Switch.Root
        aria-label={name}
        checked={flag.enabled}
        disabled={isPending}
        onCheckedChange={(enabled) => void put(name, { enabled }, flag, `${name} is ${enabled ? ruleWords({ ...flag, enabled }) : 'off'}.`)}
        className="mt-0.5 h-4.5 w-8 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors duration-150 data-[state=checked]:bg-accent disabled:opacity-45"
      >
        <Switch.Thumb className="block size-3.5 rounded-full bg-page transition-transform duration-150 data-[state=checked]:translate-x-3.5" />
      </Switch.Root>
      <div className="min-w-0 flex-1">
        <h3 className="font-mono text-sm wrap-anywhere">{name}</h3>
        {about !== undefined && <p className="mt-0.5 text-sm">{about}</p>}
        <p className="mt-0.5 text-sm text-soft">
          {words[0]?.toUpperCase()}
          {words.slice(1)}
          {isPartial && `, ${isOnForMe ? 'you included' : 'not for you'}`}
        </p>
        <p className="text-xs text-faint">
          {flag.source === 'configuration' || flag.updatedAt === null ? (
            about === undefined ? (
              'From the configuration'
            ) : (
              'As it comes, or from the configuration'
            )
          ) : (
            <>
              Switched <RelativeTime at={flag.updatedAt} />
            </>
          )}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton small label={`More about: ${name}`}>
            <EllipsisVertical className="size-4" />
          </IconButton>
        }
      >
        <MenuItem onSelect={onEdit}>
          <Percent /> For whom it is on
        </MenuItem>
        <MenuItem
          disabled={flag.source === 'configuration' || isPending}
          onSelect={() => void put(name, null, flag, `${name} is what the configuration says.`)}
        >
          <RotateCcw /> Back to the configuration
        </MenuItem>
      </Menu>
    </div>
  )
}
