import { z } from 'zod'
import type { Actor } from '#backend/kernel/actor.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { TimelineItem } from '#contracts/records.ts'
import type { Confidential } from '../confidential/confidential.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { entityInput } from './entity-input.ts'

const input = z.strictObject({ entity: entityInput, id: z.uuid(), limit: z.int().min(1).max(50).default(20) })

/** What happened to a record and with it. */
export function recordsTimelineTool({
  timeline,
  confidential,
}: {
  timeline: { listTimeline(actor: Actor, entity: EntityName, id: string, limit: number): Promise<TimelineItem[]> }
  confidential: ConfidentialFields
}): ReadTool {
  return {
    effect: 'reads',
    name: 'records.timeline',
    title: 'Look at what happened with a record',
    description: 'Gives the changes, notes, tasks, events, e-mails, deals and orders of one record, newest first.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const { entity, id, limit } = given as z.infer<typeof input>
      const kept = await confidential.of(actor)
      const items = await timeline.listTimeline(actor, entity, id, limit)
      const told = items.map((item) => withoutHidden(item, kept))
      const citations = items.slice(0, 20).flatMap((item) => {
        const name = entityOf(item.entity)
        if (name === undefined || item.id === id) return []
        return [
          { entity: item.entity, id: item.id, label: kept.hidesLabel(name) ? entities[name].label : item.title.slice(0, 200), url: `/crm/${name}/${item.id}` },
        ]
      })
      return { value: { items: told }, untrusted: items.length > 0, citations }
    },
  }
}

function withoutHidden(item: TimelineItem, kept: Confidential): TimelineItem {
  const name = entityOf(item.entity)
  if (name === undefined || !kept.touches(name)) return item
  return { ...item, title: kept.hidesLabel(name) ? entities[name].label : item.title, detail: null }
}

function entityOf(noun: string): EntityName | undefined {
  return Object.values(entities).find(({ singular }) => singular === noun)?.name
}
