import type { DateTime } from 'luxon'
import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { mine } from './constraints.ts'
import type { Lexis } from './lexis.ts'

/** Hours in which meetings are arranged. */
export const workday = { from: 9, to: 18 } as const
const daysAhead = 30

/** The first time from a day on, within working hours of a workday, at which the asker is free for so long. */
export async function firstFreeSlot(tx: Transaction, from: DateTime, minutes: number, lexis: Lexis): Promise<DateTime | undefined> {
  for (let ahead = 0; ahead < daysAhead; ahead++) {
    const day = from.startOf('day').plus({ days: ahead })
    if (day.weekday > 5) continue
    const busy = await busyOn(tx, day, lexis)
    const open = day.set({ hour: workday.from })
    let start = open < from && ahead === 0 ? nextQuarter(from) : open
    for (const { begins, ends } of busy) {
      if (start.plus({ minutes }) <= begins) break
      if (ends > start) start = ends
    }
    if (start.plus({ minutes }) <= day.set({ hour: workday.to })) return start
  }
  return undefined
}

function nextQuarter(at: DateTime): DateTime {
  const past = at.minute % 15
  return at.startOf('minute').plus({ minutes: past === 0 ? 0 : 15 - past })
}

async function busyOn(tx: Transaction, day: DateTime, lexis: Lexis): Promise<{ begins: DateTime; ends: DateTime }[]> {
  const own = mine('events', lexis)
  const span = {
    field: 'starts_at',
    op: 'during' as const,
    value: { from: day.minus({ hours: 12 }).toUTC().toISO() ?? '', to: day.plus({ days: 1 }).toUTC().toISO() ?? '' },
  }
  const { rows } = await runQuery(
    tx,
    {
      entity: 'events',
      filter: own === undefined ? span : { and: [span, own] },
      select: ['title', 'starts_at', 'ends_at'],
      sort: [{ by: 'starts_at', direction: 'asc' }],
      limit: 200,
    },
    { now: lexis.context.now, timeZone: lexis.context.timeZone },
  )
  return rows.map(({ starts_at, ends_at }) => {
    const begins = day.plus({ milliseconds: Date.parse(String(starts_at)) - day.toMillis() })
    return {
      begins,
      ends: typeof ends_at === 'string' ? begins.plus({ milliseconds: Date.parse(ends_at) - Date.parse(String(starts_at)) }) : begins.plus({ minutes: 30 }),
    }
  })
}
