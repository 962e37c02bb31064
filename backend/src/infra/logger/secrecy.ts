const secretKey =
  /^(set-)?cookies?$|authorization|password|passwd|secret|api-?_?key|(^|_|-)key$|token(?!s)|credential|private-?_?key|connection-?_?string|database-?_?url|redis-?_?url/i

const mask = '[redacted]'
const deepest = 8

/** The same fields without the values that their names say are secret. */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return clean(fields, 0, new WeakSet()) as Record<string, unknown>
}

function clean(value: unknown, depth: number, seen: WeakSet<object>): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value
  // Deep or circular things are left to the serializer, which cuts them off.
  if (depth >= deepest || seen.has(value)) return '[…]'
  seen.add(value)
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1, seen))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      secretKey.test(key) && member !== undefined && member !== null && typeof member !== 'boolean' ? mask : clean(member, depth + 1, seen),
    ]),
  )
}

/** Masks what looks like a secret anywhere in a finished line: known values, passwords and tokens in addresses, bearer credentials. */
export function createLineMask(knownSecrets: readonly string[]): (line: string) => string {
  const known = knownSecrets
    .filter((secret) => secret.length >= 8)
    .map((secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
  const knownPattern = known.length > 0 ? new RegExp(known.join('|'), 'g') : undefined
  return (line) => {
    const masked = knownPattern === undefined ? line : line.replace(knownPattern, mask)
    return masked
      .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*:)[^\s/@"\\]+@/gi, `$1${mask}@`)
      .replace(/\b(bearer|authorization:\s*basic)\s+[A-Za-z0-9._~+/-]{8,}=*/gi, `$1 ${mask}`)
      .replace(/([?&](?:token|key|code|secret|signature)=)[^&\s"\\]+/gi, `$1${mask}`)
  }
}
