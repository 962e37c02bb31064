import { addressParser } from 'postal-mime'
import type { RecordValues } from '#backend/modules/crm/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { activityEntities } from './mapped-entities.ts'
import type { Lookup, MirroredEntity, MirroredLink } from './mapping.types.ts'
import { readFlag, readId, readInstant, readRows, readShortText, readText } from './remote-values.ts'
import { linksOf, subjectsOf } from './row-links.ts'

/** Adds what follows from several fields of a row, or from its links. @returns the links that no column says */
export function derivedValues(entity: MirroredEntity, row: InsightlyRow, values: RecordValues, lookup: Lookup): MirroredLink[] {
  if (activityEntities.includes(entity)) {
    if (entity === 'tasks') values.completed_at = isCompleted(row, values) ? readInstant(row.COMPLETED_DATE_UTC) : null
    if (entity === 'events') values.attendees = attendeesOf(row, lookup)
    if (entity === 'emails') addMail(row, values)
    return relate(entity, row, values, lookup)
  }
  if (entity === 'products') {
    values.sku ??= skuOf(values.external_id)
    return []
  }
  if (entity === 'quote_lines') {
    const entry = readId(row.PRICEBOOK_ENTRY_ID)
    values.product_id = entry === undefined ? null : (lookup.productOf?.(entry) ?? null)
    return []
  }
  if (entity === 'quotes') {
    // Search finds a quote by whom it is for.
    values.organisation = labelOf('organisations', row.ORGANISATION_ID, lookup)
    values.contact = labelOf('contacts', row.CONTACT_ID, lookup)
    return []
  }
  if (entity === 'organisations') values.domain = domainOf(row)
  const links = linksOf(entity, row)
  if (entity !== 'contacts' && entity !== 'opportunities') return links
  const organisation = readId(row.ORGANISATION_ID)
  values.organisation = labelOf('organisations', organisation, lookup)
  const others = links.filter((link) => link.entity !== 'organisations' || link.insightlyId !== organisation)
  return entity === 'opportunities' ? withoutContact(values, others, lookup) : others
}

function labelOf(entity: EntityName, remote: unknown, lookup: Lookup): string | null {
  const id = readId(remote)
  return id === undefined ? null : (lookup.label(entity, id) ?? null)
}

/** What a product without a number of its own is known by here. */
export function skuOf(externalId: unknown): string {
  return `insightly-${String(externalId)}`
}

/** The record's first contact is its column. */
function withoutContact(values: RecordValues, links: MirroredLink[], lookup: Lookup): MirroredLink[] {
  const contacts = links.filter(({ entity }) => entity === 'contacts')
  const contact = chosenOf('opportunities', values, contacts, lookup)
  values.contact_id = contact === undefined ? null : (lookup.record('contacts', contact.insightlyId) ?? null)
  values.contact = contact === undefined ? null : (lookup.label('contacts', contact.insightlyId) ?? null)
  return links.filter((link) => link !== contact)
}

/** What it is about is its column. */
function relate(entity: MirroredEntity, row: InsightlyRow, values: RecordValues, lookup: Lookup): MirroredLink[] {
  const subjects = subjectsOf(entity, row)
  const subject = chosenOf(entity, values, subjects, lookup)
  values.related_type = subject === undefined ? null : entities[subject.entity].singular
  values.related_id = subject === undefined ? null : (lookup.record(subject.entity, subject.insightlyId) ?? null)
  return subjects.filter((link) => link !== subject)
}

/** The one that is named here already as long as it is among them; else the first that is here. */
function chosenOf(entity: MirroredEntity, values: RecordValues, links: readonly MirroredLink[], lookup: Lookup): MirroredLink | undefined {
  if (links.length > 1 && lookup.chosen !== undefined) {
    const chosen = lookup.chosen(entity, Number(values.external_id))
    const kept = links.find((link) => link.entity === chosen?.entity && link.insightlyId === chosen.insightlyId)
    if (kept !== undefined && lookup.record(kept.entity, kept.insightlyId) !== undefined) return kept
  }
  return links.find((link) => lookup.record(link.entity, link.insightlyId) !== undefined)
}

function isCompleted(row: InsightlyRow, { status }: RecordValues): boolean {
  return readFlag(row.COMPLETED) ?? status === 'Completed'
}

/** Undefined where Insightly names nobody, which says nothing of whom we know to come. */
function attendeesOf(row: InsightlyRow, lookup: Lookup): string[] | undefined {
  const labels = linksOf('events', row).flatMap((link) => (link.entity === 'contacts' ? (lookup.label('contacts', link.insightlyId) ?? []) : []))
  return labels.length === 0 ? undefined : [...new Set(labels)]
}

const longestDomain = 255

/** The first of its e-mail domains, else its website's host. */
function domainOf(row: InsightlyRow): string | null {
  for (const { EMAIL_DOMAIN: name } of readRows(row.EMAILDOMAINS) ?? []) {
    const domain = readShortText(name, longestDomain)
    if (domain !== null) return domain
  }
  return hostOf(readText(row.WEBSITE))
}

/** The host of a website's address, with or without its scheme, without `www.`; null when it has none. */
export function hostOf(website: string | null): string | null {
  if (website === null || website.length > 2000 || /\s/.test(website)) return null
  const host = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(website) ? website : `http://${website}`)?.hostname.replace(/^www\./, '') ?? ''
  return /^[^.]+(\.[^.]+)+$/.test(host) && host.length <= longestDomain ? host : null
}

const longestAddressLine = 20_000
const longestAddress = 500
const mostAddresses = 200

function addMail(row: InsightlyRow, values: RecordValues): void {
  values.from = addressesIn(row.EMAIL_FROM)[0] ?? ''
  values.to = addressesIn(row.EMAIL_TO)
  // Lists leave the text out, which does not mean that there is none.
  values.body = readText(row.BODY) ?? undefined
}

/** The addresses of a line such as `Ann Lee <ann@x.example>; office@x.example`; a name without one stays as it is. */
function addressesIn(line: unknown): string[] {
  const text = readShortText(line, longestAddressLine)
  if (text === null) return []
  const addresses = addressParser(text, { flatten: true }).flatMap(({ address, name }) => readShortText(address || name, longestAddress) ?? [])
  return [...new Set(addresses)].slice(0, mostAddresses)
}
