import { writeDate } from '../dates.ts'
import { entityNamed } from '../entities.ts'
import type { Api, Owner, Resource } from './call.ts'
import { readObject } from './record-in.ts'
import { getRow, readId } from './records.ts'
import { badRequest } from './refusal.ts'
import { viewRecord } from './view.ts'

/** `/Opportunities/{id}/Pricebook`: the price book whose entries the opportunity's lines come from. */
export function priceBookResource(api: Api, { entity, id }: Owner): Resource {
  return {
    put: ({ body }) => {
      const priceBookId = readId(String(readObject(body).get('PRICEBOOK_ID') ?? ''))
      if (!api.store.collection(entityNamed('Pricebook')).has(priceBookId)) throw badRequest(`The PRICEBOOK_ID ${priceBookId} does not exist.`)
      const row = { ...getRow(api, entity, id), PRICEBOOK_ID: priceBookId, DATE_UPDATED_UTC: writeDate(api.now()) }
      api.store.commit([{ kind: 'row', entity: entity.name, id, row }])
      return { status: api.settings.putStatus, body: viewRecord(api, entity, row) }
    },
  }
}
