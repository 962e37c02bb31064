import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '#backend/kernel/errors.ts'

export interface Passwords {
  /** A salted hash in PHC form. */
  hash(password: string): Promise<string>
  verify(attempt: { hash: string; password: string }): Promise<boolean>
}

/** Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet; RFC 9106). */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32
/** Two at a time leave threads of the pool to everybody else, and bound the memory that sign-ins take. */
const atOnce = 2
const longestQueue = 200

/** @param derive stands in for Node's own, so that tests can count the work */
export function createPasswords(derive: typeof argon2id = argon2id): Passwords {
  const slots = createSlots()
  const tagOf = (password: string, parameters: typeof cost, salt: Buffer, length: number) =>
    slots(() => derive(password.normalize('NFKC'), parameters, salt, length))

  return {
    async hash(password) {
      const salt = randomBytes(saltBytes)
      const tag = await tagOf(password, cost, salt, tagBytes)
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(tag)}`
    },
    async verify({ hash, password }) {
      const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
      if (parts === null) throw new Error('A stored password is in no form that this version reads.')
      const [, memory, passes, parallelism, salt = '', tag = ''] = parts
      const expected = Buffer.from(tag, 'base64')
      const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
      return timingSafeEqual(await tagOf(password, parameters, Buffer.from(salt, 'base64'), expected.length), expected)
    },
  }
}

export function argon2id(message: string, parameters: typeof cost, nonce: Buffer, tagLength: number): Promise<Buffer> {
  return new Promise((done, failed) => {
    argon2('argon2id', { message, nonce, tagLength, ...parameters }, (error, tag) => (error === null ? done(tag) : failed(error)))
  })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

function createSlots() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= longestQueue)
        throw new AppError('RATE_LIMITED', 'Too many people sign in at this moment. Try again shortly.', { retryAfterSeconds: 5 })
      await new Promise<void>((go) => waiting.push(go))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The slot goes from one to the next.
      if (next === undefined) running--
      else next()
    }
  }
}
