/** Letters that no mark is taken from, with their plain counterparts, position by position; the SQL function `fold` holds the same. */
const special = 'ßẞæÆœŒøØłŁđĐıþÞðÐħĦŧŦŋŊςΣ’‘'
const plain = "ssaaoooollddittddhhttnnσσ''"
const plainOf = new Map([...special].map((letter, index) => [letter, plain[index] as string]))
const specialPattern = new RegExp(`[${special}]`, 'gu')

/** The case- and accent-insensitive form in which texts are compared; the twin of the SQL function `fold`. */
export function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase()
  const withoutMarks = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return withoutMarks.replace(specialPattern, (letter) => plainOf.get(letter) as string).toLowerCase()
}
