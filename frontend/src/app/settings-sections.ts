import {
  Activity,
  ArrowLeftRight,
  Bot,
  Building,
  Eraser,
  Flag,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  MessageCircleQuestionMark,
  ScrollText,
  ShieldCheck,
  UserRound,
  Users,
} from 'lucide-react'
import { type CurrentSession, isAdministrator } from '@/lib/session.ts'

export interface SettingsSection {
  to: string
  label: string
  /** What one does there, for the list on a phone. */
  detail: string
  icon: LucideIcon
  administratorsOnly: boolean
  /** What others are told there. */
  refusal?: string
}

export const settingsSections: readonly SettingsSection[] = [
  {
    to: '/settings/profile',
    label: 'Profile',
    detail: 'Name, e-mail, password, two-factor sign-in, sessions',
    icon: UserRound,
    administratorsOnly: false,
  },
  { to: '/settings/keys', label: 'API keys', detail: 'Access for scripts and other programs', icon: KeyRound, administratorsOnly: false },
  {
    to: '/settings/questions',
    label: 'Questions',
    detail: 'Those without a right answer, kept if you allow it',
    icon: MessageCircleQuestionMark,
    administratorsOnly: false,
  },
  { to: '/settings/models', label: 'Models', detail: 'Language models, what they cost and may see', icon: Bot, administratorsOnly: false },
  { to: '/settings/people', label: 'People', detail: 'Roles, teams and invitations', icon: Users, administratorsOnly: true },
  { to: '/settings/workspace', label: 'Workspace', detail: 'Name, currency, time zone, fiscal year', icon: Building, administratorsOnly: true },
  {
    to: '/settings/insightly',
    label: 'Insightly',
    detail: 'The mirror: state, conflicts, what is not sent',
    icon: ArrowLeftRight,
    administratorsOnly: true,
    refusal: 'Owners and admins look after Insightly',
  },
  { to: '/settings/security', label: 'Security', detail: 'Events, blocked addresses and checks', icon: ShieldCheck, administratorsOnly: true },
  { to: '/settings/audit', label: 'Audit', detail: 'Who did what, and the proof that nothing was changed', icon: ScrollText, administratorsOnly: true },
  { to: '/settings/privacy', label: 'Privacy', detail: 'Export or erase everything about a person', icon: Eraser, administratorsOnly: true },
  { to: '/settings/health', label: 'Health', detail: 'Parts, alerts, figures and the release that runs', icon: Activity, administratorsOnly: true },
  { to: '/settings/self-test', label: 'Self-test', detail: 'ChatSG tests itself in a database of its own', icon: FlaskConical, administratorsOnly: true },
  {
    to: '/settings/flags',
    label: 'Flags',
    detail: 'Features switched while it runs',
    icon: Flag,
    administratorsOnly: true,
    refusal: 'Owners and admins switch features',
  },
]

export const sectionsFor = (session: CurrentSession): readonly SettingsSection[] =>
  settingsSections.filter((section) => !section.administratorsOnly || isAdministrator(session))
