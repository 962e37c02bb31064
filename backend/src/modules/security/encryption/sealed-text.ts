import { ivBytes, tagBytes } from './cipher.ts'

export interface SealedHead {
  version: 'v1'
  /** Eight hexadecimal digits. */
  keyId: string
}

/** An encrypted value taken apart. */
export interface Sealed extends SealedHead {
  iv: Buffer
  ciphertext: Buffer
  tag: Buffer
}

/** `v1.<key id>.<iv>.<ciphertext>.<tag>`, the last three in base64url. */
export function formatSealed({ version, keyId, iv, ciphertext, tag }: Sealed): string {
  return [version, keyId, ...[iv, ciphertext, tag].map((bytes) => bytes.toString('base64url'))].join('.')
}

/** Undefined when the text is not exactly what `formatSealed` writes. */
export function parseSealed(value: string): Sealed | undefined {
  const [version, keyId, ...encoded] = value.split('.')
  if (version !== 'v1' || keyId === undefined || !/^[0-9a-f]{8}$/.test(keyId) || encoded.length !== 3) return undefined
  const [iv, ciphertext, tag] = encoded.map(decode)
  if (iv?.length !== ivBytes || ciphertext === undefined || tag?.length !== tagBytes) return undefined
  return { version, keyId, iv, ciphertext, tag }
}

/** Node decodes what it can and drops the rest; one value has one spelling here. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
