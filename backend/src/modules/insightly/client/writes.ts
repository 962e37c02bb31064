import type { CallOptions, MakeCall } from './calls.ts'
import { type ChildName, type CreatableObject, type DeletableObject, insightlyObjects, type ObjectName, type UpdatableObject } from './objects.ts'
import { toBody } from './parse-body.ts'
import type { InsightlyRecords } from './record-types.ts'
import type { InsightlyEmailDomain, InsightlyLink, InsightlyNote, InsightlyRow } from './records.ts'
import type { CallPurpose } from './refusal.ts'
import { idStep, pathOf } from './request-path.ts'
import { toRow } from './rows.ts'
import type { InsightlyState } from './states.ts'

/** Fields to write: those that are left out stay, null empties one. */
export type Changes<N extends ObjectName> = Partial<InsightlyRecords[N]> & InsightlyRow

export type InsightlyWrites = ReturnType<typeof createWrites>

type Linked = 'contacts' | 'organisations' | 'opportunities' | 'projects' | 'tasks' | 'events' | 'notes' | 'emails'
type Tagged = 'contacts' | 'organisations' | 'opportunities' | 'projects' | 'leads' | 'emails'
type WithNotes = 'contacts' | 'organisations' | 'leads' | 'opportunities' | 'projects'
type WithPipeline = 'opportunities' | 'leads' | 'projects'
type WithDates = 'contacts' | 'organisations'

/**
 * What is changed in Insightly, one call each and in its own form. A failure says in `fate` what became of it; a write whose fate is unknown
 * has not been repeated.
 */
export function createWrites(make: MakeCall) {
  const send = async (method: 'POST' | 'PUT' | 'DELETE', purpose: CallPurpose, path: string, body: unknown, options: CallOptions) => {
    const { value } = await make({ ...options, method, purpose, path, ...(body === undefined ? {} : { body: toBody(body) }) })
    return value
  }
  /** A call below a record, of whose answer nothing is needed. */
  const below = async (
    method: 'POST' | 'PUT' | 'DELETE',
    [name, id, ...rest]: [ObjectName, number, ...string[]],
    part: string,
    body: unknown,
    options: CallOptions,
  ): Promise<unknown> => {
    const object = insightlyObjects[name]
    const operation = method === 'POST' ? 'create' : method === 'PUT' ? 'update' : 'delete'
    return send(method, { operation, object, part }, pathOf([object.path, idStep(id), ...rest]), body, options)
  }

  return {
    async create<N extends CreatableObject>(name: N, fields: Changes<N>, options: CallOptions = {}): Promise<InsightlyRecords[N]> {
      const object = insightlyObjects[name]
      const purpose: CallPurpose = { operation: 'create', object }
      return toRow(await send('POST', purpose, object.path, fields, options), purpose, object.id) as InsightlyRecords[N]
    },
    /** Changes the fields that are named. @returns the record as it is now, or null when Insightly did not send it */
    async update<N extends UpdatableObject>(name: N, id: number, changes: Changes<N>, options: CallOptions = {}): Promise<InsightlyRecords[N] | null> {
      const object = insightlyObjects[name]
      const purpose: CallPurpose = { operation: 'update', object }
      idStep(id)
      const value = await send('PUT', purpose, object.path, { ...changes, [object.id]: id }, options)
      return value === undefined ? null : (toRow(value, purpose, object.id) as InsightlyRecords[N])
    },
    async delete(name: DeletableObject, id: number, options: CallOptions = {}): Promise<void> {
      const object = insightlyObjects[name]
      await send('DELETE', { operation: 'delete', object }, pathOf([object.path, idStep(id)]), undefined, options)
    },
    /** A note belongs to its parent, below which it is made. */
    async createNote(parent: WithNotes, id: number, note: Pick<InsightlyNote, 'TITLE' | 'BODY'>, options: CallOptions = {}): Promise<InsightlyNote> {
      const value = await below('POST', [parent, id, 'Notes'], 'notes', note, options)
      return toRow(value, { operation: 'create', object: insightlyObjects.notes }, 'NOTE_ID') as InsightlyNote
    },
    /** Lines of opportunities and quotes, and prices of products. */
    async createChild(
      name: ObjectName,
      id: number,
      child: Extract<ChildName, `${string}LineItem` | 'PricebookEntry'>,
      fields: InsightlyRow,
      options: CallOptions = {},
    ) {
      const value = await below('POST', [name, id, child], 'lines', fields, options)
      return toRow(value, { operation: 'create', object: insightlyObjects[name], part: 'lines' })
    },
    async updateChild(
      name: ObjectName,
      id: number,
      child: Extract<ChildName, `${string}LineItem` | 'PricebookEntry'>,
      fields: InsightlyRow,
      options: CallOptions = {},
    ) {
      await below('PUT', [name, id, child], 'lines', fields, options)
    },
    async deleteChild(
      name: ObjectName,
      id: number,
      child: Extract<ChildName, `${string}LineItem` | 'PricebookEntry'>,
      childId: number,
      options: CallOptions = {},
    ): Promise<void> {
      await below('DELETE', [name, id, child, idStep(childId)], 'lines', undefined, options)
    },
    async addLink(name: Linked, id: number, link: InsightlyLink, options: CallOptions = {}): Promise<InsightlyLink> {
      const value = await below('POST', [name, id, 'Links'], 'links', link, options)
      return toRow(value, { operation: 'create', object: insightlyObjects[name], part: 'links' })
    },
    async removeLink(name: Linked, id: number, linkId: number, options: CallOptions = {}): Promise<void> {
      await below('DELETE', [name, id, 'Links', idStep(linkId)], 'links', undefined, options)
    },
    async addTag(name: Tagged, id: number, tag: string, options: CallOptions = {}): Promise<void> {
      await below('POST', [name, id, 'Tags'], 'tags', { TAG_NAME: tag }, options)
    },
    /** All tags of a record, in place of those it has. */
    async setTags(name: Tagged, id: number, tags: readonly string[], options: CallOptions = {}): Promise<void> {
      await below(
        'PUT',
        [name, id, 'Tags'],
        'tags',
        tags.map((tag) => ({ TAG_NAME: tag })),
        options,
      )
    },
    async removeTag(name: Tagged, id: number, tag: string, options: CallOptions = {}): Promise<void> {
      await below('DELETE', [name, id, 'Tags'], 'tags', { TAG_NAME: tag }, options)
    },
    async setDates(name: WithDates, id: number, dates: readonly InsightlyRow[], options: CallOptions = {}): Promise<void> {
      await below('PUT', [name, id, 'Dates'], 'dates', dates, options)
    },
    async setEmailDomains(id: number, domains: readonly InsightlyEmailDomain[], options: CallOptions = {}): Promise<void> {
      await below('PUT', ['organisations', id, 'EmailDomains'], 'e-mail domains', domains, options)
    },
    /** Won, lost and the other states have a call of their own. */
    async setState(id: number, { state, reasonId }: { state: InsightlyState; reasonId?: number | undefined }, options: CallOptions = {}): Promise<void> {
      const body = { FOR_OPPORTUNITY_STATE: state, ...(reasonId === undefined ? {} : { STATE_REASON_ID: reasonId }) }
      await below('PUT', ['opportunities', id, 'StateChange'], 'state', body, options)
    },
    /** Puts a record into a pipeline, at one of its stages. */
    async setPipeline(
      name: WithPipeline,
      id: number,
      { pipelineId, stageId }: { pipelineId: number; stageId: number },
      options: CallOptions = {},
    ): Promise<void> {
      const body = { PIPELINE_ID: pipelineId, PIPELINE_STAGE_CHANGE: { STAGE_ID: stageId } }
      await below('PUT', [name, id, 'Pipeline'], 'pipeline', body, options)
    },
    /** Moves a record to another stage of the pipeline it is in. */
    async setPipelineStage(name: WithPipeline, id: number, stageId: number, options: CallOptions = {}): Promise<void> {
      await below('PUT', [name, id, 'PipelineStage'], 'stage', { STAGE_ID: stageId }, options)
    },
    async leavePipeline(name: WithPipeline, id: number, options: CallOptions = {}): Promise<void> {
      await below('DELETE', [name, id, 'Pipeline'], 'pipeline', undefined, options)
    },
    async setPricebook(id: number, pricebookId: number, options: CallOptions = {}): Promise<void> {
      await below('PUT', ['opportunities', id, 'Pricebook'], 'price book', { PRICEBOOK_ID: pricebookId }, options)
    },
  }
}
