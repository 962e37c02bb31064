import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import type { CedarContact } from './accounts.ts'
import { owners } from './names.ts'
import type { CedarDeal } from './sales.ts'
import { dayMs, isoTime, nowMs, seed, workingHour } from './timeline.ts'

interface Subject {
  contact: CedarContact
  owner: string
  related: { related_type: string; related_external_id: string }
}

const address = (owner: string) => `${owner.toLowerCase().replace(/[^a-z]+/g, '.')}@cedar.example`

/** Tasks, events, notes and e-mails about people, organisations and deals as rows of the import. */
export function makeActivities(contacts: readonly CedarContact[], deals: readonly CedarDeal[]) {
  const drawSubject = (random: Random): Subject => {
    if (random.chance(0.35)) {
      const deal = random.pick(deals)
      return { contact: deal.contact, owner: deal.owner || random.pick(owners), related: { related_type: 'opportunity', related_external_id: deal.externalId } }
    }
    const contact = random.pick(contacts)
    const owner = contact.owner || random.pick(owners)
    if (random.chance(0.3)) return { contact, owner, related: { related_type: 'organisation', related_external_id: contact.account.externalId } }
    return { contact, owner, related: { related_type: 'contact', related_external_id: contact.externalId } }
  }
  const createdIn = (random: Random, { contact }: Subject) => workingHour(contact.createdAt + (nowMs - contact.createdAt) * random.next() ** 0.6, random)
  const rowsOf = (stream: string, count: number, make: (random: Random, subject: Subject, index: number) => Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) => {
      const random = randomFor(seed, stream, index)
      return make(random, drawSubject(random), index)
    })
  return {
    tasks: rowsOf('task', 180, (random, { contact, owner, related }, index) => {
      const createdAt = createdIn(random, { contact, owner, related })
      const dueAt = Math.floor((createdAt + random.int(1, 30) * dayMs) / dayMs) * dayMs + random.int(14, 22) * 3_600_000
      const isDone = dueAt < nowMs ? random.chance(0.78) : random.chance(0.08)
      return {
        title: `${random.pick(['Call', 'Send quote to', 'Prepare demo for', 'Renew licenses of', 'Collect signature from'])} ${random.chance(0.5) ? `${contact.first} ${contact.last}` : contact.account.name}`,
        external_id: `CT-${index}`,
        status: isDone ? 'Completed' : random.pick(['Not started', 'In progress', 'Waiting']),
        priority: random.pick(['Low', 'Normal', 'Normal', 'High']),
        due_at: random.chance(0.05) ? '' : isoTime(dueAt),
        completed_at: isDone ? isoTime(Math.min(nowMs - 900_000, Math.max(createdAt + 3_600_000, dueAt + random.int(-40, 40) * 3_600_000))) : '',
        owner: random.chance(0.06) ? '' : owner,
        ...related,
        created_at: isoTime(createdAt),
      }
    }),
    events: rowsOf('event', 120, (random, { contact, owner, related }, index) => {
      const day = index % 4 === 0 ? nowMs + random.int(0, 45) * dayMs : createdIn(random, { contact, owner, related })
      const startsAt = Math.floor(day / dayMs) * dayMs + random.int(14, 22) * 3_600_000
      return {
        title: `${random.pick(['Quarterly review', 'Kickoff call', 'Lunch', 'Webinar', 'Site visit'])} ${contact.account.name}`,
        external_id: `CE-${index}`,
        starts_at: isoTime(startsAt),
        ends_at: isoTime(startsAt + random.pick([30, 60, 120]) * 60_000),
        attendees: [address(owner), contact.email].filter(Boolean).join(';'),
        owner,
        ...related,
        created_at: isoTime(Math.min(nowMs - 600_000, startsAt - random.int(1, 12) * dayMs)),
      }
    }),
    notes: rowsOf('note', 150, (random, { contact, owner, related }, index) => ({
      body: `${contact.first} ${random.pick(['asked for a volume discount on Rewind', 'is worried about ransomware after the March outage', 'wants the invoice split by campus', 'said the pilot went great', 'complained about slow ticket replies', 'plans to move to a new data center', 'is leaving the company in the fall'])}.`,
      external_id: `CN-${index}`,
      title: random.chance(0.3) ? '' : random.pick(['Call notes', 'Billing', 'Feedback', 'Roadmap']),
      author: owner,
      ...related,
      created_at: isoTime(createdIn(random, { contact, owner, related })),
    })),
    emails: rowsOf('email', 160, (random, { contact, owner, related }, index) => {
      const isInbound = random.chance(0.5)
      const person = contact.email || `info@${contact.account.domain}`
      const subject = isInbound
        ? random.pick(['License key not working', 'Quote request', 'Question about renewal', 'Cancel our subscription'])
        : random.pick(['Your quote', 'Renewal reminder', 'Meeting follow-up'])
      return {
        from: isInbound ? person : address(owner),
        to: isInbound ? address(owner) : person,
        subject,
        body: `Hello,\n${subject}: details below.\n${isInbound ? contact.first : owner}`,
        sent_at: isoTime(createdIn(random, { contact, owner, related })),
        direction: isInbound ? 'inbound' : 'outbound',
        external_id: `CM-${index}`,
        ...related,
      }
    }),
  }
}
