import { CircleQuestionMark, FileUp, type LucideIcon, MessageCircleQuestion, Monitor, Moon, Plus, Sun, UserRound } from 'lucide-react'
import { entities } from '#contracts/entities.ts'
import { pageEntityOf, pathOfRecord } from '@/lib/record-links.ts'
import { looksAsked } from './looks-asked.ts'
import { allDestinations, type Destination } from './navigation.ts'
import type { SearchItem } from './search-records.ts'
import type { SettingsSection } from './settings-sections.ts'
import { chooseTheme } from './theme.ts'

export interface PaletteEntry {
  id: string
  group: 'Ask' | 'Records' | 'Go to' | 'Commands'
  label: string
  detail?: string
  icon: LucideIcon
  run: () => void
}

const iconOf = (entity: string): LucideIcon =>
  allDestinations.find((destination) => destination.to === `/${entity}` || (entity === 'events' && destination.to === '/calendar'))?.icon ?? UserRound

/** What the palette offers for these words. */
export function paletteEntries(
  words: string,
  found: readonly SearchItem[],
  settings: readonly SettingsSection[],
  navigate: (to: string) => void,
  ask: (message: string) => void,
): PaletteEntry[] {
  const wanted = words.trim().toLowerCase()
  const fits = (label: string) =>
    wanted === '' ||
    label
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) ||
    label.toLowerCase().startsWith(wanted)
  const records = found.flatMap((item): PaletteEntry[] => {
    const entity = pageEntityOf(item.entity)
    if (entity === undefined || wanted.length < 2) return []
    return [
      {
        id: `record-${item.id}`,
        group: 'Records',
        label: item.label,
        detail: [entities[entity].label, item.detail].filter(Boolean).join(' · '),
        icon: iconOf(entity),
        run: () => navigate(pathOfRecord(entity, item.id)),
      },
    ]
  })
  // Settings are many and seldom looked for, so they wait for a word of theirs.
  const sections = wanted === '' ? [] : settings.map(({ to, label, icon }) => ({ to, label, icon, detail: 'Settings' }))
  const pages = [...allDestinations, ...sections].map(
    (page: Destination & { detail?: string }): PaletteEntry => ({
      id: `page-${page.to}`,
      group: 'Go to',
      label: page.label,
      ...(page.detail === undefined ? {} : { detail: page.detail }),
      icon: page.icon,
      run: () => navigate(page.to),
    }),
  )
  const commands: PaletteEntry[] = [
    { id: 'new-chat', group: 'Commands', label: 'New conversation', icon: Plus, run: () => navigate('/chat') },
    { id: 'help', group: 'Commands', label: 'What you can ask', icon: CircleQuestionMark, run: () => navigate('/help/questions') },
    { id: 'import', group: 'Commands', label: 'Import a file', icon: FileUp, run: () => navigate('/import') },
    { id: 'light', group: 'Commands', label: 'Light theme', icon: Sun, run: () => chooseTheme('light') },
    { id: 'dark', group: 'Commands', label: 'Dark theme', icon: Moon, run: () => chooseTheme('dark') },
    { id: 'system', group: 'Commands', label: 'System theme', icon: Monitor, run: () => chooseTheme('system') },
  ]
  const question: PaletteEntry[] =
    wanted.length < 3 ? [] : [{ id: 'ask', group: 'Ask', label: `Ask “${words.trim()}”`, icon: MessageCircleQuestion, run: () => ask(words.trim()) }]
  const rest = [...records, ...pages.filter((entry) => fits(entry.label)), ...commands.filter((entry) => fits(entry.label))]
  return looksAsked(words) ? [...question, ...rest] : [...rest, ...question]
}
