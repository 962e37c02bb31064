import { type FakeInsightly, type FakeInsightlyOptions, startFakeInsightly } from '../backend/test/fakes/insightly/server.ts'

export interface DevInsightly {
  url: string
  /** Where it is and how to connect, in two lines. */
  described: string
  close(): Promise<void>
}

const contacts = 200
const usualPort = 4010
const usualKey = 'insightly-fake-key'

/**
 * Starts the stand-in for Insightly with a small world, at the address and with the key that are configured when those are on this machine.
 * Nothing is connected with it that was not before.
 */
export async function startDevInsightly({
  insightlyApiKey,
  insightlyApiUrl,
}: {
  insightlyApiKey?: string | undefined
  insightlyApiUrl: string
}): Promise<DevInsightly> {
  const configured = portOnThisMachine(insightlyApiUrl)
  const isConfigured = configured !== undefined && insightlyApiKey !== undefined
  const key = isConfigured ? insightlyApiKey : usualKey
  const { url, origin, close } = await startAt(configured ?? usualPort, { key, records: contacts })
  const isOurs = isConfigured && new URL(insightlyApiUrl).port === new URL(url).port
  const how = isOurs
    ? 'It is what INSIGHTLY_API_URL names, and is mirrored.'
    : `To mirror it, connect it under Settings, Insightly, or start with INSIGHTLY_API_URL=${url} INSIGHTLY_API_KEY=${isConfigured ? '…' : usualKey} npm run dev`
  return {
    url,
    described: `Fake Insightly with ${contacts} contacts at ${url}, the key is ${isConfigured ? 'that of INSIGHTLY_API_KEY' : usualKey}; the tester's side is at ${origin}/_fake.\n${how}\n`,
    close,
  }
}

async function startAt(port: number, options: FakeInsightlyOptions): Promise<FakeInsightly> {
  try {
    return await startFakeInsightly({ ...options, port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startFakeInsightly({ ...options, port: 0 })
  }
}

/** Undefined when the address is somewhere else, where a real key may belong to. */
function portOnThisMachine(address: string): number | undefined {
  const { protocol, hostname, port } = new URL(address)
  const isHere = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)
  return isHere && port !== '' ? Number(port) : undefined
}
