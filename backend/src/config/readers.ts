import { isIP } from 'node:net'

/** A value that cannot be read: what is wrong with it, and how to mend it. */
export class Unreadable extends Error {
  readonly fix: string

  constructor(problem: string, fix: string) {
    super(problem)
    this.name = 'Unreadable'
    this.fix = fix
  }
}

/** Turns the text of a variable into its value. @throws Unreadable */
export type Reader<T> = (value: string) => T

export const text: Reader<string> = (value) => value

export const flag: Reader<boolean> = (value) => {
  if (/^(true|1|yes|on)$/i.test(value)) return true
  if (/^(false|0|no|off)$/i.test(value)) return false
  throw new Unreadable('is neither true nor false', 'Set it to true or false.')
}

export function integer(minimum: number, maximum: number): Reader<number> {
  return (value) => {
    const number = Number(value)
    if (!/^[+-]?\d+$/.test(value) || number < minimum || number > maximum) {
      throw new Unreadable(`is not a whole number from ${minimum} to ${maximum}`, `Set it to a whole number from ${minimum} to ${maximum}.`)
    }
    return number
  }
}

export function decimal(minimum: number, maximum: number): Reader<number> {
  return (value) => {
    const number = Number(value)
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) || number < minimum || number > maximum) {
      throw new Unreadable(`is not a number from ${minimum} to ${maximum}`, `Set it to a number from ${minimum} to ${maximum}, with a point for decimals.`)
    }
    return number
  }
}

export function oneOf<const T extends string>(...choices: T[]): Reader<T> {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value.toLowerCase())
    if (choice === undefined) throw new Unreadable('is not one of its choices', `Set it to ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`)
    return choice
  }
}

/** An http or https address, without a trailing slash. */
export const webAddress: Reader<string> = (value) => {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new Unreadable('is not a web address', 'Set it to an address such as https://example.com.')
  }
  return value.replace(/\/+$/, '')
}

export function address(...protocols: string[]): Reader<string> {
  const example = `${protocols[0]}://user:password@host/name`
  return (value) => {
    const url = URL.parse(value)
    if (url === null || !protocols.includes(url.protocol.slice(0, -1)))
      throw new Unreadable(`is not a ${protocols[0]} address`, `Set it to an address such as ${example}.`)
    return value
  }
}

export const instant: Reader<string> = (value) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new Unreadable('is not an ISO 8601 instant with its zone', 'Set it to an instant such as 2026-03-01T09:00:00Z.')
  }
  return new Date(value).toISOString()
}

function items(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Web origins (`https://host:port`), or `*`. */
export const origins: Reader<readonly string[]> = (value) =>
  items(value).map((item) => {
    if (item === '*') return item
    const url = URL.parse(item)
    if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== item.replace(/\/$/, '').toLowerCase()) {
      throw new Unreadable('holds something that is not a web origin', 'List origins such as https://app.example.com, separated by commas, without paths.')
    }
    return url.origin
  })

/** Addresses and networks (`10.0.0.0/8`); `none` is the empty list. */
export const networks: Reader<readonly string[]> = (value) => {
  if (value.toLowerCase() === 'none') return []
  return items(value).map((item) => {
    const [host = '', bits, ...rest] = item.split('/')
    const version = isIP(host)
    const longest = version === 4 ? 32 : 128
    const plain = rest.length === 0 && version !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
    if (!plain && item !== 'loopback') {
      throw new Unreadable('holds something that is not an IP address or network', 'List addresses or networks such as 127.0.0.1,10.0.0.0/8, or none.')
    }
    return item
  })
}

/** `name`, `name=true` or `name=false`, separated by commas. */
export const featureFlags: Reader<Readonly<Record<string, boolean>>> = (value) =>
  Object.freeze(
    Object.fromEntries(
      items(value).map((item) => {
        const match = /^([A-Za-z][\w.-]{0,59})(?:=(true|false))?$/.exec(item)
        if (match === null) throw new Unreadable('holds something that is not a flag', 'List flags such as newInbox,betaForecast=false, separated by commas.')
        return [match[1] as string, match[2] !== 'false']
      }),
    ),
  )

/** A number of processes, or `auto` for one a core. */
export const workers: Reader<number | 'auto'> = (value) => (value.toLowerCase() === 'auto' ? 'auto' : integer(1, 256)(value))

/** A bare host name or IP address. */
export const host: Reader<string> = (value) => {
  if (isIP(value) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value)) {
    throw new Unreadable(
      'is not an address to listen on',
      'Set it to an IP address such as 127.0.0.1 (this machine only) or 0.0.0.0 (every network), without a port.',
    )
  }
  return value
}

/** `agent=model`, separated by commas. */
export const modelsByAgent: Reader<Readonly<Record<string, string>>> = (value) =>
  Object.freeze(
    Object.fromEntries(
      items(value).map((item) => {
        const match = /^([a-z][a-z-]{0,39})\s*=\s*(\S{1,200})$/.exec(item)
        if (match === null)
          throw new Unreadable('holds something that is not a model of an agent', 'List them such as crm=gpt-4o-mini,creative=gpt-4o, separated by commas.')
        return [match[1] as string, match[2] as string]
      }),
    ),
  )

/** US dollars for a million tokens. */
export interface ModelPrice {
  input: number
  /** Of tokens that the provider had seen shortly before; `input` when left out. */
  cachedInput?: number
  output: number
}

export const modelPrices: Reader<Readonly<Record<string, ModelPrice>>> = (value) => {
  const unreadable = () =>
    new Unreadable('is not a table of prices', 'Set it to JSON such as {"my-model":{"input":0.5,"output":1.5}}: US dollars for a million tokens.')
  let table: unknown
  try {
    table = JSON.parse(value)
  } catch {
    throw unreadable()
  }
  if (typeof table !== 'object' || table === null || Array.isArray(table)) throw unreadable()
  const isPrice = (price: unknown) => typeof price === 'number' && Number.isFinite(price) && price >= 0
  for (const price of Object.values(table) as Partial<Record<keyof ModelPrice, unknown>>[]) {
    if (!isPrice(price?.input) || !isPrice(price.output) || (price.cachedInput !== undefined && !isPrice(price.cachedInput))) throw unreadable()
  }
  return Object.freeze(table as Record<string, ModelPrice>)
}
