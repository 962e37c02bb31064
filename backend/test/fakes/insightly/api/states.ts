import { stateHistory } from '../data/deal-rows.ts'
import { entityNamed } from '../entities.ts'
import type { Row } from '../json.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { readEnumeration } from './enumerations.ts'
import { changedRecord } from './new-record.ts'
import { readObject } from './record-in.ts'
import { getRow, readId, stateChange } from './records.ts'
import { badRequest } from './refusal.ts'
import { viewRecord } from './view.ts'

/** `/Opportunities/{id}/StateChange` */
export function stateChangeResource(api: Api, owner: Owner): Resource {
  return { put: (call) => changeState(api, owner, call) }
}

function changeState(api: Api, { entity, id }: Owner, call: Call): Answer {
  const body = readObject(call.body)
  const sent = body.get('FOR_OPPORTUNITY_STATE')
  if (typeof sent !== 'string') throw badRequest('The FOR_OPPORTUNITY_STATE field is required.')
  const state = readEnumeration('Opportunities', 'OPPORTUNITY_STATE', sent)
  const reason = readReason(api, body.get('STATE_REASON_ID'), state)
  const before = getRow(api, entity, id)
  const row = changedRecord(api, entity, before, { OPPORTUNITY_STATE: state })
  api.store.commit([{ kind: 'row', entity: entity.name, id, row }, stateChange(api, id, row, reason)])
  return { status: api.settings.putStatus, body: viewRecord(api, entity, row) }
}

function readReason(api: Api, sent: unknown, state: unknown): Row | null {
  if (sent === undefined || sent === null || Number(sent) === 0) return null
  const reason = api.store.collection(entityNamed('OpportunityStateReasons')).find(readId(String(sent)))
  if (reason === undefined || reason.FOR_OPPORTUNITY_STATE !== state) throw badRequest(`The STATE_REASON_ID ${String(sent)} is not valid for this state.`)
  return reason
}

/** `/Opportunities/{id}/StateHistory`, oldest first. */
export function stateHistoryResource(api: Api, { entity, id }: Owner): Resource {
  return {
    get: () => {
      const first = api.store.collection(entity).original(id)
      return { status: 200, body: [...(first === undefined ? [] : stateHistory(first)), ...api.store.aside('StateHistory', `Opportunities:${id}`)] }
    },
  }
}
