import type { EntityName } from '#contracts/entities.ts'
import { normaliseHeading } from './heading-words.ts'

type Words = Readonly<Record<string, string>>

/** Values that other systems and languages write for what a field calls differently, normalised. */
const choices: Partial<Record<EntityName, Readonly<Record<string, Words>>>> = {
  opportunities: {
    state: {
      gewonnen: 'won',
      verloren: 'lost',
      offen: 'open',
      abgebrochen: 'abandoned',
      zuruckgestellt: 'suspended',
      pausiert: 'suspended',
      new: 'open',
      neu: 'open',
      closedwon: 'won',
      closedlost: 'lost',
    },
  },
  leads: { rating: { hot: '5', warm: '3', cold: '1', heiss: '5', kalt: '1' } },
  tasks: { status: { notstarted: 'Not started', inprogress: 'In progress', completed: 'Completed', waiting: 'Waiting', deferred: 'Deferred' } },
  emails: { direction: { eingehend: 'inbound', ausgehend: 'outbound', posteingang: 'inbound', gesendet: 'outbound', true: 'inbound', false: 'outbound' } },
}

/** HubSpot's inner names of the stages every account begins with. */
const innerStages: Words = {
  closedwon: 'Closed won',
  closedlost: 'Closed lost',
  appointmentscheduled: 'Appointment scheduled',
  qualifiedtobuy: 'Qualified to buy',
  presentationscheduled: 'Presentation scheduled',
  decisionmakerboughtin: 'Decision maker bought-in',
  contractsent: 'Contract sent',
}

/** Stages that end a deal, by their words; the column of the state goes before them. */
const endings: readonly [state: string, stage: RegExp][] = [
  ['won', /^(closed)?won$|^gewonnen$|^(geschlossen|abgeschlossen)gewonnen$|^win$/],
  ['lost', /^(closed)?lost$|^verloren$|^(geschlossen|abgeschlossen)verloren$|^loss$/],
  ['abandoned', /^abandoned$|^abgebrochen$/],
]

const related: Words = {
  organization: 'organisation',
  company: 'organisation',
  account: 'organisation',
  deal: 'opportunity',
  person: 'contact',
  firma: 'organisation',
  kontakt: 'contact',
  verkaufschance: 'opportunity',
}

/** Whether a value is one of the words that stand for what the field holds. */
export function isKnownWord(entity: EntityName, column: string, value: string): boolean {
  return choices[entity]?.[column]?.[normaliseHeading(value)] !== undefined
}

/**
 * Turns what another system means into what the fields hold: its words for states, "Jane Doe (jane@x.com)" for a contact, and the
 * day a won or lost deal was to close for the day it did.
 */
export function adaptWords(entity: EntityName, raw: Record<string, string>, columns: ReadonlySet<string>): void {
  const ofEntity = choices[entity]
  for (const column in ofEntity) {
    const value = raw[column]
    if (value !== undefined && !isWritten(column, value)) raw[column] = ofEntity[column]?.[normaliseHeading(value)] ?? value
  }
  if (raw.related_type !== undefined) raw.related_type = related[normaliseHeading(raw.related_type)] ?? raw.related_type.toLowerCase()
  // Several linked records in one cell: the first is the primary one.
  if (raw.related_external_id?.includes(';')) raw.related_external_id = raw.related_external_id.split(';')[0]?.trim() ?? ''
  if (entity === 'opportunities') adaptOpportunity(raw, columns)
}

/** A status in words of several, as people write it, is theirs: "In Progress" stays so, and "IN_PROGRESS" is a code. */
function isWritten(column: string, value: string): boolean {
  return column === 'status' && /\s/.test(value.trim()) && /\p{Ll}/u.test(value)
}

function adaptOpportunity(raw: Record<string, string>, columns: ReadonlySet<string>): void {
  const stage = normaliseHeading(raw.stage ?? '')
  const ending = endings.find(([, pattern]) => pattern.test(stage))?.[0]
  if (ending !== undefined) raw.state ??= ending
  if (raw.stage !== undefined) raw.stage = innerStages[raw.stage] ?? raw.stage
  const contact = raw.contact_email
  if (contact !== undefined && !/^[^\s@;]+@[^\s@;]+$/.test(contact)) {
    const email = /[^\s@;,<>()]+@[^\s@;,<>()]+/.exec(contact)?.[0]
    if (email === undefined) delete raw.contact_email
    else raw.contact_email = email
  }
  const isClosed = raw.state === 'won' || raw.state === 'lost'
  if (isClosed && raw.forecast_close_date !== undefined && !columns.has('actual_close_date')) raw.actual_close_date = raw.forecast_close_date
}
