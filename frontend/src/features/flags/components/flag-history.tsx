import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { type FlagChange, flagHistoryQuery } from '../api/flags.ts'
import { changeBackTo, stateWords } from '../flag-words.ts'
import { useSwitchFlag } from './use-switch-flag.ts'

const shownFolded = 15

/** Who switched what, with a way back to what was before each change. */
export function FlagHistory() {
  const history = useQuery(flagHistoryQuery)
  const { put, isPending } = useSwitchFlag()
  const [unfolded, setUnfolded] = useState(false)
  const columns: ListColumn<FlagChange>[] = [
    { key: 'name', label: 'Flag', phone: 'heading', className: 'font-mono text-xs', cell: ({ name }) => name },
    { key: 'before', label: 'Before', cell: ({ before }) => stateWords(before, 'not there') },
    { key: 'after', label: 'After', cell: ({ after }) => stateWords(after, 'as configured') },
    { key: 'by', label: 'By', className: 'max-w-40 truncate', cell: ({ changedBy }) => changedBy },
    { key: 'at', label: 'When', className: 'whitespace-nowrap text-faint', cell: ({ changedAt }) => <RelativeTime at={changedAt} /> },
    {
      key: 'actions',
      label: 'Actions',
      phone: 'side',
      className: 'text-right',
      cell: ({ name, before, after }) => (
        <Button
          small
          look="quiet"
          aria-label={`Put ${name} back: ${stateWords(before, 'as configured')}`}
          disabled={isPending}
          onClick={() => void put(name, changeBackTo(before), after, `${name} is ${stateWords(before, 'what the configuration says')} again.`)}
        >
          Put back
        </Button>
      ),
    },
  ]
  return (
    <Section title="History" description="Every change of a flag, the newest first. Putting one back is a change of its own.">
      <Fetched query={history} rows={3}>
        {(changes) =>
          changes.length === 0 ? (
            <EmptyLine>No flag has been switched yet.</EmptyLine>
          ) : (
            <div className="flex flex-col gap-3">
              <ListTable
                caption="Changes of flags"
                columns={columns}
                rows={unfolded ? changes : changes.slice(0, shownFolded)}
                rowKey={({ name, changedAt }) => `${changedAt} ${name}`}
              />
              {!unfolded && changes.length > shownFolded && (
                <Button look="quiet" small className="self-center" onClick={() => setUnfolded(true)}>
                  Show all {changes.length}
                </Button>
              )}
            </div>
          )
        }
      </Fetched>
    </Section>
  )
}
