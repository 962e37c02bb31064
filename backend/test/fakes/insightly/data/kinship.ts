import { randomFor } from '../../../../seeds/demo/random.ts'
import type { Link, LinkSource } from '../store/link-store.ts'
import { type Congruence, createCongruence } from './congruence.ts'
import { type GeneratedName, idAt, indexOf, type World } from './world.ts'

export type ActivityName = 'Tasks' | 'Events' | 'Notes' | 'Emails'
type ParentName = 'Contacts' | 'Organisations' | 'Leads' | 'Opportunities' | 'Projects'

export interface Parent {
  name: ParentName
  index: number
}

/** Who belongs to whom among the records that exist from the start. */
export interface Kinship extends LinkSource {
  organisationOf(name: 'Contacts' | 'Opportunities', index: number): number | undefined
  contactOf(opportunity: number): number | undefined
  parentOf(activity: ActivityName, index: number): Parent | undefined
}

/** An activity's place in a round of ten decides what it is about; the last is about nothing. */
const round: readonly (ParentName | undefined)[] = [
  'Contacts',
  'Opportunities',
  'Contacts',
  'Organisations',
  'Leads',
  'Contacts',
  'Opportunities',
  'Organisations',
  'Projects',
  undefined,
]
const singulars: Record<ParentName | ActivityName, string> = {
  Contacts: 'Contact',
  Organisations: 'Organisation',
  Leads: 'Lead',
  Opportunities: 'Opportunity',
  Projects: 'Project',
  Tasks: 'Task',
  Events: 'Event',
  Notes: 'Note',
  Emails: 'Email',
}
const names = new Map(Object.entries(singulars).map(([name, singular]) => [singular, name as ParentName | ActivityName]))
const activities: readonly ActivityName[] = ['Tasks', 'Events', 'Notes', 'Emails']
const firstLinks = { contactOrganisation: 100_000_000, opportunityOrganisation: 200_000_000, opportunityContact: 300_000_000 }
const firstActivityLinks: Record<ActivityName, number> = { Tasks: 400_000_000, Events: 500_000_000, Notes: 600_000_000, Emails: 700_000_000 }
const roles = ['Decision maker', 'Influencer', 'Champion', 'End user', null]

export function createKinship(world: World): Kinship {
  const { counts, seed } = world
  const employers = createCongruence(counts.Contacts, counts.Organisations, 11)
  const customers = createCongruence(counts.Opportunities, counts.Organisations, 29)
  const chance = (stream: string, index: number, probability: number) => randomFor(seed, stream, index).chance(probability)
  const isEmployed = (contact: number) => chance('employed', contact, 0.92)
  const hasCustomer = (opportunity: number) => chance('customer', opportunity, 0.96)
  const subjects = new Map(activities.map((activity) => [activity, subjectsOf(world, activity)]))

  const organisationOf = (name: 'Contacts' | 'Opportunities', index: number) =>
    name === 'Contacts' ? (isEmployed(index) ? employers.parentOf(index) : undefined) : hasCustomer(index) ? customers.parentOf(index) : undefined

  function contactOf(opportunity: number): number | undefined {
    const organisation = organisationOf('Opportunities', opportunity)
    if (organisation === undefined) return undefined
    const people = employers.childrenOf(organisation).filter(isEmployed)
    return people[opportunity % Math.max(1, people.length)]
  }

  function parentOf(activity: ActivityName, index: number): Parent | undefined {
    const place = index % round.length
    const name = round[place]
    if (name === undefined) return undefined
    const subject = subjects.get(activity)?.get(name)
    const parent = subject?.congruence.parentOf(Math.floor(index / round.length) * subject.places.length + subject.places.indexOf(place))
    return parent === undefined ? undefined : { name, index: parent }
  }

  function link(id: number, from: readonly [GeneratedName, number], to: readonly [GeneratedName, number], role: string | null): Link {
    return {
      LINK_ID: id,
      OBJECT_NAME: singulars[from[0] as ParentName],
      OBJECT_ID: idAt(...from),
      LINK_OBJECT_NAME: singulars[to[0] as ParentName],
      LINK_OBJECT_ID: idAt(...to),
      ROLE: role,
      DETAILS: null,
      RELATIONSHIP_ID: null,
    }
  }
  const roleOf = (index: number) => roles[index % roles.length] ?? null
  const employment = (contact: number, organisation: number) =>
    link(firstLinks.contactOrganisation + contact, ['Contacts', contact], ['Organisations', organisation], null)
  const custom = (opportunity: number, organisation: number) =>
    link(firstLinks.opportunityOrganisation + opportunity, ['Opportunities', opportunity], ['Organisations', organisation], null)
  const involvement = (opportunity: number, contact: number) =>
    link(firstLinks.opportunityContact + opportunity, ['Opportunities', opportunity], ['Contacts', contact], roleOf(opportunity))

  function* contactLinks(contact: number): Generator<Link> {
    const organisation = organisationOf('Contacts', contact)
    if (organisation === undefined) return
    yield employment(contact, organisation)
    for (const opportunity of customers.childrenOf(organisation)) if (contactOf(opportunity) === contact) yield involvement(opportunity, contact)
  }

  function* organisationLinks(organisation: number): Generator<Link> {
    for (const contact of employers.childrenOf(organisation)) if (isEmployed(contact)) yield employment(contact, organisation)
    for (const opportunity of customers.childrenOf(organisation)) if (hasCustomer(opportunity)) yield custom(opportunity, organisation)
  }

  function* opportunityLinks(opportunity: number): Generator<Link> {
    const organisation = organisationOf('Opportunities', opportunity)
    if (organisation !== undefined) yield custom(opportunity, organisation)
    const contact = contactOf(opportunity)
    if (contact !== undefined) yield involvement(opportunity, contact)
  }

  /** What has been noted, planned and mailed about one record. */
  function* activityLinks(name: ParentName, index: number): Generator<Link> {
    for (const activity of activities) {
      const subject = subjects.get(activity)?.get(name)
      for (const child of subject?.congruence.childrenOf(index) ?? []) {
        const place = subject?.places[child % subject.places.length]
        const position = Math.floor(child / (subject?.places.length ?? 1)) * round.length + (place ?? 0)
        if (position < counts[activity]) yield link(firstActivityLinks[activity] + position, [activity, position], [name, index], null)
      }
    }
  }

  return {
    organisationOf,
    contactOf,
    parentOf,
    linksOf(objectName, id) {
      const name = names.get(objectName)
      const index = name === undefined ? undefined : indexOf(world, name, id)
      if (name === undefined || index === undefined) return []
      if (name === 'Contacts') return [...contactLinks(index)]
      if (name === 'Organisations') return [...organisationLinks(index)]
      if (name === 'Opportunities') return [...opportunityLinks(index)]
      if (name === 'Leads' || name === 'Projects') return []
      const parent = parentOf(name, index)
      return parent === undefined ? [] : [link(firstActivityLinks[name] + index, [name, index], [parent.name, parent.index], null)]
    },
    activitiesOf(objectName, id) {
      const name = names.get(objectName)
      const index = name === undefined ? undefined : indexOf(world, name, id)
      return name === undefined || index === undefined || isActivity(name) ? [] : [...activityLinks(name, index)]
    },
  }
}

function isActivity(name: string): name is ActivityName {
  return (activities as readonly string[]).includes(name)
}

interface Subject {
  places: readonly number[]
  congruence: Congruence
}

function subjectsOf(world: World, activity: ActivityName): Map<ParentName, Subject> {
  const rounds = Math.ceil(world.counts[activity] / round.length)
  const subjects = new Map<ParentName, Subject>()
  for (const name of round) {
    if (name === undefined || subjects.has(name)) continue
    const places = round.flatMap((other, place) => (other === name ? [place] : []))
    subjects.set(name, { places, congruence: createCongruence(rounds * places.length, world.counts[name], activity.length) })
  }
  return subjects
}
