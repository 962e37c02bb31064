import { randomFor } from '../../../../seeds/demo/random.ts'
import { firstInstant, type GeneratedName, lastInstant, type World } from './world.ts'

/** Ids ascend with the time of creation. */
export function createdAt(world: World, name: GeneratedName, index: number): number {
  const span = lastInstant - firstInstant
  return wholeSecond(firstInstant + (span * (index + randomFor(world.seed, `${name} created`, index).next())) / Math.max(1, world.counts[name]))
}

/** Most records are touched once more, the older the later. */
export function updatedAt(world: World, name: GeneratedName, index: number): number {
  const created = createdAt(world, name, index)
  const random = randomFor(world.seed, `${name} updated`, index)
  return random.chance(0.3) ? created : wholeSecond(created + (lastInstant - created) * random.next())
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000
}
