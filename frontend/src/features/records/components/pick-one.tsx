import { type ReactNode, useRef, useState } from 'react'
import { Select } from '@/components/input.tsx'

interface Props {
  label: string
  value: string
  /** Whether what was picked last was refused. */
  refused: boolean
  onPick: (value: string) => void
  onCancel: () => void
  children: ReactNode
}

/**
 * A field's choices in place. A choice of the mouse is kept at once; the arrows of a closed list already change it, so with
 * the keyboard the choice is kept by Enter or by leaving, and Escape leaves the field as it was.
 */
export function PickOne({ label, value, refused, onPick, onCancel, children }: Props) {
  const [chosen, setChosen] = useState<string>()
  const tried = useRef<string>(undefined)
  const byKeyboard = useRef(false)
  const keep = (next: string | undefined) => {
    if (next === undefined || next === value) return onCancel()
    tried.current = next
    onPick(next)
  }
  const leave = () => {
    if (chosen === undefined || chosen !== tried.current) keep(chosen)
    // What is on its way stays until it is answered; what was refused is given up.
    else if (refused) onCancel()
  }
  return (
    <Select
      aria-label={label}
      autoFocus
      value={chosen ?? value}
      onPointerDown={() => {
        byKeyboard.current = false
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') return onCancel()
        byKeyboard.current = true
        if (event.key !== 'Enter') return
        event.preventDefault()
        keep(chosen)
      }}
      onBlur={leave}
      onChange={(event) => {
        setChosen(event.target.value)
        if (!byKeyboard.current) keep(event.target.value)
      }}
    >
      {children}
    </Select>
  )
}
