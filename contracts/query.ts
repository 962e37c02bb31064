/** The typed query: the one language in which questions about records are asked, by planner, model, HTTP and saved views alike. */
import { z } from 'zod'
import { entityNames } from './entities.ts'

export const timeUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export type TimeUnit = (typeof timeUnits)[number]

const instant = z.string().min(4).max(40).describe('ISO 8601 date or instant; a date is midnight in the query time zone')

/**
 * A span of time, half-open [from, to): whole calendar periods (`offset` -1 = the one before, `count` periods ending there),
 * a rolling window ending or starting now, or two instants.
 */
export const timeRangeSchema = z.union([
  z.strictObject({ period: z.enum(timeUnits), offset: z.int().min(-1000).max(1000).default(0), count: z.int().min(1).max(1000).optional() }),
  z.strictObject({ last: z.int().min(1).max(10_000), unit: z.enum(['hour', ...timeUnits]) }),
  z.strictObject({ next: z.int().min(1).max(10_000), unit: z.enum(['hour', ...timeUnits]) }),
  z
    .strictObject({ from: instant.optional(), to: instant.optional() })
    .refine((range) => range.from !== undefined || range.to !== undefined, 'needs from or to'),
])
export type TimeRange = z.infer<typeof timeRangeSchema>

export const operators = [
  'eq',
  'ne',
  'in',
  'notIn',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'isEmpty',
  'isNotEmpty',
  'during',
] as const
export type Operator = (typeof operators)[number]

/** Parts of a date or time that come again, as fields of their own: `created_at.weekday` is Monday to Sunday, in the query's time zone. */
export const timePartFields = {
  weekday: { type: 'text', label: 'weekday' },
  /** 0-23 */
  hour: { type: 'integer', label: 'hour' },
  /** 1-31 */
  day: { type: 'integer', label: 'day of the month' },
  /** 1-12 */
  month: { type: 'integer', label: 'month of the year' },
} as const
export type TimePart = keyof typeof timePartFields
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/**
 * `id`, `value`, `custom.region`, a path over references such as `organisation.state`, or a part of a time such as `starts_at.hour`. Records may also be sorted by, and show, a
 * figure of a relation: `orders.count`, `opportunities.sum.value`, `orders.latest.ordered_at` (sum, avg, min, max, latest, earliest), and by
 * `activities.count`: their tasks, events, notes and e-mails together.
 */
export const fieldPathSchema = z.string().min(1).max(120)
const scalar = z.union([z.string().max(1000), z.number(), z.boolean()])
export type Scalar = z.infer<typeof scalar>

/** `{now: true}` compares with the moment the query runs; `daysAgo` counts 24 h days back from it. */
export const relativeInstantSchema = z.strictObject({ now: z.literal(true), daysAgo: z.number().min(-36_500).max(36_500).optional() })

/** Text compares without regard to case, accents or surrounding space; `eq` on tags and multi-choice means "has". */
export const conditionSchema = z.strictObject({
  field: fieldPathSchema,
  op: z.enum(operators),
  value: z.union([scalar, z.array(scalar).min(1).max(500), timeRangeSchema, relativeInstantSchema]).optional(),
})
export type Condition = z.infer<typeof conditionSchema>

const countTest = z.strictObject({ op: z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte']), value: z.number() })
const figureTest = z.strictObject({ field: fieldPathSchema, op: countTest.shape.op, value: z.number() })
export type FigureTest = z.infer<typeof figureTest>
/** A date stands for its whole day; `during` takes a span of time. */
const momentTest = z.strictObject({
  field: fieldPathSchema,
  op: z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'during']),
  value: z.union([instant, timeRangeSchema, relativeInstantSchema]),
})
export type MomentTest = z.infer<typeof momentTest>

export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | Condition
  | {
      /** A one-to-many relation by name, for example `opportunities` of a contact. */
      relation: string
      where?: Filter | undefined
      /** Default: at least one. `{op:'eq',value:0}` means none. */
      count?: z.infer<typeof countTest> | undefined
      /**
       * Compares the sum of a field over the related records. Money is added up in the query's currency, or in `convert.to`; with neither,
       * each currency is a sum of its own, and a record without related ones has the sum 0.
       */
      sum?: FigureTest | undefined
      /** Compare the mean, lowest and highest value; a record without related values meets none of these. */
      avg?: FigureTest | undefined
      min?: FigureTest | undefined
      max?: FigureTest | undefined
      /** Compare the last and first time: "whose last order was before March". A record without related times meets none. */
      latest?: MomentTest | undefined
      earliest?: MomentTest | undefined
    }

/** What is asked of a relation, without the filter its records are to meet. */
export const relationTestSchema = z.strictObject({
  relation: z.string().max(60),
  count: countTest.optional(),
  sum: figureTest.optional(),
  avg: figureTest.optional(),
  min: figureTest.optional(),
  max: figureTest.optional(),
  latest: momentTest.optional(),
  earliest: momentTest.optional(),
})

export const filterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ and: z.array(filterSchema).min(1).max(50) }),
      z.strictObject({ or: z.array(filterSchema).min(1).max(50) }),
      z.strictObject({ not: filterSchema }),
      conditionSchema,
      relationTestSchema.extend({ where: filterSchema.optional() }),
    ]),
  )
  .meta({ id: 'QueryFilter' })

export const groupSchema = z.strictObject({ field: fieldPathSchema, bucket: z.enum(timeUnits).optional() })

/**
 * `share` is a group's part of the whole (0-1) of `count`, or of the sum of `field` within one currency; with a `where` of its own it is
 * the part of the group's records (or sum) that the `where` holds for, which also works without groups. `winRate` is won / (won + lost);
 * `cycleDays` is the mean days from creation to the close of won opportunities, or to the conversion of leads; money measures come one row per currency.
 */
export const measureFunctions = ['count', 'sum', 'avg', 'min', 'max', 'median', 'percentile', 'countDistinct', 'share', 'winRate', 'cycleDays'] as const
export const measureSchema = z.strictObject({
  fn: z.enum(measureFunctions),
  field: fieldPathSchema.optional(),
  /** Of `percentile`: 0-1, interpolated as SQL's percentile_cont does. */
  at: z.number().min(0).max(1).optional(),
  /** Key of the result column. Default: `fn` or `fn_field`. */
  as: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/)
    .optional(),
  /** Only these records count towards this measure. */
  where: filterSchema.optional(),
})
export type Measure = z.infer<typeof measureSchema>

/**
 * Computed over the groups that `having` leaves, before `limit`, within one currency when the measure is money:
 * `rank` (1 is the highest, or the lowest with `direction: 'asc'`; equals share a rank), `shareOfTotal` (0-1),
 * `runningSum`, and `previous`, `change`, `changeRatio` (change / previous) against the bucket before.
 * The last four need a bucket of time in `groupBy`, follow it, and start anew for each combination of the other groups. For them every
 * bucket between the first and the last of the whole result has a row for each such combination: one without records has counts and sums
 * of 0 and no other figures. A bucket that `having` removed is not 0: what would follow it has no `previous`.
 * `having` may name windows too; those conditions come last and change no other window ("the best three": rank <= 3).
 */
export const windowFunctions = ['rank', 'shareOfTotal', 'runningSum', 'previous', 'change', 'changeRatio'] as const
export const windowSchema = z.strictObject({
  fn: z.enum(windowFunctions),
  /** Key of the measure it looks at. */
  measure: z.string().max(60),
  /** Key of the result column. Default: `fn_measure`. */
  as: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/)
    .optional(),
  direction: z.enum(['asc', 'desc']).optional(),
})
export type Window = z.infer<typeof windowSchema>

/**
 * Money in other currencies counts as money in `to`, at the rates stated here; what has no rate is left out, and the result says so.
 * Figures are in `to`, and filters and sorting compare in `to`; a record's own row shows the amount and currency it has.
 */
export const conversionSchema = z.strictObject({
  to: z.string().regex(/^[A-Z]{3}$/),
  /** What one unit of each currency is worth in `to`, as a decimal string. */
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,9}(\.\d{1,12})?$/)),
})
export type Conversion = z.infer<typeof conversionSchema>

export const sortSchema = z.strictObject({ by: fieldPathSchema, direction: z.enum(['asc', 'desc']).default('asc') })

export const maxQueryRows = 1000
export const typedQuerySchema = z
  .strictObject({
    entity: z.enum(entityNames),
    /** What is asked, in words; shown to people, without effect on the result. */
    title: z.string().max(300).optional(),
    filter: filterSchema.optional(),
    select: z.array(fieldPathSchema).min(1).max(40).optional(),
    groupBy: z.array(groupSchema).min(1).max(4).optional(),
    measures: z.array(measureSchema).min(1).max(10).optional(),
    /** Conditions on result columns (keys of measures and windows). */
    having: z
      .array(z.strictObject({ measure: z.string().max(60), op: countTest.shape.op, value: z.number() }))
      .max(10)
      .optional(),
    windows: z.array(windowSchema).min(1).max(6).optional(),
    sort: z.array(sortSchema).max(5).optional(),
    limit: z.int().min(1).max(maxQueryRows).default(50),
    offset: z.int().min(0).max(100_000).default(0),
    /** Where the page before ended; instead of `offset`, and only for records. */
    cursor: z.string().max(1000).optional(),
    timeZone: z.string().max(60).optional(),
    convert: conversionSchema.optional(),
    /** Only money in this currency. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    includeDeleted: z.boolean().optional(),
  })
  .meta({ id: 'TypedQuery' })
export type TypedQuery = z.infer<typeof typedQuerySchema>
/** A typed query as a client writes it: defaults may be left out. */
export type TypedQueryInput = z.input<typeof typedQuerySchema>

export const columnTypes = [
  'id',
  'text',
  'longText',
  'email',
  'phone',
  'integer',
  'number',
  'percent',
  'days',
  'money',
  'currency',
  'date',
  'datetime',
  'boolean',
  'choice',
  'tags',
  'list',
  'link',
] as const
export const columnSchema = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(columnTypes),
  /** Of a `link`: the entity its records are of, and the key of the row under which the record's id stands. */
  entity: z.enum(entityNames).optional(),
  idKey: z.string().optional(),
  /** Of what an answer groups by: what a row says that has no value there. */
  empty: z.string().optional(),
})
export type Column = z.infer<typeof columnSchema>

/** Money and exact numbers are decimal strings; times ISO 8601 UTC; lists arrays of strings. Record rows always carry `id`. */
export const rowSchema = z.record(z.string(), z.unknown())
export type Row = z.infer<typeof rowSchema>

export const queryResultSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(rowSchema),
  /** Records, or groups, that match in all. */
  total: z.int(),
  /** `total` is estimated by the database, because counting would take too long. */
  totalIsEstimate: z.boolean().optional(),
  /** Of figures without groups: how many records they are made of. */
  records: z.int().optional(),
  /** Where the next page of records begins. */
  nextCursor: z.string().nullable().optional(),
  /** What a reader must know about the figures: left-out currencies, stated rates. */
  notes: z.array(z.string()).optional(),
  asOf: z.string(),
  /** The query in words. */
  explanation: z.string(),
})
export type QueryResult = z.infer<typeof queryResultSchema>
