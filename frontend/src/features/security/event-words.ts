import type { SecurityEvent, SecurityEventType, Severity } from '#contracts/security.ts'

export const typeNames: Readonly<Record<SecurityEventType, string>> = {
  authentication: 'Sign-in',
  authorization: 'Permission',
  threat: 'Threat',
  rate_limit: 'Rate limit',
  data_access: 'Data access',
  configuration: 'Configuration',
}
export const severityNames: Readonly<Record<Severity, string>> = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' }

/** "sign_in_failed" as a person would say it: "Sign in failed". */
export function eventTitle({ details, type }: Pick<SecurityEvent, 'details' | 'type'>): string {
  const what = typeof details.what === 'string' && details.what !== '' ? details.what : typeNames[type]
  const words = what.replaceAll(/[_.]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Our own words for things, such as sign_in_link, are written as words. */
const written = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : /^[a-z]+(?:_[a-z]+)+$/.test(String(value))
        ? String(value).replaceAll('_', ' ')
        : String(value)

/** The rest of an event's details in one line, shortened by who shows it. */
export function eventDetail({ details }: Pick<SecurityEvent, 'details'>): string {
  return Object.entries(details)
    .filter(([key, value]) => key !== 'what' && written(value) !== '')
    .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${written(value)}`)
    .join(', ')
    .slice(0, 240)
}
