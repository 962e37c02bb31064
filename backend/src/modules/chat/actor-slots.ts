import { AppError } from '#backend/kernel/errors.ts'

export interface Slot {
  /** Resolves when the work may begin. */
  readonly ready: Promise<void>
  /** It need not wait. */
  readonly isFree: boolean
  release(): void
}

export interface ActorSlots {
  /** @throws AppError RATE_LIMITED when this actor's queue is full */
  reserve(actorKey: string): Slot
}

/** At most `running` answers at once for an actor, `waiting` more in line, the rest refused. */
export function createActorSlots({ running, waiting }: { running: number; waiting: number }): ActorSlots {
  const byActor = new Map<string, { taken: number; line: (() => void)[] }>()

  function pass(actorKey: string) {
    const actor = byActor.get(actorKey)
    if (actor === undefined) return
    const next = actor.line.shift()
    if (next !== undefined) return next()
    actor.taken -= 1
    if (actor.taken === 0) byActor.delete(actorKey)
  }

  return {
    reserve(actorKey) {
      const actor = byActor.get(actorKey) ?? { taken: 0, line: [] }
      byActor.set(actorKey, actor)
      let held = true
      if (actor.taken < running) {
        actor.taken += 1
        return {
          ready: Promise.resolve(),
          isFree: true,
          release() {
            if (held) pass(actorKey)
            held = false
          },
        }
      }
      if (actor.line.length >= waiting) {
        throw new AppError('RATE_LIMITED', `${running + waiting} of your questions are being answered already; wait for one of them.`, { retryAfterSeconds: 2 })
      }
      let begin: () => void = () => undefined
      const ready = new Promise<void>((resolve) => {
        begin = resolve
      })
      actor.line.push(begin)
      return {
        ready,
        isFree: false,
        release() {
          if (!held) return
          held = false
          const place = actor.line.indexOf(begin)
          if (place >= 0) actor.line.splice(place, 1)
          else pass(actorKey)
        },
      }
    },
  }
}
