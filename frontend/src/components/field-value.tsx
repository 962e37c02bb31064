import { Link } from '@tanstack/react-router'
import { Globe, Lock, type LucideIcon, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { choiceWord } from '@/lib/choice-words.ts'
import { cn } from '@/lib/class-names.ts'
import { formatDay, formatExact, formatInstant, formatMoney, formatNumber, formatPercent, formatPeriod, formatPlanned } from '@/lib/format.ts'
import { Avatar } from './avatar.tsx'
import { Badge, StatusWord } from './badge.tsx'

export interface FieldShape {
  key: string
  type: string
  /** A result's column says in brackets which period its dates begin. */
  label?: string
}

const numeric = new Set(['integer', 'number', 'money', 'percent', 'days'])
export const isNumeric = (type: string): boolean => numeric.has(type)

const statusKeys = new Set(['state', 'status'])
const visibilityIcons: Readonly<Record<string, LucideIcon>> = { everyone: Globe, team: Users, owner: Lock }
/** When something happens is told to the minute, when it was written down to the day. */
const hourMatters: Readonly<Record<string, (instant: string) => string>> = {
  starts_at: formatInstant,
  ends_at: formatInstant,
  sent_at: formatInstant,
  due_at: formatPlanned,
}
const ownerKeys = new Set(['owner', 'author'])

function listOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.map(String)
    : String(value)
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean)
}

/** One value of a record or a result, written for its type; nothing at all for an empty one. */
export function FieldValue({
  field,
  value,
  currency,
  href,
  wraps = false,
}: {
  field: FieldShape
  value: unknown
  currency?: string | null | undefined
  href?: string | undefined
  /** There is room for all of a list. */
  wraps?: boolean
}): ReactNode {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null
  const text = String(value)
  if (href !== undefined) {
    return (
      <Link to={href} className="truncate underline-offset-2 hover:underline">
        {text}
      </Link>
    )
  }
  if (ownerKeys.has(field.key)) {
    return (
      <span className="inline-flex min-w-0 items-center gap-1.5">
        <Avatar name={text} />
        <span className="truncate">{text}</span>
      </span>
    )
  }
  if (field.type === 'choice' && statusKeys.has(field.key)) return <StatusWord value={text} />
  if (field.key === 'visibility') {
    const Icon = visibilityIcons[text] ?? Globe
    return (
      <span className="inline-flex min-w-0 items-center gap-1.5">
        <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="truncate">{choiceWord(field.key, text)}</span>
      </span>
    )
  }
  switch (field.type) {
    case 'money':
      return formatMoney(text, currency)
    case 'integer':
    case 'number':
      // Kept as 10, meant as one in ten.
      if (field.key === 'probability') return formatPercent(Number(value) / 100)
      return Number.isFinite(Number(value)) ? formatNumber(Number(value)) : text
    case 'percent':
      return formatPercent(Number(value))
    case 'days':
      return `${formatNumber(Number(value), 1)} days`
    case 'date':
      return formatPeriod(text, /\((\w+)\)$/.exec(field.label ?? '')?.[1] ?? 'day')
    case 'datetime':
      return (
        <time dateTime={text} title={formatExact(text)}>
          {(hourMatters[field.key] ?? formatDay)(text)}
        </time>
      )
    case 'boolean':
      return value === true || value === 'true' ? 'Yes' : 'No'
    case 'email':
      return (
        <a href={`mailto:${text}`} className="truncate hover:underline">
          {text}
        </a>
      )
    case 'phone':
      return (
        <a href={`tel:${text}`} className="figures truncate hover:underline">
          {text}
        </a>
      )
    case 'tags':
    case 'multiChoice':
      return (
        <span className={cn('flex min-w-0 gap-1', wraps ? 'flex-wrap' : 'overflow-hidden')} title={wraps ? undefined : listOf(value).join(', ')}>
          {listOf(value).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      )
    case 'list':
      return listOf(value).join(', ')
    default:
      return text
  }
}
