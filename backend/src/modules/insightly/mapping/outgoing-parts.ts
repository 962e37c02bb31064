import { Decimal } from 'decimal.js'
import { type EntityName, entityBySingular } from '#contracts/entities.ts'
import { labelOf } from './custom-fields.ts'
import { hostOf, skuOf } from './derived-values.ts'
import type { ListKind, MirroredEntity } from './mapping.types.ts'
import { isEmpty, numberOf, type Outgoing, withoutMatch } from './outgoing.ts'
import { clip, readNumber, readRows, readText } from './remote-values.ts'
import { opportunityState } from './words.ts'
import { withinLimit, writeAmount } from './write-value.ts'

/** What a record of this kind needs besides its plain fields. */
export const outgoingParts: Partial<Record<MirroredEntity, (outgoing: Outgoing) => void>> = {
  organisations: writeDomain,
  leads(outgoing) {
    writeDefault(outgoing, 'LEAD_STATUS_ID', 'leadStatuses')
    writeDefault(outgoing, 'LEAD_SOURCE_ID', 'leadSources')
  },
  opportunities(outgoing) {
    writeState(outgoing)
    writeBid(outgoing)
    writePipeline(outgoing)
    writeContact(outgoing)
  },
  products({ isNew, values, row, write: { fields } }) {
    if (isNew) fields.ACTIVE ??= true
    const isStandIn = /^insightly-\d+$/.test(String(fields.PRODUCT_SKU)) || fields.PRODUCT_SKU === skuOf(values.external_id)
    // A product without a number of its own is known here by its code.
    const isCode = row !== undefined && isEmpty(row.PRODUCT_SKU) && fields.PRODUCT_SKU === readText(row.PRODUCT_CODE)
    if (isStandIn || isCode) delete fields.PRODUCT_SKU
  },
  tasks(outgoing) {
    const { fields } = outgoing.write
    if (outgoing.isNew && fields.STATUS === undefined && !isEmpty(outgoing.values.completed_at)) fields.STATUS = 'Completed'
    if (fields.STATUS !== undefined || outgoing.isNew) fields.COMPLETED = fields.STATUS === 'Completed'
    if (outgoing.isNew) fields.OWNER_USER_ID = fields.RESPONSIBLE_USER_ID ?? outgoing.lookup.ownUserId()
    writeRelated(outgoing)
  },
  events(outgoing) {
    const { fields } = outgoing.write
    // Without an end it ends when it begins.
    if (fields.START_DATE_UTC !== undefined && isEmpty(outgoing.values.ends_at) && (outgoing.isNew || 'ends_at' in outgoing.values))
      fields.END_DATE_UTC ??= fields.START_DATE_UTC
    writeRelated(outgoing)
  },
  notes(outgoing) {
    if (outgoing.isNew) outgoing.write.fields.TITLE ??= titleOf(outgoing.values.body)
    writeRelated(outgoing)
  },
}

function writeDefault({ isNew, lookup, write: { fields } }: Outgoing, field: string, list: ListKind): void {
  if (!isNew || fields[field] !== undefined) return
  const id = lookup.defaultListId(list)
  if (id !== undefined) fields[field] = id
}

/** The domain that a website already tells is not sent: it would be one more there. */
function writeDomain({ isNew, values, row, write }: Outgoing): void {
  const { domain } = values
  if (domain === undefined || (isNew && isEmpty(domain))) return
  const custom = (values.custom ?? {}) as Readonly<Record<string, unknown>>
  const website = custom.website === undefined ? readText(row?.WEBSITE) : readText(custom.website)
  const hasDomains = isNew ? false : row === undefined || (readRows(row.EMAILDOMAINS) ?? []).length > 0
  if (!hasDomains && domain === hostOf(website)) return
  write.emailDomain = isEmpty(domain) ? null : withinLimit('domain', labelOf('organisations', 'domain'), String(domain), 255)
}

/** A new one begins as open: every other state is a change of its own there. */
function writeState({ isNew, values: { state }, write }: Outgoing): void {
  if (isNew) write.fields.OPPORTUNITY_STATE = 'Open'
  const written = isEmpty(state) ? undefined : opportunityState.write(String(state))
  if (written === undefined || (isNew && written === 'Open')) return
  write.state = written as NonNullable<typeof write.state>
}

/** A bid by the month or the like is worth its amount times its duration: the amount is what gives the value. */
function writeBid({ isNew, values, row, write: { fields } }: Outgoing): void {
  if (values.value === undefined || (isNew && isEmpty(values.value))) return
  if (isEmpty(values.value)) {
    fields.BID_AMOUNT = null
    return
  }
  const value = writeAmount('value', labelOf('opportunities', 'value'), values.value)
  const custom = (values.custom ?? {}) as Readonly<Record<string, unknown>>
  const type = custom.bid_type === undefined ? readText(row?.BID_TYPE) : custom.bid_type
  const duration = custom.bid_duration === undefined ? readNumber(row?.BID_DURATION) : readNumber(custom.bid_duration)
  const isFixed = isEmpty(type) || String(type).toLowerCase() === 'fixed bid'
  const amount = isFixed || duration === null ? new Decimal(value) : new Decimal(value).div(duration)
  const isExact = amount.isFinite() && amount.decimalPlaces() <= Math.max(2, new Decimal(value).decimalPlaces())
  fields.BID_AMOUNT = isExact ? (isFixed || duration === null ? value : amount.toFixed()) : value
  if (isFixed || !isExact) fields.BID_TYPE = 'Fixed Bid'
}

function writePipeline(outgoing: Outgoing): void {
  const { isNew, values, write } = outgoing
  const { pipeline_id: pipeline, stage_id: stage } = values
  if ((pipeline === undefined && stage === undefined) || (isNew && isEmpty(pipeline) && isEmpty(stage))) return
  const pipelineId = isEmpty(pipeline) ? null : numberOf(outgoing, 'pipeline_id', 'pipelines', String(pipeline))
  const stageId = isEmpty(stage) ? null : numberOf(outgoing, 'stage_id', 'stages', String(stage))
  if (pipelineId !== undefined && stageId !== undefined) write.pipeline = { pipelineId, stageId }
}

function writeContact(outgoing: Outgoing): void {
  const { isNew, values, write } = outgoing
  if (values.contact_id === undefined || (isNew && isEmpty(values.contact_id))) return
  if (isEmpty(values.contact_id)) {
    write.contact = null
    return
  }
  const id = numberOf(outgoing, 'contact_id', 'contacts', String(values.contact_id))
  if (id !== undefined) write.contact = id
}

const subjects: readonly EntityName[] = ['opportunities', 'leads', 'contacts', 'organisations']

/** What it is about is a link there; a task names an opportunity besides. */
function writeRelated(outgoing: Outgoing): void {
  const { entity, isNew, values, lookup, write } = outgoing
  const { related_type: type, related_id: id } = values
  if (id === undefined || (isNew && isEmpty(id))) return
  if (isEmpty(id)) {
    write.related = null
    if (entity === 'tasks') write.fields.OPPORTUNITY_ID = null
    return
  }
  const recordId = String(id)
  const target = typeof type === 'string' ? entityBySingular(type)?.name : subjects.find((one) => lookup.insightlyId(one, recordId) !== undefined)
  if (target === undefined || !subjects.includes(target)) {
    withoutMatch(
      outgoing,
      'related_id',
      'In Insightly it can be about a contact, an organisation, a lead or an opportunity, and about nothing else. Choose one.',
    )
    return
  }
  const insightlyId = numberOf(outgoing, 'related_id', target, recordId)
  if (insightlyId === undefined) return
  write.related = { entity: target, insightlyId }
  if (entity !== 'tasks') return
  if (target === 'opportunities') write.fields.OPPORTUNITY_ID = insightlyId
  else if (!isNew) write.fields.OPPORTUNITY_ID = null
}

const longestTitle = 60

/** Insightly names every note: by the first line of its text where nobody did. */
function titleOf(body: unknown): string {
  const lines = String(body ?? '')
    .replace(/<[^>]*>/g, '\n')
    .split('\n')
  return clip(lines.map((line) => line.trim()).find((line) => line !== '') ?? 'Note', longestTitle)
}
