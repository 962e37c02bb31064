import { lookup } from 'node:dns/promises'
import { AppError } from '#backend/kernel/errors.ts'
import type { AllowList } from './allow-list.ts'
import { isPublicAddress, parseAddress } from './public-address.ts'

/** Every address of a name, as the system resolves it. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Addresses that were judged; a connection goes to one of these and asks no name server again. */
export interface Pinned {
  /** Canonical; what certificates are checked against. */
  host: string
  addresses: readonly { address: string; family: 4 | 6 }[]
}

export interface HostGuardOptions {
  allowList: AllowList
  resolve?: Resolve | undefined
  /** Told of each refusal, for the security events. */
  onRefused?: ((refusal: { host: string; port: number | undefined }) => void) | undefined
}

export const systemResolve: Resolve = async (host) => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address)

/** Judges a host by all addresses it has. */
export function createHostGuard({ allowList, resolve = systemResolve, onRefused }: HostGuardOptions) {
  return {
    /**
     * @param host in its canonical form
     * @throws AppError VALIDATION when it is unknown or one of its addresses is neither public nor allowed; UPSTREAM when the name server does not answer
     */
    async pin(host: string, port: number | undefined): Promise<Pinned> {
      const found = parseAddress(host) === undefined ? await resolveName(host, resolve) : [host]
      const addresses = found.map((text) => {
        const address = parseAddress(text)
        // One public address beside a private one is how a name is made to slip through.
        if (address === undefined || !(isPublicAddress(address) || allowList.isAllowed({ host, port, address }))) {
          onRefused?.({ host, port })
          throw refused(host)
        }
        return { address: address.toString(), family: address.kind() === 'ipv4' ? (4 as const) : (6 as const) }
      })
      if (addresses.length === 0) throw unknownHost(host)
      return { host, addresses }
    },
  }
}

async function resolveName(host: string, resolve: Resolve): Promise<readonly string[]> {
  try {
    return await resolve(host)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOTFOUND' || code === 'ENODATA') throw unknownHost(host)
    throw new AppError('UPSTREAM', `The name ${host} could not be looked up right now. Try again shortly.`, { cause: error })
  }
}

function unknownHost(host: string): AppError {
  return new AppError('VALIDATION', `The host ${host} is not known. Check its spelling.`)
}

/** Says nothing of the address: that would map the inner network for whoever asks. */
export function refused(host: string): AppError {
  return new AppError('VALIDATION', `The host ${host} is not on the public Internet, so no connection is made. Ask the operator to allow it if it is yours.`)
}
