/** How many records of each kind there are, and from which chance. */
export interface World {
  seed: number
  counts: Readonly<Record<GeneratedName, number>>
}

export type GeneratedName =
  | 'Contacts'
  | 'Organisations'
  | 'Leads'
  | 'Opportunities'
  | 'Projects'
  | 'Milestones'
  | 'Tasks'
  | 'Events'
  | 'Notes'
  | 'Emails'
  | 'Quotation'
  | 'QuotationLineItem'
  | 'OpportunityLineItem'

/** The years the records were made in: fixed, so that the data depends on no clock. */
export const firstInstant = Date.UTC(2021, 0, 4)
export const lastInstant = Date.UTC(2026, 5, 30)
export const dayMs = 86_400_000

/** The proportions of a team of salespeople: a company has five people and two and a half deals. */
export function createWorld(seed: number, contacts: number): World {
  const share = (part: number) => Math.round(contacts * part)
  const opportunities = share(0.5)
  const quotations = Math.floor(opportunities / 10)
  const projects = share(0.02)
  return {
    seed,
    counts: {
      Contacts: contacts,
      Organisations: share(0.2),
      Leads: share(0.2),
      Opportunities: opportunities,
      Projects: projects,
      Milestones: projects * 2,
      Tasks: share(0.3),
      Events: share(0.2),
      Notes: share(0.5),
      Emails: share(0.3),
      Quotation: quotations,
      QuotationLineItem: quotations * 2,
      OpportunityLineItem: quotations * 2,
    },
  }
}

const firstIds: Record<GeneratedName, number> = {
  Contacts: 310_000_000,
  Organisations: 140_000_000,
  Leads: 60_000_000,
  Opportunities: 35_000_000,
  Projects: 8_000_000,
  Milestones: 9_000_000,
  Tasks: 84_000_000,
  Events: 25_000_000,
  Notes: 470_000_000,
  Emails: 620_000_000,
  Quotation: 400_000,
  QuotationLineItem: 1_400_000,
  OpportunityLineItem: 2_900_000,
}

const step = 7

/** Ascending with gaps, as in a system where others write too. */
export function idAt(name: GeneratedName, index: number): number {
  return firstIds[name] + index * step + ((Math.imul(index, 0x9e3779b1) >>> 16) % step)
}

export function indexOf(world: World, name: GeneratedName, id: number): number | undefined {
  const index = Math.floor((id - firstIds[name]) / step)
  return Number.isInteger(id) && index >= 0 && index < world.counts[name] && idAt(name, index) === id ? index : undefined
}

/** The first id that a record made later gets. */
export function firstNewId(world: World, name: GeneratedName): number {
  return firstIds[name] + world.counts[name] * step
}
