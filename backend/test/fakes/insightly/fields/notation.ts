export type FieldKind =
  | 'i32'
  | 'i64'
  | 'num'
  | 'bool'
  | 'datetime'
  | 'str'
  | 'Tag[]'
  | 'Date[]'
  | 'EmailDomain[]'
  | 'CustomField[]'
  | 'LinkDto[]'
  | 'TeamMember[]'
  | 'Activity[]'

export interface Field {
  name: string
  kind: FieldKind
  /** Longest text, or most digits of a `num`. */
  max: number | undefined
  required: boolean
  readOnly: boolean
}

const notation = /^(\w+) (\w+(?:\[\])?)(?:\((\d+)\))?(\*)?( ro)?$/

/** Fields in the reference's notation: `NAME type(max)* ro`, parted by semicolons; `*` is required, `ro` read-only. */
export function fields(text: string): readonly Field[] {
  return text.split(';').map((part) => {
    const match = notation.exec(part.trim())
    if (match === null) throw new Error(`not a field: ${part}`)
    const [, name = '', kind = '', max, required, readOnly] = match
    return {
      name,
      kind: kind as FieldKind,
      max: max === undefined ? undefined : Number(max),
      required: required !== undefined,
      readOnly: readOnly !== undefined,
    }
  })
}
