const secretKey =
  /^(set-)?cookies?$|authorization|password|passwd|secret|api-?_?key|(^|_|-)key$|token(?!s)|credential|private-?_?key|connection-?_?string|database-?_?url|redis-?_?url/i

const mask = '[redacted]'
const deepest = 8

const knownNames = new Map<string, boolean>()
const mostKnown = 2000
const longestKnown = 64

/** The same fields without the values that their names say are secret. */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return clean(fields, 0, new Set()) as Record<string, unknown>
}

/** Itself where nothing in it is secret. */
function clean(value: unknown, depth: number, seen: Set<object>): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value
  // Deep or circular things are left to the serializer, which cuts them off.
  if (depth >= deepest || seen.has(value)) return '[…]'
  seen.add(value)
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1, seen))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key]
    const shown = isSecret(key) && member !== undefined && member !== null && typeof member !== 'boolean' ? mask : clean(member, depth + 1, seen)
    if (shown === member) continue
    copy ??= { ...value }
    copy[key] = shown
  }
  return copy ?? value
}

/** The same names come with every line. */
function isSecret(name: string): boolean {
  const before = knownNames.get(name)
  if (before !== undefined) return before
  const isOne = secretKey.test(name)
  if (knownNames.size < mostKnown && name.length < longestKnown) knownNames.set(name, isOne)
  return isOne
}

/** Masks what looks like a secret anywhere in a finished line: known values, passwords and tokens in addresses, bearer credentials. */
export function createLineMask(knownSecrets: readonly string[]): (line: string) => string {
  const escaped = knownSecrets
    .filter((secret) => secret.length >= 8)
    .map((secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
  const knownPattern = escaped.length > 0 ? new RegExp(escaped.join('|'), 'g') : undefined
  return (line) => {
    let masked = knownPattern === undefined ? line : line.replace(knownPattern, mask)
    // Most lines lack what a pattern cannot do without, and need not be walked for it.
    if (masked.includes('://')) masked = masked.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*:)[^\s/@"\\]+@/gi, `$1${mask}@`)
    masked = masked.replace(/\b(bearer|authorization:\s*basic)\s+[A-Za-z0-9._~+/-]{8,}=*/gi, `$1 ${mask}`)
    return masked.includes('=') ? masked.replace(/([?&](?:token|key|code|secret|signature)=)[^&\s"\\]+/gi, `$1${mask}`) : masked
  }
}
