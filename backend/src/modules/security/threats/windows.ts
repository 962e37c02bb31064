const wholeLength = 6_144
const edgeLength = 4_096
const windowLength = 768
const maximumWindows = 14
const scannedLength = 2_000_000

/** What an attack hidden in the middle of a long value would have to contain. */
const markers =
  /union[\s/*(+]{1,20}(?:all|select|distinct|\()|select\b[^;]{1,80}\bfrom\b|;\s{0,3}(?:drop|insert|exec|waitfor|shutdown|update|delete)\s|["')\d]\s{0,3}(?:or|and|\|\|)\s{1,3}["'(\d]|(?:sleep|benchmark|load_file|extractvalue|xp_cmdshell)\s?\(|information_schema|<\s?\/?(?:script|iframe|object|embed|svg|img|video|body|input|details)|\bon[a-z]{4,20}\s?=\s?\S|javascript:|document\.|alert\s?[(`]|\.\.[/\\]|etc\/passwd|win\.ini|\$\(|\$\{|\{\{|<%|<\?php|<!(?:entity|doctype|--#)|[;|`]\s?(?:cat|ls|id|curl|wget|nc|bash|sh|ping|whoami)\b|\/bin\/|jndi:|__proto__|169\.254\.|%(?:25)?(?:2[27ef]|3[bce]|5c)|\\u00[23]|&#(?:x[23]|[36])/gi

/** The parts of a value worth a close look: all of a short one; both ends and suspicious places of a long one. */
export function windowsOf(text: string): string[] {
  if (text.length <= wholeLength) return [text]
  return [text.slice(0, edgeLength), text.slice(-edgeLength), ...suspiciousWindows(text.slice(edgeLength, Math.min(text.length - edgeLength, scannedLength)))]
}

/** Short pieces around what an attack would have to contain, at most a dozen or so. */
export function suspiciousWindows(text: string): string[] {
  const windows: string[] = []
  let from = 0
  for (const found of text.matchAll(markers)) {
    if (found.index < from) continue
    windows.push(text.slice(Math.max(0, found.index - windowLength / 4), found.index + windowLength))
    from = found.index + windowLength
    if (windows.length === maximumWindows) break
  }
  return windows
}
