import { readDate, writeDate } from '../dates.ts'
import type { Field } from '../fields/notation.ts'
import { isExactNumber, toNumber, type Value } from '../json.ts'
import { badRequest, type Refusal } from './refusal.ts'

/** A scalar as it was sent, in the type its field has; numbers and booleans may come as text. */
export function readScalar(field: Field, value: unknown): Value {
  if (value === null) return null
  if (field.kind === 'str') return readText(field, value)
  if (field.kind === 'bool') return readBoolean(field, value)
  if (field.kind === 'datetime') return readDateField(field, value)
  if (field.kind === 'num') return readDecimal(field, value)
  return readInteger(field, value)
}

function invalid({ name }: Field, value: unknown): Refusal {
  return badRequest(`The value '${isExactNumber(value) ? value.rawJSON : String(value)}' is not valid for ${name}.`)
}

function readText(field: Field, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw invalid(field, value)
  const text = String(value)
  if (field.max !== undefined && text.length > field.max) throw badRequest(`The field ${field.name} must be a string with a maximum length of ${field.max}.`)
  return text
}

function readBoolean(field: Field, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  const text = String(value).toLowerCase()
  if (text !== 'true' && text !== 'false') throw invalid(field, value)
  return text === 'true'
}

function readDateField(field: Field, value: unknown): string | null {
  if (value === '') return null
  const instant = typeof value === 'string' ? readDate(value) : undefined
  if (instant === undefined) throw invalid(field, value)
  return writeDate(instant)
}

function readDecimal(field: Field, value: unknown): Value {
  const text = isExactNumber(value) ? value.rawJSON : String(value).trim()
  if (typeof value === 'boolean' || !/^-?\d+(\.\d+)?$/.test(text)) throw invalid(field, value)
  if (field.max !== undefined && text.replace(/\D/g, '').length > field.max) throw badRequest(`${field.name} has more than ${field.max} digits.`)
  return toNumber(text)
}

const limits = { i32: 2_147_483_647, i64: Number.MAX_SAFE_INTEGER }

function readInteger(field: Field, value: unknown): number {
  const text = String(value).trim()
  if ((typeof value !== 'number' && typeof value !== 'string') || !/^-?\d{1,16}$/.test(text)) throw invalid(field, value)
  if (Math.abs(Number(text)) > limits[field.kind === 'i32' ? 'i32' : 'i64']) throw invalid(field, value)
  return Number(text)
}
