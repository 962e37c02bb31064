import { nounOf, type PageEntity } from '@/lib/record-links.ts'

/** What a row is called; an order comes as several rows, one a line. */
export const importNoun = (entity: PageEntity, count: number): string =>
  entity === 'orders' ? (count === 1 ? 'order line' : 'order lines') : nounOf(entity, count)
