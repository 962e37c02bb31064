import type { CustomFieldDefinition, CustomFieldType, EntityName } from '#contracts/entities.ts'
import type { ListKind, MirroredEntity } from './mapping.types.ts'

/** A value of ours that Insightly writes in words of its own. */
export interface Words {
  read(value: unknown): string | null
  /** Undefined when there is no such word there. */
  write(text: string): string | number | undefined
  /** Those there, for whoever has to choose one. */
  choices: readonly string[]
}

type Kind =
  | { type: 'text'; max: number | undefined }
  | { type: 'amount' }
  /** A number that need not be whole and is no money. */
  | { type: 'decimal' }
  /** A whole one. */
  | { type: 'number'; min?: number; max?: number }
  | { type: 'flag' }
  | { type: 'day' }
  | { type: 'instant' }
  | { type: 'currency' }
  | { type: 'reference'; entity: EntityName }
  | { type: 'listed'; list: ListKind }
  | { type: 'words'; words: Words }

/** One field there and here. */
export interface MappedField {
  /** Our column, or the key of a custom field. */
  key: string
  /** Fields there that it is read from, the first that is filled in. */
  reads: readonly string[]
  /** The field of the record's own body that it is written to; null when it has another way there, or none. */
  writes: string | null
  kind: Kind
  /** Insightly takes no record without it. */
  isRequired: boolean
  /** What stands here for nothing, where there has to be something; it is never written back. */
  standIn?: string
  /** What nothing means there. */
  assumed?: string | boolean
  /** What Insightly is given for nothing, where it takes no record without; read back as nothing. */
  blank?: string
  /** A custom field here. */
  custom?: CustomFieldDefinition
}

function field(kind: Kind) {
  return (
    key: string,
    remote: string,
    options: Partial<Pick<MappedField, 'reads' | 'writes' | 'isRequired' | 'standIn' | 'assumed' | 'blank'>> = {},
  ): MappedField => ({
    key,
    reads: [remote],
    writes: remote,
    kind,
    isRequired: false,
    ...options,
  })
}

export type FieldOptions = Parameters<ReturnType<typeof field>>[2]

/** @param max the longest text that Insightly takes; undefined where it names none */
export const text = (key: string, remote: string, max: number | undefined, options?: FieldOptions) => field({ type: 'text', max })(key, remote, options)
export const amount = field({ type: 'amount' })
export const decimal = field({ type: 'decimal' })
export const number = (key: string, remote: string, range: { min?: number; max?: number }, options?: FieldOptions) =>
  field({ type: 'number', ...range })(key, remote, options)
export const flag = field({ type: 'flag' })
export const day = field({ type: 'day' })
export const instant = field({ type: 'instant' })
export const currency = field({ type: 'currency' })
export const reference = (key: string, remote: string, entity: EntityName, options?: FieldOptions) => field({ type: 'reference', entity })(key, remote, options)
export const listed = (key: string, remote: string, list: ListKind, options?: FieldOptions) => field({ type: 'listed', list })(key, remote, options)
export const words = (key: string, remote: string, known: Words, options?: FieldOptions) => field({ type: 'words', words: known })(key, remote, options)

const customTypes: Record<Kind['type'], CustomFieldType> = {
  text: 'text',
  amount: 'number',
  decimal: 'number',
  number: 'number',
  flag: 'boolean',
  day: 'date',
  instant: 'text',
  currency: 'text',
  reference: 'text',
  listed: 'choice',
  words: 'choice',
}

/** A standard field there that is a custom field here. */
export function extra(entity: MirroredEntity, label: string, mapped: MappedField): MappedField {
  const choices = mapped.kind.type === 'words' ? [...mapped.kind.words.choices] : []
  return { ...mapped, custom: { entity, key: mapped.key, label, type: customTypes[mapped.kind.type], choices } }
}

/** The same of fields whose names there are the keys here, in lower case. */
export function extraTexts(entity: MirroredEntity, fields: Readonly<Record<string, readonly [label: string, max: number]>>): MappedField[] {
  return Object.entries(fields).map(([remote, [label, max]]) => extra(entity, label, text(remote.toLowerCase(), remote, max)))
}
