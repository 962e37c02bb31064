import type { ComponentProps } from 'react'
import { cn } from '@/lib/class-names.ts'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'
const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover font-medium',
  plain: 'border border-line bg-page hover:bg-hover text-text',
  quiet: 'text-soft hover:bg-hover hover:text-text',
  danger: 'text-danger hover:bg-danger-soft',
}
const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control text-sm whitespace-nowrap transition-colors duration-150 disabled:opacity-45 disabled:hover:bg-transparent select-none [&_svg]:shrink-0'

export type ButtonProps = ComponentProps<'button'> & { look?: Look; small?: boolean }

export const buttonClass = (look: Look = 'plain', small = false) => cn(base, looks[look], small ? 'h-7 px-2' : 'h-8 px-3')

export function Button({ look = 'plain', small = false, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cn(buttonClass(look, small), look === 'primary' && 'disabled:hover:bg-accent', className)} {...rest} />
}

/** A square button with an icon; its label is for screen readers and the tooltip. */
export function IconButton({ label, look = 'quiet', small = false, className, type = 'button', ...rest }: ButtonProps & { label: string }) {
  return <button type={type} aria-label={label} title={label} className={cn(base, looks[look], small ? 'size-7' : 'size-8', className)} {...rest} />
}
