/** Lists as every route answers them: the items, where the next page begins, and how many there are. */
import { z } from 'zod'

/** A page of anything. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().nullable() })
}

/** A list that is always told as a whole. */
export function wholeListSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.null(), total: z.int() })
}

/** All there is, as a list without a second page. */
export function wholeList<T>(items: T[]): { items: T[]; nextCursor: null; total: number } {
  return { items, nextCursor: null, total: items.length }
}
