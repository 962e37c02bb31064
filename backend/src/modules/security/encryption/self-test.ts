import { AppError } from '#backend/kernel/errors.ts'
import { ivBytes, tagBytes } from './cipher.ts'
import type { KeyRing } from './key-ring.ts'
import { formatSealed, parseSealed } from './sealed-text.ts'

export interface EncryptionTest {
  /** The text came back as it went in. */
  match: boolean
  algorithm: 'aes-256-gcm'
  keyId: string
  ivBits: number
  tagBits: number
  /** A copy with one bit changed, in each of its parts, was refused. */
  tamperRefused: boolean
}

const purpose = 'self-test'

/** Encrypts the text under the server's own key, reads it back, and proves that a flipped bit is refused. */
export function testEncryption(keyRing: KeyRing, text: string): EncryptionTest {
  const value = keyRing.encrypt(text, purpose)
  const sealed = parseSealed(value)
  if (sealed === undefined) throw new Error('The key ring wrote a value that it does not read.')
  const changed = (['iv', 'ciphertext', 'tag'] as const).filter((part) => sealed[part].length > 0)
  return {
    match: keyRing.decrypt(value, purpose) === text,
    algorithm: 'aes-256-gcm',
    keyId: keyRing.keyId,
    ivBits: ivBytes * 8,
    tagBits: tagBytes * 8,
    tamperRefused: changed.every((part) => isRefused(keyRing, formatSealed({ ...sealed, [part]: flipFirstBit(sealed[part]) }))),
  }
}

function flipFirstBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(0) ^ 0x80, 0)
  return copy
}

function isRefused(keyRing: KeyRing, value: string): boolean {
  try {
    keyRing.decrypt(value, purpose)
    return false
  } catch (error) {
    if (error instanceof AppError) return true
    throw error
  }
}
