/** A word before it says already what it is. */
const told = /(?:email(?: address)?|mail|phone(?: number)?|number|mobile|cell|tel|telephone)(?: is| of| at|:)?$/i
const address = /[\s,(<[]*(?<![\p{L}\p{N}])([^\s,()<>[\]@]+@[^\s,()<>[\]@]+\.[\p{L}]{2,})[)>\]]?,?/gu
const phone = /[\s,(<[]*(?<![\p{L}\p{N}#$€£-])(\+?\(?\d[\d().\s/-]{5,}\d)(?![\p{L}\p{N}:])[)>\]]?,?/gu

/** "Jo North (jo@north.example), 415-555-0134" with a word for each of what stands behind the name. */
export function withDetailsNamed(text: string): string {
  const name = (word: string, fits: (value: string) => boolean) => (whole: string, value: string, at: number, all: string) =>
    told.test(all.slice(0, at).trimEnd()) || !fits(value) ? whole : ` with ${word} ${value} `
  const isPhone = (value: string) => (value.match(/\d/g)?.length ?? 0) >= 7 && !/^\d{4}-\d{2}-\d{2}$/.test(value)
  return text
    .replace(
      address,
      name('email', () => true),
    )
    .replace(phone, name('phone', isPhone))
    .replace(/\s+/g, ' ')
    .trim()
}

/** People are called by letters, apostrophes, hyphens and full stops alone. */
export function isPersonsName(name: string): boolean {
  return /^[\p{L}\p{M}][\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}][\p{L}\p{M}'’.-]*)*$/u.test(name)
}
