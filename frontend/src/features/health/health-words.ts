import type { Alert } from '#contracts/alerts.ts'
import { formatDuration, formatPercent, formatSpan } from '../../lib/format.ts'
import type { Health, HealthPart, PartStatus } from './api/health.ts'

export const statusWords: Readonly<Record<PartStatus, string>> = {
  healthy: 'Works',
  degraded: 'Works in part',
  unhealthy: 'Does not work',
  not_configured: 'Not set up',
}

/** One sentence about the whole. */
export const overallWords: Readonly<Record<Health['status'], string>> = {
  healthy: 'Everything that is set up works.',
  degraded: 'It works, but not all of it.',
  unhealthy: 'It does not work: the database does not answer.',
}

interface PartWords {
  label: string
  /** What it is there for. */
  about: string
  /** What its absence means. */
  absent?: string
  /** What happened and the way out, when it is not well. */
  trouble: string
  /** Where more stands. */
  to?: string
}

const parts: Readonly<Record<string, PartWords>> = {
  database: {
    label: 'Database',
    about: 'Keeps everything.',
    trouble: 'Nothing can be read or kept until it answers. See whether PostgreSQL runs and DATABASE_URL leads there.',
  },
  replica: {
    label: 'Read replica',
    about: 'Answers questions beside the database.',
    absent: 'The database answers all questions.',
    trouble: 'It is gone or too far behind. The database answers its questions meanwhile.',
  },
  redis: {
    label: 'Redis',
    about: 'Shares limits and blocked addresses between servers.',
    absent: 'PostgreSQL does this.',
    trouble: 'PostgreSQL does its work until it answers. See whether REDIS_URL leads there.',
  },
  crm: {
    label: 'CRM',
    about: 'The records, here or in Insightly.',
    trouble: 'Insightly does not answer. Questions are answered from the copy here; changes wait and are sent later.',
    to: '/settings/insightly',
  },
  model: {
    label: 'Language models',
    about: 'Answer what the planner is not sure of.',
    absent: 'The built-in planner answers; nothing leaves this machine.',
    trouble: 'No provider answers. Questions that the planner understands are answered all the same.',
    to: '/settings/models',
  },
  memory: {
    label: 'Memory',
    about: 'What people asked to be remembered.',
    absent: 'Nothing is remembered.',
    trouble: 'It does not answer. Conversations go on without it.',
    to: '/memory',
  },
  mail: {
    label: 'Mail',
    about: 'Sends invitations, answers and approved e-mails.',
    absent: 'Nothing is sent; links are shown instead.',
    trouble: 'The mail server does not answer. Mails wait in the outbox and are sent later.',
    to: '/inbox',
  },
  queue: {
    label: 'Work in the background',
    about: 'Copies, schedules, webhooks and mails.',
    trouble: 'It is behind or failing. Nothing is lost; see the log for the reason.',
  },
  disk: { label: 'Disk', about: 'Holds files, logs and backups.', trouble: 'It is almost full. Make room, or move DATA_DIR to a larger disk.' },
}

/** What is said of a part; one that this page does not know has its name alone. */
export function wordsOf({ name, status, lagSeconds }: HealthPart): { label: string; detail: string; to: string | undefined } {
  const known = parts[name]
  if (known === undefined) return { label: name, detail: '', to: undefined }
  const { label, about, absent, trouble, to } = known
  const isTroubled = status === 'degraded' || status === 'unhealthy'
  const lag = lagSeconds === undefined ? '' : ` ${formatSpan(lagSeconds)} behind.`
  const detail = isTroubled ? trouble : status === 'not_configured' ? (absent ?? about) : about
  return { label, detail: detail + lag, to: isTroubled ? to : undefined }
}

const alertNames: Readonly<Record<string, string>> = {
  database: 'Database',
  response_time: 'Response time',
  error_rate: 'Errors',
  memory: 'Memory',
  cpu: 'Processor',
  disk: 'Disk',
  sync_lag: 'Behind Insightly',
}
export const alertName = (name: string): string => alertNames[name] ?? name.replaceAll('_', ' ')

const ratios = new Set(['error_rate', 'memory', 'cpu', 'disk'])

/** "91 %, limit 85 %"; nothing where the figure is only yes or no. */
export function measuredWords({ name, value, threshold }: Pick<Alert, 'name' | 'value' | 'threshold'>): string {
  if (name === 'database') return ''
  const words = ratios.has(name) ? formatPercent : name === 'response_time' ? formatDuration : name === 'sync_lag' ? formatSpan : String
  return `${words(value)}, limit ${words(threshold)}`
}

const dayMs = 86_400_000

/** How many alerts were raised on each of the last days, in UTC, the oldest first. */
export function alertsByDay(alerts: readonly Pick<Alert, 'raisedAt'>[], now: number, days = 30): { day: string; count: number }[] {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  const counts = new Map(Array.from({ length: days }, (_, index) => [dayOf(now - (days - 1 - index) * dayMs), 0]))
  for (const { raisedAt } of alerts) {
    const day = dayOf(Date.parse(raisedAt))
    const count = counts.get(day)
    if (count !== undefined) counts.set(day, count + 1)
  }
  return [...counts].map(([day, count]) => ({ day, count }))
}
