import { randomBytes } from 'node:crypto'
import { AppError } from '#backend/kernel/errors.ts'
import { decryptBytes, encryptBytes, ivBytes } from './cipher.ts'
import { type DerivedKey, deriveKey } from './derived-key.ts'
import { formatSealed, parseSealed, type SealedHead } from './sealed-text.ts'

/** Encrypts texts under the current key and reads those of the current and the previous one. */
export interface KeyRing {
  /** Name of the current key; gives nothing away about it. */
  readonly keyId: string
  /** @param purpose what the value is and whose, such as `mail-password:<workspace>:<id>`: nothing else can decrypt it */
  encrypt(text: string, purpose: string): string
  /** @throws AppError INTERNAL, without any part of the value, when it cannot be read */
  decrypt(value: string, purpose: string): string
  /** Whether a value is not in today's form under the current key. */
  needsRotation(value: string): boolean
}

export interface KeyRingOptions {
  /** `ENCRYPTION_KEY` */
  current: string
  /** `ENCRYPTION_KEY_PREVIOUS` */
  previous?: string | undefined
}

/**
 * AES-256-GCM under a key derived with HKDF-SHA-256 (RFC 5869). Initialisation vectors are random, so one key is good for
 * 2^32 values (NIST SP 800-38D, section 8.3); version, key id and purpose are authenticated with each value.
 */
export function createKeyRing({ current, previous }: KeyRingOptions): KeyRing {
  const key = deriveKey(current)
  const keys = new Map<string, DerivedKey>()
  if (previous !== undefined) {
    const older = deriveKey(previous)
    keys.set(older.id, older)
  }
  keys.set(key.id, key)

  return {
    keyId: key.id,
    encrypt(text, purpose) {
      if (!text.isWellFormed()) throw new AppError('VALIDATION', 'The text holds half a character (a broken surrogate) and cannot be stored.')
      const head: SealedHead = { version: 'v1', keyId: key.id }
      const iv = randomBytes(ivBytes)
      const sealed = encryptBytes({ key: key.bytes, iv, aad: associatedData(head, purpose) }, Buffer.from(text))
      return formatSealed({ ...head, iv, ...sealed })
    },
    decrypt(value, purpose) {
      const sealed = parseSealed(value)
      if (sealed === undefined) throw unreadable('is not in a form that this version reads. Enter it again')
      const own = keys.get(sealed.keyId)
      if (own === undefined) {
        throw unreadable(
          `was encrypted with the key ${sealed.keyId}, which this server does not have. Set ENCRYPTION_KEY_PREVIOUS to that key, or enter it again`,
        )
      }
      let bytes: Buffer
      try {
        bytes = decryptBytes({ key: own.bytes, iv: sealed.iv, aad: associatedData(sealed, purpose) }, sealed.ciphertext, sealed.tag)
      } catch (error) {
        throw unreadable('was changed since it was encrypted, or belongs to another record. Enter it again', error)
      }
      return bytes.toString()
    },
    needsRotation(value) {
      return parseSealed(value)?.keyId !== key.id
    },
  }
}

/** Version and key id cannot hold a dot, so no two triples make the same bytes. */
function associatedData({ version, keyId }: SealedHead, purpose: string): Buffer {
  return Buffer.from(`chatsg.${version}.${keyId}.${purpose}`)
}

function unreadable(why: string, cause?: unknown): AppError {
  return new AppError('INTERNAL', `A stored secret ${why}.`, cause === undefined ? {} : { cause })
}
