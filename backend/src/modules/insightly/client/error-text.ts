const longest = 300

/** What an error's body says, as one line: its `Message` where it is JSON, the text itself where it is plain; undefined for a page of HTML and for nothing. */
export function errorText(body: string): string | undefined {
  const trimmed = body.trim()
  if (/^<|<html|<!doctype/i.test(trimmed)) return undefined
  const line = messageIn(trimmed)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  if (line === '' || line === '[object Object]') return undefined
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

function messageIn(text: string): string {
  if (!/^["[{]/.test(text)) return text
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // Not JSON after all: it speaks for itself.
    return text
  }
  return wordsOf(parsed)
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('; ')
  if (typeof value !== 'object' || value === null) return ''
  const members = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member as unknown]))
  // ASP.NET says "The request is invalid." and what is wrong in ModelState.
  const details = members.get('modelstate')
  return [members.get('message') ?? members.get('error'), typeof details === 'object' && details !== null ? Object.values(details) : undefined]
    .map(wordsOf)
    .filter(Boolean)
    .join(' ')
}
