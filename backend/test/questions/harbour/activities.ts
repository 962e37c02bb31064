import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import type { HarbourDeal } from './deals.ts'
import { owners } from './names.ts'
import type { HarbourContact } from './people.ts'
import { dayMs, isoTime, nowMs, officeHour, seed } from './timeline.ts'

interface Subject {
  contact: HarbourContact
  owner: string
  related: { related_type: string; related_external_id: string }
}

function drawSubject(random: Random, contacts: readonly HarbourContact[], deals: readonly HarbourDeal[]): Subject {
  if (random.chance(0.4)) {
    const deal = random.pick(deals)
    return { contact: deal.contact, owner: deal.owner || random.pick(owners), related: { related_type: 'opportunity', related_external_id: deal.externalId } }
  }
  const contact = random.pick(contacts)
  const owner = contact.owner || random.pick(owners)
  if (random.chance(0.25)) return { contact, owner, related: { related_type: 'organisation', related_external_id: contact.organisation.externalId } }
  return { contact, owner, related: { related_type: 'contact', related_external_id: contact.externalId } }
}

const createdIn = (random: Random, { contact }: Subject) => officeHour(contact.createdAt + (nowMs - contact.createdAt) * random.next() ** 0.6, random)
const address = (owner: string) => `${owner.toLowerCase().replace(/[^a-z]+/g, '.')}@harbour-works.example`

/** Tasks, events, notes and e-mails about people, deals and organisations as rows of the import. */
export function makeActivities(contacts: readonly HarbourContact[], deals: readonly HarbourDeal[]) {
  const rowsOf = (stream: string, count: number, make: (random: Random, subject: Subject, index: number) => Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) => {
      const random = randomFor(seed, stream, index)
      return make(random, drawSubject(random, contacts, deals), index)
    })
  return {
    tasks: rowsOf('task', 250, (random, subject, index) => {
      const createdAt = createdIn(random, subject)
      const dueAt = Math.floor((createdAt + random.int(1, 40) * dayMs) / dayMs) * dayMs + random.int(8, 17) * 3_600_000
      const isDone = dueAt < nowMs ? random.chance(0.82) : random.chance(0.1)
      return {
        title: `${random.pick(['Ring', 'Send offer to', 'Arrange crane inspection with', 'Check rope order for', 'Clarify gate pass with', 'Chase payment of'])} ${random.chance(0.5) ? `${subject.contact.first} ${subject.contact.last}` : subject.contact.organisation.name}`,
        external_id: `HT-${index}`,
        status: isDone ? 'Done' : random.pick(['To do', 'To do', 'Doing', 'Blocked']),
        priority: random.pick(['Low', 'Medium', 'Medium', 'High']),
        due_at: random.chance(0.05) ? '' : isoTime(dueAt),
        completed_at: isDone ? isoTime(Math.min(nowMs - 600_000, Math.max(createdAt + 3_600_000, dueAt + random.int(-50, 40) * 3_600_000))) : '',
        owner: random.chance(0.04) ? '' : subject.owner,
        ...subject.related,
        created_at: isoTime(createdAt),
      }
    }),
    events: rowsOf('event', 150, (random, subject, index) => {
      const day = index % 5 === 0 ? nowMs + random.int(1, 60) * dayMs : createdIn(random, subject)
      const startsAt = Math.floor(day / dayMs) * dayMs + random.int(7, 17) * 3_600_000
      return {
        title: `${random.pick(['Crane inspection', 'Yard visit', 'Offer presentation', 'Video call', 'Safety briefing'])} ${subject.contact.organisation.name}`,
        external_id: `HE-${index}`,
        starts_at: isoTime(startsAt),
        ends_at: isoTime(startsAt + random.pick([30, 60, 90, 180]) * 60_000),
        attendees: [address(subject.owner), subject.contact.email].filter(Boolean).join(';'),
        owner: subject.owner,
        ...subject.related,
        created_at: isoTime(Math.min(nowMs - 600_000, startsAt - random.int(1, 15) * dayMs)),
      }
    }),
    notes: rowsOf('note', 200, (random, subject, index) => ({
      body: `${subject.contact.first}: ${random.pick(['rope certificates missing for the last delivery', 'wants a frame contract for two years', 'crane 4 stands still, asked for an emergency call-out', 'complained about the scaffolding costs', 'unhappy with the invoice, credit note promised', 'very pleased with the winch, may give a reference', 'insolvency rumours, ask for prepayment', 'new quay opens in spring, needs fenders and floodlights'])}.`,
      external_id: `HN-${index}`,
      title: random.chance(0.2) ? '' : random.pick(['Phone call', 'Yard visit', 'Complaint', 'Finance', 'Project']),
      author: subject.owner,
      ...subject.related,
      created_at: isoTime(createdIn(random, subject)),
    })),
    emails: rowsOf('email', 200, (random, subject, index) => {
      const isInbound = random.chance(0.5)
      const person = subject.contact.email || `office@${subject.contact.organisation.domain}`
      const [heading, body] = random.pick<readonly [string, string]>(
        isInbound
          ? [
              ['Offer needed', 'Please quote two winches and a cable reel.'],
              ['Certificate missing', 'The rope came without its certificate.'],
              ['Wrong invoice', 'The invoice shows the wrong quantity.'],
              ['Crane standing still', 'Crane 2 does not lift. Please send somebody today.'],
            ]
          : [
              ['Our offer', 'Please find our offer attached.'],
              ['Inspection date', 'We propose Tuesday for the inspection.'],
              ['Payment reminder', 'Our invoice is overdue.'],
            ],
      )
      return {
        from: isInbound ? person : address(subject.owner),
        to: isInbound ? address(subject.owner) : person,
        subject: heading,
        body: `${body}\n\n${isInbound ? subject.contact.first : subject.owner}`,
        sent_at: isoTime(createdIn(random, subject)),
        direction: isInbound ? 'inbound' : 'outbound',
        external_id: `HM-${index}`,
        ...subject.related,
      }
    }),
  }
}
