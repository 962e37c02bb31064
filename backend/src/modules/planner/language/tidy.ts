/** Whether a message is written in capitals throughout, so that they tell nothing of names. */
function isShouted(message: string): boolean {
  return !/\p{Ll}/u.test(message) && /\p{Lu}{4,}/u.test(message) && /\p{L}\P{L}+\p{L}/u.test(message)
}

/** The message as it is read: blanks once, and what is shouted in small letters. */
export function tidy(message: string): string {
  const spaced = message.replace(/[^\S\n]+/g, ' ').trim()
  return isShouted(spaced) ? spaced.toLowerCase() : spaced
}
