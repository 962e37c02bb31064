import { ChevronsUpDown, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { Avatar } from '@/components/avatar.tsx'
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from '@/components/menu.tsx'
import { announceError } from '@/components/toast.tsx'
import { type CurrentSession, useSignOut } from '@/features/sign-in/api/session.ts'
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts'

const themes: readonly { value: ThemeChoice; label: string; icon: typeof Sun }[] = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
]

export function AccountMenu({ session }: { session: CurrentSession }) {
  const theme = useTheme()
  const signOut = useSignOut()
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label="Account and theme"
          className="flex h-9 w-full items-center gap-2 rounded-control px-2 text-left text-sm hover:bg-hover"
        >
          <Avatar name={session.user.name} className="size-6 text-[10px]" />
          <span className="min-w-0 flex-1 truncate">{session.user.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
        </button>
      }
    >
      <MenuLabel>
        {session.user.email ?? session.user.name} · {session.user.role}
      </MenuLabel>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      {themes.map(({ value, label, icon: Icon }) => (
        <MenuCheck key={value} checked={theme === value} onSelect={() => chooseTheme(value)}>
          <span className="flex-1">{label}</span>
          <Icon />
        </MenuCheck>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => signOut.mutate(undefined, { onError: announceError })}>
        <LogOut /> Sign out
      </MenuItem>
    </Menu>
  )
}
