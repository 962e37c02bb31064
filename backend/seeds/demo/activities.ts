import { type Contact, contactNear } from './contacts.ts'
import { eventTitles, inboundMails, notes, noteTitles, outboundMails, taskTitles } from './names/phrases.ts'
import { catalogue } from './names/products.ts'
import { opportunityAt } from './opportunities.ts'
import { type Random, randomFor } from './random.ts'
import { drawOwner, type TeamMember, team } from './team.ts'
import { between, iso, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const hourMs = 3_600_000

interface Subject {
  contact: Contact
  owner: TeamMember
  relatedType: 'contact' | 'opportunity' | 'organisation'
  relatedExternalId: string
}

/** Whom an activity is about: mostly a contact, often a deal, sometimes a company. */
function drawSubject(world: World, random: Random, index: number, count: number): Subject {
  if (random.chance(0.4)) {
    const deal = opportunityAt(world, Math.floor(((index + random.next()) / count) * world.counts.opportunities))
    return { contact: deal.contact, owner: deal.contact.owner ?? drawOwner(random), relatedType: 'opportunity', relatedExternalId: deal.externalId }
  }
  const contact = contactNear(world, random, index, count)
  const owner = contact.owner ?? drawOwner(random)
  if (contact.organisation !== undefined && random.chance(0.2))
    return { contact, owner, relatedType: 'organisation', relatedExternalId: contact.organisation.externalId }
  return { contact, owner, relatedType: 'contact', relatedExternalId: contact.externalId }
}

function fill(phrase: string, random: Random, { contact, owner }: Subject): string {
  return phrase.replace(/\{(\w+)\}/g, (_, key: string) => {
    switch (key) {
      case 'first':
        return contact.firstName
      case 'company':
        return contact.organisation?.name ?? contact.lastName
      case 'product':
        return random.pick(catalogue).name
      case 'owner':
        return owner.name.split(' ')[0] as string
      case 'number':
        return String(random.int(2, 30))
      case 'amount':
        return `$${random.int(4, 90)},000`
      default:
        return random.pick(months)
    }
  })
}

const related = ({ relatedType, relatedExternalId }: Subject) => ({ related_type: relatedType, related_external_id: relatedExternalId })

export function taskRow(world: World, index: number): Record<string, unknown> {
  const random = randomFor(world.seed, 'task', index)
  const subject = drawSubject(world, random, index, world.counts.tasks)
  const createdAt = officeTime(world, between(random, subject.contact.createdAt, world.now - hourMs), random, subject.contact.createdAt)
  // Work is planned one day to three weeks ahead; some of it for today.
  const today = random.chance(0.03)
  const dueDay = Math.floor((today ? world.now : createdAt + random.int(1, 21) * dayMs) / dayMs) * dayMs
  const dueAt = dueDay + random.int(8, 17) * hourMs
  const isDone = dueAt < world.now ? random.chance(0.86) : random.chance(0.1)
  const completedAt = isDone ? Math.min(world.now - random.int(1, 200) * 60_000, Math.max(createdAt + hourMs, dueAt + random.int(-60, 30) * hourMs)) : undefined
  const dropped = !isDone && random.chance(0.06)
  return {
    external_id: `TSK-${10_000 + index}`,
    title: fill(random.pick(taskTitles), random, subject),
    status: isDone
      ? 'Completed'
      : dropped
        ? 'Deferred'
        : random.weighted([
            ['Not started', 6],
            ['In progress', 3],
            ['Waiting', 1],
          ]),
    priority: random.weighted([
      ['Low', 2],
      ['Normal', 5],
      ['High', 3],
    ]),
    due_at: random.chance(0.04) ? '' : iso(dueAt),
    completed_at: completedAt === undefined ? '' : iso(Math.max(completedAt, createdAt)),
    owner: random.chance(0.03) ? '' : subject.owner.name,
    ...related(subject),
    created_at: iso(createdAt),
  }
}

export function eventRow(world: World, index: number): Record<string, unknown> {
  const random = randomFor(world.seed, 'event', index)
  const subject = drawSubject(world, random, index, world.counts.events)
  // A sixth of the calendar lies ahead, most of it soon.
  const ahead = index % 6 === 0
  const startDay = ahead ? world.now + random.next() ** 2 * 45 * dayMs : between(random, subject.contact.createdAt, world.now)
  const startsAt = Math.floor(startDay / dayMs) * dayMs + random.int(8, 17) * hourMs + random.pick([0, 30]) * 60_000
  const attendees = [subject.owner.email]
  if (subject.contact.email !== undefined) attendees.push(subject.contact.email)
  if (random.chance(0.2)) attendees.push(random.pick(team).email)
  return {
    external_id: `EVT-${10_000 + index}`,
    title: fill(random.pick(eventTitles), random, subject),
    starts_at: iso(startsAt),
    ends_at: iso(startsAt + random.pick([30, 60, 60, 90, 120]) * 60_000),
    attendees: [...new Set(attendees)].join(';'),
    owner: subject.owner.name,
    ...related(subject),
    created_at: iso(Math.min(world.now - 60_000, Math.max(subject.contact.createdAt, startsAt - random.int(1, 20) * dayMs))),
  }
}

export function noteRow(world: World, index: number): Record<string, unknown> {
  const random = randomFor(world.seed, 'note', index)
  const subject = drawSubject(world, random, index, world.counts.notes)
  const second = random.chance(0.3) ? ` ${fill(random.pick(notes), random, subject)}` : ''
  return {
    external_id: `NOT-${10_000 + index}`,
    title: random.chance(0.12) ? '' : random.pick(noteTitles),
    body: fill(random.pick(notes), random, subject) + second,
    author: subject.owner.name,
    ...related(subject),
    created_at: iso(officeTime(world, between(random, subject.contact.createdAt, world.now - hourMs), random, subject.contact.createdAt)),
  }
}

export function emailRow(world: World, index: number): Record<string, unknown> {
  const random = randomFor(world.seed, 'email', index)
  const subject = drawSubject(world, random, index, world.counts.emails)
  const inbound = random.chance(0.45)
  const [heading, body] = random.pick(inbound ? inboundMails : outboundMails)
  const person = subject.contact.email ?? `info@${subject.contact.organisation?.domain ?? 'postbox.example'}`
  return {
    external_id: `EML-${10_000 + index}`,
    from: inbound ? person : subject.owner.email,
    to: inbound ? subject.owner.email : person,
    subject: fill(heading, random, subject),
    body: fill(body, random, subject),
    sent_at: iso(officeTime(world, between(random, subject.contact.createdAt, world.now - hourMs), random, subject.contact.createdAt)),
    direction: inbound ? 'inbound' : 'outbound',
    ...related(subject),
  }
}
