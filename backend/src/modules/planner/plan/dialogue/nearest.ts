import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { editDistance } from '#backend/kernel/edit-distance.ts'
import { nearestLabels } from '#backend/modules/crm/index.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { PendingChoice, PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

const mostChoices = 6
const mostValues = 5000
const searched: readonly EntityName[] = ['organisations', 'contacts', 'leads', 'opportunities', 'products']

/** Values, people and records that an unknown word is near to, as choices: the message with each in its place. Undefined when none is near. */
export async function nearestChoices(
  tx: Transaction,
  message: string,
  word: string,
  previous: PlannerTurn | undefined,
  world: World,
): Promise<PendingChoice | undefined> {
  const norm = fold(word)
  if (!/^\p{Lu}/u.test(word) && norm.split(' ').every((part) => vocabularyOf(world.language).commonWords.has(part))) return undefined
  const found = norm.length < 3 ? [] : [...(await nearValues(tx, norm)), ...world.users.map(({ name }) => name).filter((name) => isNear(norm, fold(name)))]
  if (found.length === 0 && norm.length >= 4) {
    const labels = await nearestLabels(tx, word, searched, 3)
    found.push(...labels.map((label) => (typeof label === 'string' ? label : (label as { label: string }).label)).filter((label) => isNear(norm, fold(label))))
  }
  // "For Anna instead": the people there are.
  const people = found.length === 0 && /^\p{Lu}/u.test(word) && previous?.frame.constraints.some(({ slot }) => slot === 'owner') === true
  if (people) found.push(...world.users.map(({ name }) => name))
  const options = [...new Set(found)].slice(0, mostChoices).map((name) => ({ label: name, message: message.replace(word, name) }))
  if (options.length === 0) return undefined
  const { dialogue } = phraseBook(world.language)
  return { question: people ? dialogue.nobodyCalled(word) : dialogue.unknownName(word), options }
}

async function nearValues(tx: Transaction, norm: string): Promise<string[]> {
  const rows = await tx.query<{ value: string; norm: string }>(
    sql`select distinct value, norm from field_values where workspace_id = ${tx.workspaceId} and length(norm) between ${norm.length - 4} and ${norm.length + 20} limit ${sql.raw(String(mostValues))}`,
  )
  return rows
    .filter((row) => isNear(norm, row.norm))
    .map((row) => ({ value: row.value, distance: distanceOf(norm, row.norm) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ value }) => value)
}

/** A third of the letters may differ, in the whole or in one of its words; the first letter may not. */
function isNear(norm: string, candidate: string): boolean {
  return distanceOf(norm, candidate) <= allowed(norm)
}

function allowed(norm: string): number {
  return Math.max(1, Math.floor(norm.length / 3))
}

function distanceOf(norm: string, candidate: string): number {
  const limit = allowed(norm)
  const parts = [candidate, ...candidate.split(/[\s-]+/).filter((part) => part.length > 3)]
  return Math.min(...parts.map((part) => (part[0] === norm[0] ? editDistance(norm, part, limit) : limit + 1)))
}
