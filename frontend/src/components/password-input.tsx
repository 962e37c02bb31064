import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { cn } from '@/lib/class-names.ts'
import { Input } from './input.tsx'

/** A password that can be looked at before it is sent. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="relative">
      {/* The role is stated because password fields have none of their own. */}
      <Input role="textbox" type={shown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" className={cn('pr-9', className)} {...rest} />
      <button
        type="button"
        aria-label={shown ? 'Hide what was typed' : 'Show what was typed'}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0.5 my-auto grid size-7 place-items-center rounded-control text-faint hover:text-text"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
    </div>
  )
}
