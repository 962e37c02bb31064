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
const address = (owner: string) => `${slug(owner).replaceAll('-', '.')}@ferndale-dental.example`

export function makeActivities(contacts: readonly Contact[], deals: readonly Deal[]) {
  const drawSubject = (random: Random): Subject => {
    if (random.chance(0.4)) {
      const deal = random.pick(deals)
      return { contact: deal.contact, owner: deal.owner || random.pick(owners), related: { related_type: 'opportunity', related_external_id: deal.externalId } }
    }
    const contact = random.pick(contacts.slice(0, 36))
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
    tasks: rowsOf('task', 48, (random, subject, index) => {
      const { contact, owner, related } = subject
      // Every third is of these days, so that "today" and "this week" have something to say.
      const createdAt = index % 3 === 0 ? someHour(nowMs - random.int(2, 9) * dayMs, random) : createdIn(random, subject)
      const dueAt = Math.floor((createdAt + random.int(1, 16) * dayMs) / dayMs) * dayMs + random.int(8, 17) * 3_600_000
      const isDone = dueAt < nowMs ? random.chance(0.65) : random.chance(0.1)
      return {
        title: `${random.pick(['Ring', 'Send quotation to', 'Book engineer for', 'Check delivery for', 'Chase payment of'])} ${random.chance(0.5) ? `${contact.first} ${contact.last}` : contact.organisation.name}`,
        external_id: `T-${index}`,
        status: isDone ? 'Completed' : random.pick(['Not started', 'In progress', 'Deferred']),
        priority: random.pick(['Low', 'Normal', 'Normal', 'High', 'Urgent']),
        due_at: random.chance(0.06) ? '' : isoTime(dueAt),
        completed_at: isDone ? isoTime(Math.min(nowMs - 1_200_000, Math.max(createdAt + 3_600_000, dueAt + random.int(-60, 48) * 3_600_000))) : '',
        owner: random.chance(0.06) ? '' : owner,
        ...related,
        created_at: isoTime(createdAt),
      }
    }),
    events: rowsOf('event', 30, (random, subject, index) => {
      const { contact, owner, related } = subject
      const day = index % 3 === 0 ? nowMs + random.int(0, 25) * dayMs : createdIn(random, subject)
      const startsAt = Math.floor(day / dayMs) * dayMs + random.int(8, 17) * 3_600_000
      return {
        title: `${random.pick(['Demonstration', 'Site survey', 'Training', 'Handover', 'Annual review'])} ${contact.organisation.name}`,
        external_id: `E-${index}`,
        starts_at: isoTime(startsAt),
        ends_at: isoTime(startsAt + random.pick([30, 45, 60, 90, 120]) * 60_000),
        attendees: [address(owner), contact.email].filter(Boolean).join(';'),
        owner,
        ...related,
        created_at: isoTime(Math.min(nowMs - 900_000, startsAt - random.int(1, 20) * dayMs)),
      }
    }),
    notes: rowsOf('note', 32, (random, subject, index) => ({
      body: `${subject.contact.first} ${random.pick(['asked about leasing', 'complained about a late delivery', 'wants to see the scanner', 'is waiting for planning permission', 'is opening a second practice', 'recommended us to a colleague', 'thinks the warranty is too short'])}.`,
      external_id: `N-${index}`,
      title: random.chance(0.3) ? '' : random.pick(['Telephone note', 'Visit', 'Complaint', 'Exhibition']),
      author: subject.owner,
      ...subject.related,
      created_at: isoTime(createdIn(random, subject)),
    })),
    emails: rowsOf('email', 40, (random, subject, index) => {
      const { contact, owner, related } = subject
      const isInbound = random.chance(0.5)
      const person = contact.email || `office@${contact.organisation.domain}`
      const about = isInbound
        ? random.pick(['Delivery date', 'Chair is leaking', 'Wrong invoice', 'Spare parts'])
        : random.pick(['Your quotation', 'Service reminder', 'Thank you for visiting us'])
      return {
        from: isInbound ? person : address(owner),
        to: isInbound ? address(owner) : person,
        subject: about,
        body: `Hello,\n${about.toLowerCase()}: see below.\n${isInbound ? contact.first : owner}`,
        sent_at: isoTime(createdIn(random, subject)),
        direction: isInbound ? 'inbound' : 'outbound',
        external_id: `M-${index}`,
        ...related,
      }
    }),
  }
}
