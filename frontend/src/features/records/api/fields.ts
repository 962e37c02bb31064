import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useIsHidden } from '@/lib/hidden-fields.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { fieldsOf, type RecordField } from '../record-fields.ts'
import { customFieldsQuery } from './choices.ts'

/** The fields of a kind of record, built in and custom, without those that are hidden from whoever is signed in. */
export function useFields(entity: PageEntity): RecordField[] {
  const { data: customFields } = useQuery(customFieldsQuery(entity))
  const isHidden = useIsHidden()
  // A name an entity shows for another record's address goes with that address.
  const hidden = fieldsOf(entity, customFields)
    .map(({ key }) => key)
    .filter((key) => isHidden?.(entity, key) === true || (key === 'contact_email' && isHidden?.('contacts', 'email') === true))
    .join()
  return useMemo(() => {
    const keys = new Set(hidden.split(','))
    return fieldsOf(entity, customFields).filter(({ key }) => !keys.has(key))
  }, [entity, customFields, hidden])
}
