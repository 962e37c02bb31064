import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type SpooledFile, spool } from '../spool.ts'
import { type ArrivalOptions, takeIn } from './arrival.ts'
import { listOwnAddresses } from './own-addresses.ts'
import { openForPreview } from './preview-file.ts'

const readingAddresses = { name: 'imports.addresses', scope: 'crm:import', event: null, readOnly: true } as const

export type Uploads = ReturnType<typeof createUploads>

/** Files on their way in, of any format; whoever opens one disposes of it. */
export function createUploads({ operations, folder, clock }: { operations: Operations; folder: string; clock: Clock }) {
  const toolsOf = (actor: Actor) => ({
    spool: (source: AsyncIterable<Uint8Array>) => spool(source, folder, clock.now()),
    ownAddresses: () => operations.run(actor, readingAddresses, listOwnAddresses),
  })
  return {
    /** The whole file as rows can be read from it. @throws AppError VALIDATION when it is no table of records */
    async open(actor: Actor, source: AsyncIterable<Uint8Array>, options: ArrivalOptions): Promise<SpooledFile> {
      const tools = toolsOf(actor)
      return takeIn(await tools.spool(source), options, tools)
    },

    /** Its beginning, in memory. @throws AppError VALIDATION when it is no table of records */
    openHead: (actor: Actor, source: AsyncIterable<Uint8Array>, options: ArrivalOptions): Promise<SpooledFile> =>
      openForPreview(source, options, toolsOf(actor)),
  }
}
