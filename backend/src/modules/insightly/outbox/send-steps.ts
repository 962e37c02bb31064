import type { InsightlyEmailDomain, InsightlyRow } from '../client/records.ts'
import type { MirroredEntity, OutgoingWrite } from '../mapping/index.ts'
import { type DeliveryStep, deliveryStep } from './delivery-steps.ts'
import { markStep } from './outbox.repository.ts'
import type { RowContext } from './row-context.ts'
import { addLinkOnce, canHoldLinks, linksIn, removeLinks } from './send-links.ts'
import type { LinkEnd } from './sent-record.ts'

export interface StepTarget {
  entity: MirroredEntity
  insightlyId: number
  /** The record as it is there; undefined when it was made just now. */
  remote: InsightlyRow | undefined
  isNew: boolean
  /** What it was linked to by the columns that are changed, and is no longer. */
  formerLinks: { contact: LinkEnd | null; related: LinkEnd | null }
}

type Tagged = 'contacts' | 'organisations' | 'opportunities' | 'leads'

/** Makes the calls of a change that come after the record's own, each of which is safe to repeat, and notes each one that was answered. */
export async function sendSteps(context: RowContext, write: OutgoingWrite, target: StepTarget): Promise<void> {
  for (const [step, send] of stepsOf(context, write, target)) {
    if (step <= context.row.stepsDone) continue
    context.throwIfStopped()
    await send()
    await context.transact((tx) => markStep(tx, context.row.id, step))
  }
}

type Send = () => Promise<unknown>

function stepsOf(context: RowContext, write: OutgoingWrite, target: StepTarget): [DeliveryStep, Send][] {
  const { client, call } = context
  const { entity, insightlyId: id, remote, isNew } = target
  const steps: [DeliveryStep, Send][] = []
  const { tags, state, emailDomain } = write
  if (tags !== undefined && (!isNew || tags.length > 0)) steps.push([deliveryStep.tags, () => client.setTags(entity as Tagged, id, tags, call)])
  const place = placeOf(write)
  if (place !== undefined && (!isNew || place !== null)) steps.push([deliveryStep.pipeline, () => setPlace(context, id, place, remote)])
  if (state !== undefined && (!isNew || state !== 'Open')) steps.push([deliveryStep.state, () => client.setState(id, { state }, call)])
  if (emailDomain !== undefined && (!isNew || emailDomain !== null))
    steps.push([deliveryStep.emailDomain, () => client.setEmailDomains(id, domainsOf(emailDomain, remote), call)])
  steps.push(...linkSteps(context, write, target))
  return steps
}

type Place = { pipelineId: number; stageId: number } | null

/** Null leaves the pipeline; a pipeline without a stage has no form there. */
function placeOf({ pipeline }: OutgoingWrite): Place | undefined {
  if (pipeline === undefined) return undefined
  const { pipelineId, stageId } = pipeline
  if (pipelineId === null && stageId === null) return null
  return pipelineId === null || stageId === null ? undefined : { pipelineId, stageId }
}

async function setPlace({ client, call }: RowContext, id: number, place: Place, remote: InsightlyRow | undefined): Promise<void> {
  if (place === null) await client.leavePipeline('opportunities', id, call)
  else if (remote?.PIPELINE_ID === place.pipelineId) await client.setPipelineStage('opportunities', id, place.stageId, call)
  else await client.setPipeline('opportunities', id, place, call)
}

/** The first of an organisation's e-mail domains is ours; the others stay. */
function domainsOf(domain: string | null, remote: InsightlyRow | undefined): InsightlyEmailDomain[] {
  const known = Array.isArray(remote?.EMAILDOMAINS) ? (remote.EMAILDOMAINS as InsightlyEmailDomain[]) : []
  const others = known.slice(1).filter(({ EMAIL_DOMAIN }) => EMAIL_DOMAIN.toLowerCase() !== domain?.toLowerCase())
  return [...(domain === null ? [] : [{ EMAIL_DOMAIN: domain }]), ...others]
}

function linkSteps(context: RowContext, write: OutgoingWrite, { entity, insightlyId: id, remote, isNew, formerLinks }: StepTarget): [DeliveryStep, Send][] {
  if (!canHoldLinks(entity)) return []
  // A record that was made in this very attempt cannot have links yet.
  const known = isNew && context.row.stepsDone === 0 && remote === undefined ? [] : linksIn(remote)
  const steps: [DeliveryStep, Send][] = []
  const move = (end: LinkEnd | null, former: LinkEnd | null) => async () => {
    if (end !== null) await addLinkOnce(context, entity, id, end, null, known)
    if (former !== null && !(end?.entity === former.entity && end.insightlyId === former.insightlyId)) await removeLinks(context, entity, id, former, known)
  }
  if (write.contact !== undefined && (!isNew || write.contact !== null)) {
    const end: LinkEnd | null = write.contact === null ? null : { entity: 'contacts', insightlyId: write.contact }
    steps.push([deliveryStep.contact, move(end, formerLinks.contact)])
  }
  // A note is made below what it belongs to.
  if (write.related !== undefined && !(isNew && (entity === 'notes' || write.related === null)))
    steps.push([deliveryStep.related, move(write.related, formerLinks.related)])
  return steps
}
