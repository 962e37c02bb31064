import type { PageEntity } from '@/lib/record-links.ts'

const hints: readonly [PageEntity, RegExp][] = [
  ['contacts', /\.vcf$/i],
  ['emails', /\.(eml|mbox)$/i],
  ['organisations', /organi[sz]ation|compan|account|firm/i],
  ['opportunities', /opportunit|deal|pipeline/i],
  ['quote_lines', /quot\w*[ _-]?(line|item)/i],
  ['quotes', /quot(e|ation)/i],
  ['orders', /order|purchase|transaction|invoice|sales/i],
  ['products', /product|catalog|sku|price.?list|item/i],
  ['leads', /lead|prospect/i],
  ['tasks', /task|todo|to-do/i],
  ['events', /event|calendar|meeting|appointment/i],
  ['notes', /note/i],
  ['emails', /e-?mail|inbox|mailbox/i],
]

/** What a file of this name most likely holds; contacts when it does not say. */
export const guessEntity = (fileName: string): PageEntity => hints.find(([, pattern]) => pattern.test(fileName))?.[0] ?? 'contacts'
