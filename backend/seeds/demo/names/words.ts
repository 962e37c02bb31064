/** Words of a text parted by blanks; an underscore stands for a blank inside one. */
export function words(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '))
}

/** Every first part with every second part. */
export function combine(first: readonly string[], second: readonly string[]): readonly string[] {
  return first.flatMap((start) => second.map((end) => start + end))
}
