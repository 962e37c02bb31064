/** Characters of JSON that one result of a tool may add to a prompt. */
const mostCharacters = 12_000
const longestText = 600

/** A value as a prompt can hold it, with what was left out said where it was left out. */
export function toBounded(value: unknown, { longest = longestText, most = mostCharacters }: { longest?: number; most?: number } = {}): unknown {
  const short = shortened(value, longest)
  if (JSON.stringify(short).length <= most) return short
  if (typeof short === 'object' && short !== null && !Array.isArray(short)) {
    const lists = Object.entries(short).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
    const [key, items] = lists.toSorted((left, right) => JSON.stringify(right[1]).length - JSON.stringify(left[1]).length)[0] ?? []
    if (key !== undefined && items !== undefined && items.length > 0) {
      const rest = JSON.stringify({ ...short, [key]: [] }).length + 200
      const kept = fitting(items, most - rest)
      if (kept > 0)
        return {
          ...short,
          [key]: items.slice(0, kept),
          leftOut: `${items.length - kept} of ${items.length} ${key} are left out here; ask for fewer fields or narrow the question.`,
        }
    }
  }
  return { leftOut: 'The result is too long to show; ask for fewer fields or narrow the question.', beginning: JSON.stringify(short).slice(0, most / 2) }
}

function fitting(items: readonly unknown[], within: number): number {
  let sum = 0
  for (const [index, item] of items.entries()) {
    sum += JSON.stringify(item).length + 1
    if (sum > within) return index
  }
  return items.length
}

function shortened(value: unknown, longest: number): unknown {
  if (typeof value === 'string') return value.length <= longest ? value : `${value.slice(0, longest)}… (${value.length - longest} more characters are left out)`
  if (Array.isArray(value)) return value.map((item) => shortened(item, longest))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item, longest)]))
  return value
}
