import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { owners } from './names.ts'
import { type Cells, type Contact, slug } from './people.ts'
import type { Deal } from './sales.ts'
import { dayMs, isoTime, nowMs, seed, workingHour } from './timeline.ts'

interface Subject {
  contact: Contact
  owner: string
  related: { related_type: string; related_external_id: string }
}
const address = (owner: string) => `${slug(owner).replaceAll('-', '.')}@kestrel-tech.example`

export function makeActivities(contacts: readonly Contact[], deals: readonly Deal[]) {
  const drawSubject = (random: Random): Subject => {
    if (random.chance(0.4)) {
      const deal = random.pick(deals)
      return { contact: deal.contact, owner: deal.owner || random.pick(owners), related: { related_type: 'opportunity', related_external_id: deal.externalId } }
    }
    const contact = random.pick(contacts.slice(0, 40))
    const owner = contact.owner || random.pick(owners)
    if (random.chance(0.3)) return { contact, owner, related: { related_type: 'organisation', related_external_id: contact.organisation.externalId } }
    return { contact, owner, related: { related_type: 'contact', related_external_id: contact.externalId } }
  }
  const createdIn = (random: Random, { contact }: Subject) => workingHour(contact.createdAt + (nowMs - contact.createdAt) * random.next() ** 0.5, random)
  const rowsOf = (stream: string, count: number, make: (random: Random, subject: Subject, index: number) => Cells) =>
    Array.from({ length: count }, (_, index) => {
      const random = randomFor(seed, stream, index)
      return make(random, drawSubject(random), index)
    })
  return {
    tasks: rowsOf('task', 56, (random, subject, index) => {
      const { contact, owner, related } = subject
      // Every third is of these days, so that "today" and "this week" have something to say.
      const createdAt = index % 3 === 0 ? workingHour(nowMs - random.int(2, 9) * dayMs, random) : createdIn(random, subject)
      const dueAt = Math.floor((createdAt + random.int(1, 18) * dayMs) / dayMs) * dayMs + random.int(8, 17) * 3_600_000
      const isDone = dueAt < nowMs ? random.chance(0.65) : random.chance(0.1)
      return {
        title: `${random.pick(['Call', 'Send proposal to', 'Follow up with', 'Prepare demo for', 'Chase invoice of'])} ${random.chance(0.5) ? `${contact.first} ${contact.last}` : contact.organisation.name}`,
        external_id: `T-${index}`,
        status: isDone ? 'Completed' : random.pick(['Not started', 'In progress', 'Waiting']),
        priority: random.pick(['Low', 'Normal', 'Normal', 'High', 'Urgent']),
        due_at: random.chance(0.06) ? '' : isoTime(dueAt),
        completed_at: isDone ? isoTime(Math.min(nowMs - 1_200_000, Math.max(createdAt + 3_600_000, dueAt + random.int(-60, 48) * 3_600_000))) : '',
        owner: random.chance(0.06) ? '' : owner,
        ...related,
        created_at: isoTime(createdAt),
      }
    }),
    events: rowsOf('event', 32, (random, subject, index) => {
      const { contact, owner, related } = subject
      const day = index % 3 === 0 ? nowMs + random.int(0, 25) * dayMs : createdIn(random, subject)
      const startsAt = Math.floor(day / dayMs) * dayMs + random.int(8, 17) * 3_600_000
      return {
        title: `${random.pick(['Demo', 'Quarterly review', 'Lunch', 'Kick-off', 'Site visit'])} ${contact.organisation.name}`,
        external_id: `E-${index}`,
        starts_at: isoTime(startsAt),
        ends_at: isoTime(startsAt + random.pick([30, 45, 60, 90, 120]) * 60_000),
        attendees: [address(owner), contact.email].filter(Boolean).join(';'),
        owner,
        ...related,
        created_at: isoTime(Math.min(nowMs - 900_000, startsAt - random.int(1, 20) * dayMs)),
      }
    }),
    notes: rowsOf('note', 34, (random, subject, index) => ({
      body: `${subject.contact.first} ${random.pick(['asked for a discount', 'is unhappy with the support', 'wants a trial of the backup', 'needs board approval first', 'mentioned that the budget is frozen', 'will recommend us', 'is moving offices in the autumn'])}.`,
      external_id: `N-${index}`,
      title: random.chance(0.3) ? '' : random.pick(['Phone call', 'Visit', 'Complaint', 'Pricing']),
      author: subject.owner,
      ...subject.related,
      created_at: isoTime(createdIn(random, subject)),
    })),
    emails: rowsOf('email', 46, (random, subject, index) => {
      const { contact, owner, related } = subject
      const isInbound = random.chance(0.5)
      const person = contact.email || `office@${contact.organisation.domain}`
      const about = isInbound
        ? random.pick(['Question about the quote', 'Laptop broken', 'Invoice query', 'When will it ship?'])
        : random.pick(['Your proposal', 'Renewal notice', 'Thanks for your time'])
      return {
        from: isInbound ? person : address(owner),
        to: isInbound ? address(owner) : person,
        subject: about,
        body: `Hello,\n${about.toLowerCase()}: details below.\n${isInbound ? contact.first : owner}`,
        sent_at: isoTime(createdIn(random, subject)),
        direction: isInbound ? 'inbound' : 'outbound',
        external_id: `M-${index}`,
        ...related,
      }
    }),
  }
}
