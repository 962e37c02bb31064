/** Records over HTTP: bodies and answers generated from the entity registry. */
import { z } from 'zod'
import { type EntityName, entities, type FieldDefinition } from './entities.ts'

const text = z.union([z.string(), z.number(), z.boolean()]).nullable()
const customValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])

const inputOf: Partial<Record<FieldDefinition['type'], z.ZodType>> = {
  tags: z.union([z.array(z.string()), z.string()]).nullable(),
  list: z.union([z.array(z.string()), z.string()]).nullable(),
  number: z.union([z.number(), z.string()]).nullable(),
  integer: z.union([z.number(), z.string()]).nullable(),
  money: z.union([z.string(), z.number()]).nullable().describe('decimal string'),
  boolean: z.union([z.boolean(), z.string()]).nullable(),
  date: z.string().nullable().describe('YYYY-MM-DD'),
  datetime: z.string().nullable().describe('ISO 8601'),
}

const outputOf: Partial<Record<FieldDefinition['type'], z.ZodType>> = {
  id: z.string().nullable(),
  tags: z.array(z.string()),
  list: z.array(z.string()),
  number: z.number().nullable(),
  integer: z.number().nullable(),
  boolean: z.boolean().nullable(),
}

export const orderLineInputSchema = z.object({
  sku: z.string().max(1000).nullish(),
  description: z.string().max(1000).nullish(),
  quantity: z.union([z.number(), z.string()]),
  unit_price: z.union([z.string(), z.number()]),
})
export const orderLineSchema = z.object({
  id: z.string(),
  description: z.string().nullable(),
  // What is hidden from whoever reads is left out.
  sku: z.string().nullable().optional(),
  quantity: z.string().optional(),
  unit_price: z.string().optional(),
  amount: z.string().optional(),
  currency: z.string().nullable(),
})
export const stageInputSchema = z.union([
  z.string().min(1).max(200),
  z.object({ name: z.string().min(1).max(200), probability: z.number().min(0).max(100).nullish() }),
])
export const stageSchema = z.object({ id: z.string(), name: z.string(), position: z.int(), probability: z.number().nullable() })

function shapeOf(name: EntityName, direction: 'input' | 'output'): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {}
  for (const [key, field] of Object.entries(entities[name].fields)) {
    if (direction === 'input' && field.computed) continue
    const schema = direction === 'input' ? (inputOf[field.type] ?? text) : (outputOf[field.type] ?? z.string().nullable())
    shape[key] = schema.optional()
    if (field.type === 'reference' && field.column !== undefined) shape[field.column] = z.string().nullable().optional()
  }
  return shape
}

/** Body of a create or update; unknown keys reach the service, which names the nearest field. */
export function recordInputSchema(name: EntityName) {
  const shape = shapeOf(name, 'input')
  if (name === 'orders') shape.lines = z.array(orderLineInputSchema).max(1000).optional()
  if (name === 'pipelines') shape.stages = z.array(stageInputSchema).max(50).optional()
  if (entities[name].fields.related_type !== undefined) shape.related_external_id = z.string().nullable().optional()
  return z
    .looseObject({ ...shape, custom: z.record(z.string().max(60), customValue).optional() })
    .meta({ id: `${entities[name].label.replace(/\W/g, '')}Fields` })
}

/** One record as the API returns it. */
export function recordSchema(name: EntityName) {
  const shape = shapeOf(name, 'output')
  if (name === 'orders') shape.lines = z.array(orderLineSchema).optional()
  if (name === 'pipelines') shape.stages = z.array(stageSchema).optional()
  if (entities[name].fields.related_type !== undefined) shape.related_external_id = z.string().nullable().optional()
  return z.looseObject({ ...shape, id: z.string() }).meta({ id: entities[name].label.replace(/\W/g, '') })
}

export const listQuerySchema = z.looseObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
  sort: z.string().max(200).optional().describe('Field, with a leading - for descending; several separated by commas'),
  q: z.string().max(200).optional().describe('Search words'),
  filter: z.string().max(20_000).optional().describe('A typed-query filter as JSON; any field may also be given as its own parameter'),
  timeZone: z.string().max(60).optional(),
})

export const timelineItemSchema = z.object({
  at: z.string(),
  kind: z.enum(['created', 'changed', 'deleted', 'restored', 'note', 'task', 'event', 'email', 'opportunity', 'quote', 'order']),
  entity: z.string(),
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  actor: z.string().nullable(),
})
export type TimelineItem = z.infer<typeof timelineItemSchema>

export const historyItemSchema = z.object({
  at: z.string(),
  operation: z.enum(['create', 'update', 'delete', 'restore']),
  field: z.string().nullable(),
  oldValue: z.unknown(),
  newValue: z.unknown(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
  changeId: z.string(),
})

export const linkSchema = z.object({ id: z.string(), entity: z.string(), recordId: z.string(), label: z.string(), role: z.string().nullable() })
export const linkInputSchema = z.object({ entity: z.string().max(40), recordId: z.uuid(), role: z.string().trim().max(100).nullish() })

export const customFieldSchema = z.object({
  entity: z.string(),
  key: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'date', 'boolean', 'choice', 'multiChoice']),
  choices: z.array(z.string()),
})
export const customFieldInputSchema = z.object({
  entity: z.string().max(40),
  key: z.string().regex(/^[a-z0-9][a-z0-9_]{0,59}$/),
  label: z.string().trim().min(1).max(100).optional(),
  type: customFieldSchema.shape.type,
  choices: z.array(z.string().trim().min(1).max(200)).max(200).default([]),
})

export const searchHitSchema = z.object({
  entity: z.string(),
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  score: z.number(),
  why: z.string().optional(),
})
