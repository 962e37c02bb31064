import {
  BadgeDollarSign,
  Brain,
  Building2,
  CalendarDays,
  CircleCheckBig,
  ClipboardCheck,
  FileUp,
  House,
  Inbox,
  type LucideIcon,
  Mail,
  MessagesSquare,
  Package,
  ReceiptText,
  Repeat,
  ScrollText,
  Settings,
  Sprout,
  StickyNote,
  Users,
} from 'lucide-react'

export interface Destination {
  to: string
  label: string
  icon: LucideIcon
}

const home: Destination = { to: '/', label: 'Home', icon: House }
const chat: Destination = { to: '/chat', label: 'Chat', icon: MessagesSquare }
const approvals: Destination = { to: '/approvals', label: 'Approvals', icon: ClipboardCheck }
const contacts: Destination = { to: '/contacts', label: 'Contacts', icon: Users }
const opportunities: Destination = { to: '/opportunities', label: 'Opportunities', icon: BadgeDollarSign }

/** The navigation, group by group. */
export const destinations: readonly { title: string | null; items: readonly Destination[] }[] = [
  { title: null, items: [home, chat, approvals, { to: '/inbox', label: 'Inbox', icon: Inbox }] },
  {
    title: 'Records',
    items: [
      contacts,
      { to: '/organisations', label: 'Organisations', icon: Building2 },
      { to: '/leads', label: 'Leads', icon: Sprout },
      opportunities,
      { to: '/quotes', label: 'Quotes', icon: ScrollText },
      { to: '/products', label: 'Products', icon: Package },
      { to: '/orders', label: 'Orders', icon: ReceiptText },
    ],
  },
  {
    title: 'Activity',
    items: [
      { to: '/tasks', label: 'Tasks', icon: CircleCheckBig },
      { to: '/calendar', label: 'Calendar', icon: CalendarDays },
      { to: '/notes', label: 'Notes', icon: StickyNote },
      { to: '/emails', label: 'E-mails', icon: Mail },
    ],
  },
  {
    title: 'Workspace',
    items: [
      { to: '/import', label: 'Import', icon: FileUp },
      { to: '/memory', label: 'Memory', icon: Brain },
      { to: '/automations', label: 'Automations', icon: Repeat },
      { to: '/settings', label: 'Settings', icon: Settings },
    ],
  },
]

export const allDestinations: readonly Destination[] = destinations.flatMap((group) => group.items)
/** What a phone's bottom bar holds beside "More". */
export const barDestinations: readonly Destination[] = [home, chat, contacts, opportunities]
