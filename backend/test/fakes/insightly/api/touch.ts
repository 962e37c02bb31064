import { writeDate } from '../dates.ts'
import type { Change } from '../store/store.ts'
import type { Api, Owner } from './call.ts'
import { getRow } from './records.ts'

/** The change of a record whose children changed; none where that is set not to count. */
export function touch(api: Api, { entity, id }: Owner): Change[] {
  if (!api.settings.childrenTouchParent) return []
  const row = getRow(api, entity, id)
  if (!('DATE_UPDATED_UTC' in row)) return []
  return [{ kind: 'row', entity: entity.name, id, row: { ...row, DATE_UPDATED_UTC: writeDate(api.now()) } }]
}
