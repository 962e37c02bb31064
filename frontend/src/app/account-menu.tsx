import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, CircleQuestionMark, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { Avatar } from '@/components/avatar.tsx'
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from '@/components/menu.tsx'
import { announceError } from '@/components/toast.tsx'
import { type CurrentSession, roleNames, useSignOut, useSwitchWorkspace } from '@/lib/session.ts'
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts'

const themes: readonly { value: ThemeChoice; label: string; icon: typeof Sun }[] = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
]

export function AccountMenu({ session }: { session: CurrentSession }) {
  const theme = useTheme()
  const signOut = useSignOut()
  const switchWorkspace = useSwitchWorkspace()
  const navigate = useNavigate()
  const { user, workspace, workspaces } = session
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label="Account and theme"
          className="flex h-9 w-full items-center gap-2 rounded-control px-2 text-left text-sm hover:bg-hover"
        >
          <Avatar name={user.name} className="size-6 text-[10px]" />
          <span className="min-w-0 flex-1 truncate">{user.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
        </button>
      }
    >
      <MenuLabel>
        Signed in as <span className="text-soft">{user.email ?? user.name}</span> · {roleNames[user.role].toLowerCase()}
      </MenuLabel>
      <MenuItem onSelect={() => void navigate({ to: '/settings/profile' })}>
        <Settings /> Settings
      </MenuItem>
      <MenuItem onSelect={() => void navigate({ to: '/help/questions' })}>
        <CircleQuestionMark /> What you can ask
      </MenuItem>
      <MenuLine />
      {workspaces.length > 1 && (
        <>
          <MenuLabel>Workspace</MenuLabel>
          {workspaces.map(({ id, name, role }) => (
            <MenuCheck key={id} checked={id === workspace.id} onSelect={() => id !== workspace.id && switchWorkspace.mutate(id, { onError: announceError })}>
              <span className="max-w-56 flex-1 truncate">{name}</span>
              <span className="text-xs text-faint">{roleNames[role].toLowerCase()}</span>
            </MenuCheck>
          ))}
          <MenuLine />
        </>
      )}
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
