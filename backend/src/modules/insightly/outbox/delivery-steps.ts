/** The calls of a change, in the order they are made; the numbers are kept, so that whoever goes on after a crash knows which were answered. */
export const deliveryStep = { record: 1, tags: 2, pipeline: 3, state: 4, emailDomain: 5, contact: 6, related: 7 } as const

export type DeliveryStep = (typeof deliveryStep)[keyof typeof deliveryStep]

const fieldsOf: Readonly<Partial<Record<DeliveryStep, readonly string[]>>> = {
  [deliveryStep.tags]: ['tags'],
  [deliveryStep.pipeline]: ['pipeline_id', 'stage_id'],
  [deliveryStep.state]: ['state'],
  [deliveryStep.emailDomain]: ['domain'],
  [deliveryStep.contact]: ['contact_id'],
  [deliveryStep.related]: ['related_type', 'related_id'],
}

/** The call that takes a field there. */
export function stepOf(field: string): DeliveryStep {
  const [step] = Object.entries(fieldsOf).find(([, fields]) => fields?.includes(field)) ?? []
  return step === undefined ? deliveryStep.record : (Number(step) as DeliveryStep)
}

/** The fields of all calls after this one, without the record's own. */
export function fieldsOfSteps(after: number): string[] {
  return Object.entries(fieldsOf).flatMap(([step, fields]) => (Number(step) > after ? [...(fields ?? [])] : []))
}
