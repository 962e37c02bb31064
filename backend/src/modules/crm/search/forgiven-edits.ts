/** How many mistakes a word of this length is forgiven. */
export function forgivenEdits(word: string): number {
  if (word.length < 3) return 0
  return word.length >= 8 ? 2 : 1
}
