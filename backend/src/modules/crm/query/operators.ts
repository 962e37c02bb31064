import type { FieldType } from '#contracts/entities.ts'
import type { Operator } from '#contracts/query.ts'

/** Types that compare alike. */
export type Family = 'text' | 'phone' | 'id' | 'number' | 'date' | 'datetime' | 'boolean' | 'list' | 'reference'

const familyByType: Record<FieldType, Family> = {
  id: 'id',
  text: 'text',
  longText: 'text',
  email: 'text',
  currency: 'text',
  choice: 'text',
  phone: 'phone',
  integer: 'number',
  number: 'number',
  money: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  multiChoice: 'list',
  tags: 'list',
  list: 'list',
  reference: 'reference',
}

const presence = ['isEmpty', 'isNotEmpty'] as const
const equality = ['eq', 'ne', 'in', 'notIn'] as const
const order = ['gt', 'gte', 'lt', 'lte', 'between'] as const
const words = ['contains', 'notContains', 'startsWith', 'endsWith'] as const

export const operatorsByFamily: Record<Family, readonly Operator[]> = {
  text: [...equality, ...words, ...presence],
  phone: [...equality, ...words, ...presence],
  reference: [...equality, ...words, ...presence],
  id: [...equality, ...presence],
  number: [...equality, ...order, ...presence],
  date: [...equality, ...order, 'during', ...presence],
  datetime: [...equality, ...order, 'during', ...presence],
  boolean: ['eq', 'ne', ...presence],
  list: [...equality, 'contains', 'notContains', ...presence],
}

export function familyOf(type: FieldType): Family {
  return familyByType[type]
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte'
export const comparisonSigns: Record<Comparison, string> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** The same for plain numbers. */
export const comparisonHolds: Record<Comparison, (a: number, b: number) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}
