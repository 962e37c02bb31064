import { useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, Pencil, Save, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/menu.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { isAdministrator, sessionQuery } from '@/lib/session.ts'
import { type ListQuery, listOfView, useChangeView, useDeleteView, useSaveView, viewsQuery } from '../api/views.ts'
import { ViewNameDialog } from './view-name-dialog.tsx'

interface Props {
  entity: PageEntity
  /** What the list shows now. */
  list: ListQuery
  /** Id of the view that was opened. */
  opened: string | undefined
  onOpen: (id: string | undefined, list: ListQuery) => void
}

const same = (a: ListQuery, b: ListQuery) => JSON.stringify([a.filter, a.sort]) === JSON.stringify([b.filter, b.sort])

/** The saved views of a list: open, save, rename, share and delete them. */
export function ViewsMenu({ entity, list, opened, onOpen }: Props) {
  const { data: views = [] } = useQuery(viewsQuery(entity))
  const { data: session } = useQuery(sessionQuery)
  const [asking, setAsking] = useState<'save' | 'rename' | 'delete'>()
  const save = useSaveView(entity)
  const change = useChangeView(entity)
  const remove = useDeleteView(entity)
  const view = views.find(({ id }) => id === opened)
  const mayShare = session !== undefined && session !== null && session.user.role !== 'viewer'
  const mayDelete = view !== undefined && (view.mine || (session !== undefined && session !== null && isAdministrator(session)))
  const done = (text: string) => ({
    onSuccess: () => {
      setAsking(undefined)
      announce(text)
    },
    onError: announceError,
  })
  return (
    <>
      <Menu
        trigger={
          <Button aria-label={view === undefined ? 'Views' : `View: ${view.name}`}>
            <Bookmark aria-hidden className="size-3.5" />
            <span className="max-w-40 truncate max-md:sr-only">{view?.name ?? 'Views'}</span>
          </Button>
        }
      >
        <MenuLabel>{views.length === 0 ? 'No view is saved yet' : 'Saved views'}</MenuLabel>
        {views.map((one) => (
          <MenuItem key={one.id} title={one.explanation} onSelect={() => onOpen(one.id, listOfView(one))}>
            {one.shared ? <Users aria-hidden /> : <Bookmark aria-hidden />}
            <span className="max-w-64 truncate">{one.name}</span>
            {!one.mine && <span className="ml-auto pl-3 text-xs text-faint">{one.owner.name}</span>}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onSelect={() => setAsking('save')}>
          <BookmarkPlus aria-hidden /> Save as a new view…
        </MenuItem>
        {view?.mine && !same(listOfView(view), list) && (
          <MenuItem onSelect={() => change.mutate({ id: view.id, list }, done(`“${view.name}” shows this from now on.`))}>
            <Save aria-hidden /> Save changes
          </MenuItem>
        )}
        {view?.mine && (
          <MenuItem onSelect={() => setAsking('rename')}>
            <Pencil aria-hidden /> Rename or share…
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem danger onSelect={() => setAsking('delete')}>
            <Trash2 aria-hidden /> Delete this view
          </MenuItem>
        )}
      </Menu>
      <ViewNameDialog
        open={asking === 'save'}
        onOpenChange={(open) => setAsking(open ? 'save' : undefined)}
        title="Save as a view"
        action="Save view"
        name=""
        shared={false}
        mayShare={mayShare}
        onSave={(named) => {
          const told = done(`Saved as “${named.name}”.`)
          const onSuccess = ({ id }: { id: string }) => {
            told.onSuccess()
            onOpen(id, list)
          }
          save.mutate({ ...named, list }, { ...told, onSuccess })
        }}
      />
      {view !== undefined && (
        <ViewNameDialog
          key={view.id}
          open={asking === 'rename'}
          onOpenChange={(open) => setAsking(open ? 'rename' : undefined)}
          title="Rename or share this view"
          action="Save"
          name={view.name}
          shared={view.shared}
          mayShare={mayShare}
          onSave={(named) => change.mutate({ id: view.id, ...named }, done('Saved.'))}
        />
      )}
      {view !== undefined && (
        <Confirm
          open={asking === 'delete'}
          onOpenChange={(open) => setAsking(open ? 'delete' : undefined)}
          title={`Delete “${view.name}”?`}
          action="Delete view"
          onConfirm={() => {
            remove.mutate(view.id, done(`“${view.name}” is deleted; the records stay as they are.`))
            onOpen(undefined, list)
          }}
        >
          {view.shared ? 'It disappears for everyone. ' : ''}The records themselves stay as they are.
        </Confirm>
      )}
    </>
  )
}
