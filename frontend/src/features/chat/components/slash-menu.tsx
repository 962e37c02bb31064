import type { SlashCommand } from '#contracts/chat.ts'
import { cn } from '@/lib/class-names.ts'

/** Commands that fit what stands before the cursor; null when no command is being written. */
export function matchingCommands(text: string, commands: readonly SlashCommand[]): SlashCommand[] | null {
  const written = /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase()
  if (written === undefined) return null
  const names = (command: SlashCommand) => [command.command, ...command.aliases].map((name) => name.replace(/^\//, '').toLowerCase())
  return commands.filter((command) => names(command).some((name) => name.startsWith(written)))
}

export const nameOfCommand = (command: SlashCommand): string => `/${command.command.replace(/^\//, '')}`

/** The list above the question box; the box keeps the keyboard. */
export function SlashMenu({
  id,
  commands,
  chosen,
  onHover,
  onPick,
}: {
  id: string
  commands: readonly SlashCommand[]
  chosen: number
  onHover: (index: number) => void
  onPick: (command: SlashCommand) => void
}) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Commands"
      className="absolute inset-x-0 bottom-full z-20 mb-1.5 max-h-72 animate-fade overflow-y-auto rounded-panel bg-raised p-1 shadow-float"
    >
      {commands.map((command, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the question box has the keyboard and names the option
        <div
          key={command.command}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          aria-disabled={!command.available}
          onMouseMove={() => onHover(index)}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(command)
          }}
          className={cn('flex min-h-8 cursor-default items-baseline gap-3 rounded-[5px] px-2 py-1.5 text-sm', index === chosen && 'bg-hover')}
        >
          <span className="w-24 shrink-0 font-mono text-[12.5px] text-accent-text">{nameOfCommand(command)}</span>
          <span className="min-w-0 flex-1 text-soft">{command.description}</span>
          {!command.available && <span className="shrink-0 text-xs text-faint">not available</span>}
        </div>
      ))}
      {commands.length === 0 && <p className="px-2 py-2 text-sm text-faint">No such command. /help lists them all.</p>}
    </div>
  )
}
