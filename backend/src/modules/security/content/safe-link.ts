import { decodeHTML } from 'entities'

/** Characters that browsers drop from an address, or that nobody sees. */
const unseen = /[\p{Cc}\p{Cf}\p{Z}]/gu
const kept = new Set(['http', 'https', 'mailto'])
/** How many times an address may be encoded in another; deeper is refused. */
const layers = 3

/** Whether an address is http, https, mailto or relative, also after every decoding that a careless reader might do. */
export function isSafeLink(address: string): boolean {
  let form = address
  for (let layer = 0; layer <= layers; layer++) {
    const scheme = schemeOf(form)
    if (scheme !== undefined) return kept.has(scheme)
    const decoded = decodeHTML(decodePercent(form))
    if (decoded === form) return true
    form = decoded
  }
  return false
}

/** Whether an address names another site or a mailbox by itself. */
export function isSafeAbsoluteLink(address: string): boolean {
  return schemeOf(address) !== undefined && isSafeLink(address)
}

/** What stands before a colon that no slash, question mark or hash precedes. */
function schemeOf(address: string): string | undefined {
  return /^([^/?#:]*):/.exec(address.replace(unseen, ''))?.[1]?.toLowerCase()
}

function decodePercent(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
