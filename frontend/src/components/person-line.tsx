import { Avatar } from './avatar.tsx'

/** A person by name, with the address below. */
export function PersonLine({ name, detail }: { name: string; detail?: string | null | undefined }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} className="size-6 text-[10px]" />
      <span className="min-w-0 leading-tight">
        <span className="block truncate">{name}</span>
        {detail ? <span className="block truncate text-xs text-faint">{detail}</span> : null}
      </span>
    </span>
  )
}
