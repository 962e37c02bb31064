import { type CipherGCMTypes, createCipheriv, createDecipheriv } from 'node:crypto'

/** Bits of the initialisation vector: 96, the length GCM is made for (NIST SP 800-38D, section 8.2). */
export const ivBytes = 12
/** Bytes of the authentication tag. Shorter ones can be forged in fewer tries (NIST SP 800-38D, appendix C). */
export const tagBytes = 16

const algorithms: Readonly<Record<number, CipherGCMTypes>> = { 16: 'aes-128-gcm', 24: 'aes-192-gcm', 32: 'aes-256-gcm' }

export interface CipherInput {
  /** 16, 24 or 32 bytes. */
  key: Uint8Array
  /** Never twice with one key. */
  iv: Uint8Array
  /** Bound to the ciphertext and not part of it. */
  aad: Uint8Array
}

/**
 * AES in Galois/Counter Mode (NIST SP 800-38D) with a tag of 128 bits.
 * @throws Error when key or iv have a length that GCM or OpenSSL does not take
 */
export function encryptBytes({ key, iv, aad }: CipherInput, plaintext: Uint8Array): { ciphertext: Buffer; tag: Buffer } {
  const cipher = createCipheriv(algorithmFor(key), key, iv, { authTagLength: tagBytes })
  cipher.setAAD(aad)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { ciphertext, tag: cipher.getAuthTag() }
}

/**
 * The plaintext, once its tag has proved it; nothing of it leaves before.
 * @throws Error when ciphertext, tag, iv or aad are not what was encrypted, or the tag does not have 128 bits
 */
export function decryptBytes({ key, iv, aad }: CipherInput, ciphertext: Uint8Array, tag: Uint8Array): Buffer {
  // Node takes shortened tags unless it is told the length, and would tell what is wrong with them less clearly.
  if (tag.length !== tagBytes) throw new Error(`An authentication tag has ${tagBytes} bytes.`)
  const decipher = createDecipheriv(algorithmFor(key), key, iv, { authTagLength: tagBytes })
  decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()])
}

function algorithmFor(key: Uint8Array): CipherGCMTypes {
  const algorithm = algorithms[key.length]
  if (algorithm === undefined) throw new Error('An AES key has 16, 24 or 32 bytes.')
  return algorithm
}
