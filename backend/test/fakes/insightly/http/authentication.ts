/** Whether a Basic header carries the key: as user name with a blank password, or alone, without the colon. */
export function carriesKey(header: string | undefined, key: string): boolean {
  const match = /^basic\s+([a-z0-9+/=_-]+)$/i.exec(header ?? '')
  if (match?.[1] === undefined) return false
  const text = Buffer.from(match[1], 'base64').toString('utf8')
  return text === key || text === `${key}:`
}
