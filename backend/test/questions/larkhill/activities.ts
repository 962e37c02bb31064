import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { owners } from './names.ts'
import { type Cells, type Contact, slug } from './people.ts'
import type { Deal } from './sales.ts'
import { dayMs, isoTime, nowMs, seed, someHour } from './timeline.ts'

interface Subject {
  contact: Contact
  owner: string
  related: { related_type: string; related_external_id: string }
}
const address = (owner: string) => `${slug(owner).replaceAll('-', '.')}@larkhill-events.example`

const remarks = [
  ...['asked about gluten free options', 'is worried about rain and wants a marquee', 'complained that the waiters were late', 'wants a bigger dance floor'],
  ...['has a nut allergy', 'will decide after the tasting', 'thinks the deposit is too high', 'recommended us to her sister', 'prefers red wine'],
] as const

export function makeActivities(contacts: readonly Contact[], deals: readonly Deal[]) {
  const drawSubject = (random: Random): Subject => {
    if (random.chance(0.4)) {
      const deal = random.pick(deals)
      return { contact: deal.contact, owner: deal.owner || random.pick(owners), related: { related_type: 'opportunity', related_external_id: deal.externalId } }
    }
    const contact = random.pick(contacts.slice(0, 46))
    const owner = contact.owner || random.pick(owners)
    if (random.chance(0.3)) return { contact, owner, related: { related_type: 'organisation', related_external_id: contact.organisation.externalId } }
    return { contact, owner, related: { related_type: 'contact', related_external_id: contact.externalId } }
  }
  const createdIn = (random: Random, { contact }: Subject) => someHour(contact.createdAt + (nowMs - contact.createdAt) * random.next() ** 0.5, random)
  const rowsOf = (stream: string, count: number, make: (random: Random, subject: Subject, index: number) => Cells) =>
    Array.from({ length: count }, (_, index) => {
      const random = randomFor(seed, stream, index)
      return make(random, drawSubject(random), index)
    })
  return {
    tasks: rowsOf('task', 72, (random, subject, index) => {
      const { contact, owner, related } = subject
      // Every third is of these days, so that "today" and "this week" have something to say.
      const createdAt = index % 3 === 0 ? someHour(nowMs - random.int(2, 9) * dayMs, random) : createdIn(random, subject)
      const dueAt = Math.floor((createdAt + random.int(1, 16) * dayMs) / dayMs) * dayMs + random.int(8, 18) * 3_600_000
      const isDone = dueAt < nowMs ? random.chance(0.65) : random.chance(0.1)
      return {
        title: `${random.pick(['Call', 'Send menu to', 'Book tasting for', 'Confirm guest list with', 'Chase deposit from'])} ${random.chance(0.5) ? `${contact.first} ${contact.last}` : contact.organisation.name}`,
        external_id: `TK-${index}`,
        status: isDone ? 'Completed' : random.pick(['Not started', 'In progress', 'Waiting']),
        priority: random.pick(['Low', 'Normal', 'Normal', 'High', 'Urgent']),
        due_at: random.chance(0.06) ? '' : isoTime(dueAt),
        completed_at: isDone ? isoTime(Math.min(nowMs - 1_200_000, Math.max(createdAt + 3_600_000, dueAt + random.int(-60, 48) * 3_600_000))) : '',
        owner: random.chance(0.06) ? '' : owner,
        ...related,
        created_at: isoTime(createdAt),
      }
    }),
    events: rowsOf('event', 48, (random, subject, index) => {
      const { contact, owner, related } = subject
      const day = index % 3 === 0 ? nowMs + random.int(-3, 25) * dayMs : createdIn(random, subject)
      const startsAt = Math.floor(day / dayMs) * dayMs + random.int(8, 19) * 3_600_000
      return {
        title: `${random.pick(['Tasting', 'Site visit', 'Menu meeting', 'Rehearsal', 'Debrief'])} ${contact.organisation.name}`,
        external_id: `CA-${index}`,
        starts_at: isoTime(startsAt),
        ends_at: isoTime(startsAt + random.pick([30, 45, 60, 90, 120]) * 60_000),
        attendees: [address(owner), contact.email].filter(Boolean).join(';'),
        owner,
        ...related,
        created_at: isoTime(Math.min(nowMs - 900_000, startsAt - random.int(1, 20) * dayMs)),
      }
    }),
    notes: rowsOf('note', 48, (random, subject, index) => ({
      body: `${subject.contact.first} ${random.pick(remarks)}.`,
      external_id: `NT-${index}`,
      title: random.chance(0.3) ? '' : random.pick(['Phone call', 'Tasting notes', 'Complaint', 'Fair']),
      author: subject.owner,
      ...subject.related,
      created_at: isoTime(createdIn(random, subject)),
    })),
    emails: rowsOf('email', 64, (random, subject, index) => {
      const { contact, owner, related } = subject
      const isInbound = random.chance(0.5)
      const person = contact.email || `office@${contact.organisation.domain}`
      const about = isInbound
        ? random.pick(['Final guest numbers', 'Change of menu', 'Wrong invoice', 'Vegan options', 'Parking for the band'])
        : random.pick(['Your proposal', 'Deposit reminder', 'Thank you for celebrating with us'])
      return {
        from: isInbound ? person : address(owner),
        to: isInbound ? address(owner) : person,
        subject: about,
        body: `Hello,\n${about.toLowerCase()}: see below.\n${isInbound ? contact.first : owner}`,
        sent_at: isoTime(index % 6 === 0 ? someHour(nowMs - random.int(0, 6) * dayMs, random) : createdIn(random, subject)),
        direction: isInbound ? 'inbound' : 'outbound',
        external_id: `ML-${index}`,
        ...related,
      }
    }),
  }
}
