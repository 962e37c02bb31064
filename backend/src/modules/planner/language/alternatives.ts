const sets = new Map<string, ReadonlySet<string>>()
const phrases = new Map<string, readonly (readonly string[])[]>()

/** The alternatives of a list of the vocabulary, which writes them with `|` between. Taken apart once: a question asks for the same few lists hundreds of times. */
export function alternatives(list: string): ReadonlySet<string> {
  let known = sets.get(list)
  if (known === undefined) {
    known = new Set(list.split('|'))
    sets.set(list, known)
  }
  return known
}

/** The same as words, in the order of the list. */
export function phrasesIn(list: string): readonly (readonly string[])[] {
  let known = phrases.get(list)
  if (known === undefined) {
    known = list.split('|').map((phrase) => phrase.split(' '))
    phrases.set(list, known)
  }
  return known
}
