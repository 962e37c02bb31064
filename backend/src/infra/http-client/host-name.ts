import { isIPv6 } from 'node:net'
import { AppError } from '#backend/kernel/errors.ts'

/**
 * A host as every program reads it: lower case, international names in their ASCII form, `0x7f.1` and `2130706433` as 127.0.0.1,
 * no brackets, no last dot.
 * @throws AppError VALIDATION when it is not a host
 */
export function canonicalHost(text: string): string {
  const host = text.trim()
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  // The parser of web addresses would take these for the end of the host, a port, or something to decode.
  const isHost = isIPv6(bare) || (bare === host && /^[^\s/?#@\\:%[\]]{1,255}$/.test(bare))
  const url = isHost ? URL.parse(`http://${isIPv6(bare) ? `[${bare}]` : bare}/`) : null
  if (url === null || url.hostname === '') throw new AppError('VALIDATION', `"${text.slice(0, 100)}" is not the name or address of a host.`)
  return hostOf(url)
}

/** The canonical host of a web address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}
