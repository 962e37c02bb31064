import { Plus } from 'lucide-react'
import { useState } from 'react'
import { entities } from '#contracts/entities.ts'
import { Button } from '@/components/button.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { type CrmRecord, labelOf } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { useFields } from '../api/fields.ts'
import { NewRecordDialog } from './new-record-dialog.tsx'

const kinds = ['notes', 'tasks', 'events'] as const
type Kind = (typeof kinds)[number]

function NewAbout({ kind, entity, record, onClose }: { kind: Kind; entity: PageEntity; record: CrmRecord; onClose: () => void }) {
  const about = { values: { related_type: entities[entity].singular, related_id: record.id }, name: labelOf(entity, record) }
  return <NewRecordDialog entity={kind} fields={useFields(kind)} open onOpenChange={(open) => !open && onClose()} about={about} />
}

/** Writes a note, a task or an event about the record down where it is read. */
export function AddAbout({ entity, record }: { entity: PageEntity; record: CrmRecord }) {
  const [kind, setKind] = useState<Kind>()
  const mayWrite = useMayWrite()
  const { singular } = entities[entity]
  if (!mayWrite || entities.notes.fields.related_type?.choices?.includes(singular) !== true) return null
  return (
    <div className="mb-4 flex flex-wrap gap-1.5">
      {kinds.map((one) => (
        <Button key={one} small onClick={() => setKind(one)}>
          <Plus aria-hidden className="size-3.5" /> Add {entities[one].singular}
        </Button>
      ))}
      {kind !== undefined && <NewAbout kind={kind} entity={entity} record={record} onClose={() => setKind(undefined)} />}
    </div>
  )
}
