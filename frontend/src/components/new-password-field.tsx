import { Labelled } from './input.tsx'
import { PasswordInput } from './password-input.tsx'

/** The field for a password that is chosen now; the server has the last word on it. */
export function NewPasswordField({
  label,
  value,
  onValue,
  autoFocus = false,
}: {
  label: string
  value: string
  onValue: (value: string) => void
  autoFocus?: boolean
}) {
  return (
    <Labelled label={label} htmlFor="new-password" hint="At least 12 characters; common and leaked passwords are refused.">
      <PasswordInput
        id="new-password"
        name="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={200}
        required
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </Labelled>
  )
}
