import { AppError } from '#backend/kernel/errors.ts'
import type { CallOptions, MakeCall } from './calls.ts'
import { InsightlyError } from './insightly-error.ts'
import { type ChildName, insightlyObjects, type ObjectName, type SearchableObject } from './objects.ts'
import type { InsightlyRecords } from './record-types.ts'
import type { InsightlyRow, InsightlyTag } from './records.ts'
import type { InsightlyFieldDefinition, InsightlyInstance, InsightlyUser } from './reference-records.ts'
import type { CallPurpose } from './refusal.ts'
import { idStep, longestPage, type PageOptions, pageParameters, pathOf } from './request-path.ts'
import { toRow, toRows } from './rows.ts'

export interface InsightlyPage<Row> {
  rows: Row[]
  /** Of all pages, when `countTotal` was asked for and told. */
  total: number | null
  /** Fewer rows than were asked for: nothing comes after. */
  isLast: boolean
  /** When it was answered, by the clock there and in ISO 8601; null when it was not told. */
  answeredAt: string | null
}

export interface SearchOptions extends PageOptions {
  /** ISO 8601. The bound itself is left out, so ask from a second before. */
  updatedAfter?: string | undefined
  /** Exact match of one standard or custom field; no part of a name, no wildcard. */
  field?: { name: string; value: string } | undefined
}

export type InsightlyReads = ReturnType<typeof createReads>

const user = insightlyObjects.users
const fields = { path: 'CustomFields', id: 'FIELD_NAME', one: 'custom field', many: 'custom fields', inEveryPlan: true }
const tags = { path: 'Tags', id: 'TAG_NAME', one: 'tag', many: 'tags', inEveryPlan: true }
const instance = { path: 'Instance', id: 'INSTANCE_NAME', one: 'account', many: 'accounts', inEveryPlan: true }
const permissions = { path: 'Permissions', id: 'OBJECT_NAME', one: 'permission', many: 'permissions', inEveryPlan: true }

/** What is read of Insightly, page by page or one by one. */
export function createReads(make: MakeCall) {
  const readRows = async (purpose: CallPurpose, path: string, page: PageOptions, options: CallOptions, idField?: string) => {
    const { value, totalCount, answeredAt } = await make({ ...options, method: 'GET', purpose, path })
    // No body at all is how some servers say that there are none.
    const rows = toRows(value ?? [], purpose, idField)
    return { rows, total: totalCount ?? null, isLast: rows.length < (page.top ?? longestPage), answeredAt: answeredAt ?? null }
  }
  const readOne = async (purpose: CallPurpose, path: string, options: CallOptions, idField?: string) =>
    toRow((await make({ ...options, method: 'GET', purpose, path })).value, purpose, idField)

  async function get<N extends ObjectName>(name: N, id: number, options: CallOptions = {}): Promise<InsightlyRecords[N]> {
    const object = insightlyObjects[name]
    return (await readOne({ operation: 'get', object }, pathOf([object.path, idStep(id)]), options, object.id)) as InsightlyRecords[N]
  }

  return {
    get,
    /** Like `get`, but undefined when there is no such record. */
    async find<N extends ObjectName>(name: N, id: number, options: CallOptions = {}): Promise<InsightlyRecords[N] | undefined> {
      try {
        return await get(name, id, options)
      } catch (error) {
        if (error instanceof InsightlyError && error.problem === 'missing') return undefined
        throw error
      }
    },
    /** One page of all records of a kind, the oldest first. */
    async list<N extends ObjectName>(name: N, page: PageOptions = {}, options: CallOptions = {}): Promise<InsightlyPage<InsightlyRecords[N]>> {
      const object = insightlyObjects[name]
      const path = pathOf([object.path], pageParameters(page))
      return (await readRows({ operation: 'list', object }, path, page, options, object.id)) as InsightlyPage<InsightlyRecords[N]>
    },
    /** One page of the records that were changed after a time, or have a value. */
    async search<N extends SearchableObject>(name: N, search: SearchOptions, options: CallOptions = {}): Promise<InsightlyPage<InsightlyRecords[N]>> {
      const object = insightlyObjects[name]
      const path = pathOf([object.path, 'Search'], { ...searchParameters(search), ...pageParameters(search) })
      return (await readRows({ operation: 'search', object }, path, search, options, object.id)) as InsightlyPage<InsightlyRecords[N]>
    },
    /** One page of what a record has below it. */
    children<Row extends InsightlyRow = InsightlyRow>(
      name: ObjectName,
      id: number,
      child: ChildName,
      page: PageOptions & { updatedAfter?: string | undefined } = {},
      options: CallOptions = {},
    ): Promise<InsightlyPage<Row>> {
      const object = insightlyObjects[name]
      const path = pathOf([object.path, idStep(id), child], { ...searchParameters({ updatedAfter: page.updatedAfter }), ...pageParameters(page) })
      return readRows({ operation: 'list', object, part: wordsOf(child) }, path, page, options) as Promise<InsightlyPage<Row>>
    },
    /** Definitions of an object's custom fields. */
    async customFields(name: ObjectName, options: CallOptions = {}): Promise<InsightlyFieldDefinition[]> {
      const { path } = insightlyObjects[name]
      const { rows } = await readRows({ operation: 'list', object: fields }, pathOf(['CustomFields', path]), {}, options)
      // For a name it does not know Insightly sends the fields of all objects.
      const singular = path.replace(/ies$/, 'y').replace(/s$/, '').toUpperCase()
      return (rows as InsightlyFieldDefinition[]).filter(
        (row) => typeof row.FIELD_NAME === 'string' && (typeof row.FIELD_FOR !== 'string' || row.FIELD_FOR.toUpperCase() === singular),
      )
    },
    /** Names of the tags that are used for a kind of record. */
    async tags(
      recordType: 'contacts' | 'leads' | 'opportunities' | 'organisations' | 'projects' | 'emails',
      page: PageOptions = {},
      options: CallOptions = {},
    ): Promise<string[]> {
      const { rows } = await readRows(
        { operation: 'list', object: tags },
        pathOf(['Tags'], { record_type: recordType, ...pageParameters(page) }),
        page,
        options,
      )
      return (rows as InsightlyTag[]).flatMap(({ TAG_NAME }) => (typeof TAG_NAME === 'string' ? [TAG_NAME] : []))
    },
    /** Whose the API key is. */
    async me(options: CallOptions = {}): Promise<InsightlyUser> {
      return (await readOne({ operation: 'get', object: user }, 'Users/Me', options, user.id)) as InsightlyUser
    },
    /** What the user of the key may do with each object, as Insightly tells it. */
    async permissions(options: CallOptions = {}): Promise<InsightlyRow[]> {
      const purpose: CallPurpose = { operation: 'list', object: permissions }
      const { value } = await make({ ...options, method: 'GET', purpose, path: 'Permissions' })
      return Array.isArray(value) ? toRows(value, purpose) : [toRow(value, purpose)]
    },
    async instance(options: CallOptions = {}): Promise<InsightlyInstance> {
      const purpose: CallPurpose = { operation: 'get', object: instance }
      const { value } = await make({ ...options, method: 'GET', purpose, path: 'Instance' })
      return toRow(Array.isArray(value) ? value[0] : value, purpose)
    },
  }
}

function searchParameters({ updatedAfter, field }: Pick<SearchOptions, 'updatedAfter' | 'field'>): Record<string, string> {
  return {
    ...(field === undefined ? {} : { field_name: field.name, field_value: field.value }),
    ...(updatedAfter === undefined ? {} : { updated_after_utc: toBound(updatedAfter) }),
  }
}

/** Insightly knows no fractions of a second here; rounding down leaves nothing out. */
function toBound(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new AppError('VALIDATION', 'What changed is asked for after a time in ISO 8601.')
  return `${at.toISOString().slice(0, 19)}Z`
}

/** `StateHistory` as `state history`. */
function wordsOf(child: ChildName): string {
  return child.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}
