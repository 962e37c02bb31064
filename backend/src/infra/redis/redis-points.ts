import { Redis } from 'ioredis'

/** Counts by key in fixed windows, kept in Redis. */
export interface RedisPoints {
  /** Adds points and tells the new count, and the milliseconds until the window ends. @throws Error when Redis does not answer */
  add(key: string, points: number, windowMs: number): Promise<{ points: number; resetMs: number }>
  /** Answers when Redis does. @throws Error when it does not */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface RedisPointsOptions {
  url: string
  logger: { debug(fields: object, message: string): void }
  /** Begins each key, so that installations can share a Redis. */
  prefix?: string
}

const script = `
local ttl = redis.call('pttl', KEYS[1])
if ttl <= 0 then
  local first = math.max(tonumber(ARGV[1]), 0)
  redis.call('set', KEYS[1], first, 'PX', ARGV[2])
  return {first, tonumber(ARGV[2])}
end
local points = redis.call('incrby', KEYS[1], ARGV[1])
if points < 0 then
  redis.call('set', KEYS[1], 0, 'KEEPTTL')
  points = 0
end
return {points, ttl}`

/** Connects, and keeps connecting anew for ever; while there is no connection every call fails at once. */
export async function openRedisPoints({ url, logger, prefix = 'chatsg:points:' }: RedisPointsOptions): Promise<RedisPoints> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 1000,
    connectionName: 'chatsg',
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  })
  redis.on('error', (error: Error) => logger.debug({ err: error }, 'Redis cannot be reached'))
  // A Redis that is not there yet is connected to later; until then the caller counts elsewhere.
  await redis.connect().catch((error: Error) => logger.debug({ err: error }, 'Redis cannot be reached'))
  return {
    async add(key, points, windowMs) {
      const answer = await redis.eval(script, 1, prefix + key, points, windowMs)
      if (!Array.isArray(answer) || answer.length !== 2) throw new Error('Redis gave an answer that is not a count.')
      return { points: Number(answer[0]), resetMs: Number(answer[1]) }
    },
    async ping() {
      await redis.ping()
    },
    async close() {
      redis.disconnect()
    },
  }
}
