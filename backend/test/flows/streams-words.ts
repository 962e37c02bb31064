/** The answer to a question that begins with how many words it wants: each word with its number, so that none can be missing or come twice unseen. */
export function wordsOf(question: string): string[] {
  const count = Number(/^\d+/.exec(question)?.[0] ?? 1)
  return Array.from({ length: count }, (_, place) => `${place === 0 ? '' : ' '}word${place}`)
}
