/** Words that English and German share, or that Germans use in sales. */
// The last are names in the cases.
const shared = new Set(
  'in an am was so also die war name status position region pipeline lead leads deal deals crm app chat top person text rang manager admin produkt service team material hand wind land art tag tags mail mails april august september november median usd domain post to alle oder hat her acme corp hamburg tier ana call eur lost'.split(
    ' ',
  ),
)

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? []
}

/** Words of an English text that stand in a German one and are no German words. */
export function englishWordsIn(german: string, english: string): string[] {
  const own = new Set(wordsOf(german))
  return [...new Set(wordsOf(english))].filter((word) => word.length > 1 && own.has(word) && !shared.has(word))
}
