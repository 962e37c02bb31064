const most = 5

/** The first of many, and how many are left out. */
export function fewOf(items: readonly string[], more: string): string[] {
  return items.length <= most + 1 ? [...items] : [...items.slice(0, most), `${items.length - most} ${more}`]
}
