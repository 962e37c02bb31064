import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Download, Ellipsis, FileText, Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { ChatSession } from '#contracts/chat.ts'
import { Confirm } from '@/components/confirm.tsx'
import { Input } from '@/components/input.tsx'
import { Menu, MenuItem, MenuLine } from '@/components/menu.tsx'
import { useKeyboardBack } from '@/components/return-focus.ts'
import { announce, announceError } from '@/components/toast.tsx'
import { formatRelative } from '@/lib/format.ts'
import { exportPath, useChangeSession, useDeleteSession } from '../api/sessions.ts'

function RenameForm({ session, onDone }: { session: ChatSession; onDone: () => void }) {
  const change = useChangeSession()
  const [title, setTitle] = useState(session.title)
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    const next = title.trim()
    if (next !== '' && next !== session.title) change.mutate({ id: session.id, title: next }, { onError: announceError })
    onDone()
  }
  return (
    <form onSubmit={save} className="px-1 py-0.5">
      <Input
        aria-label="Title"
        autoFocus
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => save()}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        onFocus={(event) => event.target.select()}
      />
    </form>
  )
}

/** A conversation in the list, with what can be done to it. */
export function SessionRow({
  session,
  excerpt,
  current,
  onOpen,
}: {
  session: ChatSession
  excerpt?: string | undefined
  current: boolean
  onOpen?: (() => void) | undefined
}) {
  const navigate = useNavigate()
  const change = useChangeSession()
  const remove = useDeleteSession()
  const [renaming, setRenaming] = useState(false)
  const actions = useKeyboardBack<HTMLButtonElement>(renaming)
  const [deleting, setDeleting] = useState(false)
  const archived = session.status === 'archived'
  // Promises, not callbacks: the row leaves the list before the answer is dealt with.
  const setStatus = (status: ChatSession['status']) => {
    const undo = () => change.mutateAsync({ id: session.id, status: session.status }).catch(announceError)
    change
      .mutateAsync({ id: session.id, status })
      .then(() => announce(status === 'archived' ? 'Conversation archived.' : 'Conversation is back in the list.', { label: 'Undo', run: undo }), announceError)
  }
  const erase = () =>
    remove.mutateAsync(session.id).then(() => {
      announce('Conversation deleted.')
      return current ? navigate({ to: '/chat/{-$sessionId}', params: { sessionId: undefined } }) : undefined
    }, announceError)
  if (renaming) return <RenameForm session={session} onDone={() => setRenaming(false)} />
  const title = session.title || 'New conversation'
  return (
    <div className="group relative">
      <Link
        to="/chat/{-$sessionId}"
        params={{ sessionId: session.id }}
        onClick={onOpen}
        className="block rounded-control py-1.5 pr-8 pl-2.5 text-sm hover:bg-hover aria-[current=page]:bg-active"
        aria-current={current ? 'page' : undefined}
        title={`${title} · ${formatRelative(session.updatedAt)}`}
      >
        <span className="block truncate">{title}</span>
        {excerpt !== undefined && excerpt !== '' && <span className="block truncate text-xs text-faint">{excerpt}</span>}
      </Link>
      <span className="absolute top-0.5 right-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-state=open]]:opacity-100 max-md:opacity-100">
        <Menu
          trigger={
            <button
              ref={actions}
              type="button"
              aria-label={`Actions for ${title}`}
              className="grid size-7 place-items-center rounded-control text-faint hover:bg-active hover:text-text"
            >
              <Ellipsis className="size-4" />
            </button>
          }
        >
          <MenuItem onSelect={() => setTimeout(() => setRenaming(true))}>
            <Pencil /> Rename
          </MenuItem>
          <MenuItem onSelect={() => setStatus(archived ? 'active' : 'archived')}>
            {archived ? <ArchiveRestore /> : <Archive />} {archived ? 'Bring back' : 'Archive'}
          </MenuItem>
          <MenuLine />
          <MenuItem asChild>
            <a href={exportPath(session.id, 'md')} download>
              <FileText /> Export as Markdown
            </a>
          </MenuItem>
          <MenuItem asChild>
            <a href={exportPath(session.id, 'jsonl')} download>
              <Download /> Export as JSONL
            </a>
          </MenuItem>
          <MenuLine />
          <MenuItem danger onSelect={() => setTimeout(() => setDeleting(true))}>
            <Trash2 /> Delete…
          </MenuItem>
        </Menu>
      </span>
      <Confirm open={deleting} onOpenChange={setDeleting} title="Delete this conversation?" action="Delete conversation" onConfirm={erase}>
        “{title}” and its {session.messageCount} messages are deleted for good. Records in the CRM stay as they are.
      </Confirm>
    </div>
  )
}
