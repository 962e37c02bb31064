import { createHash } from 'node:crypto'

/** What the calls of one API key at one address are counted under; tells nothing of the key. */
export function limitKeyOf({ url, apiKey }: { url: string; apiKey: string }): string {
  return createHash('sha256')
    .update(`chatsg insightly limit\0${new URL(url).origin}\0${apiKey}`)
    .digest('hex')
    .slice(0, 32)
}
