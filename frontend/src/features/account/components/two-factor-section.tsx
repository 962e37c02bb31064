import { CircleCheck, CircleDashed } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { announce } from '@/components/toast.tsx'
import { useDisableTwoFactor, useNewBackupCodes } from '../api/account.ts'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { TwoFactorSetup } from './two-factor-setup.tsx'

type Open = 'setup' | 'codes' | 'off' | null

/** A code of an authenticator app beside the password. */
export function TwoFactorSection({ on, hasPassword }: { on: boolean; hasPassword: boolean }) {
  const [open, setOpen] = useState<Open>(null)
  const codes = useNewBackupCodes()
  const disable = useDisableTwoFactor()
  const close = () => {
    setOpen(null)
    codes.reset()
    disable.reset()
  }
  return (
    <Section
      title="Two-factor sign-in"
      description="A six-digit code of an authenticator app, asked for after the password. A stolen password alone then opens nothing."
      action={
        on ? (
          <>
            <Button small onClick={() => setOpen('codes')}>
              New backup codes
            </Button>
            <Button small look="danger" onClick={() => setOpen('off')}>
              Turn off
            </Button>
          </>
        ) : (
          <Button small disabled={!hasPassword} onClick={() => setOpen('setup')}>
            Set up
          </Button>
        )
      }
    >
      <p className="flex items-center gap-1.5 text-sm">
        {on ? <CircleCheck aria-hidden className="size-4 text-success" /> : <CircleDashed aria-hidden className="size-4 text-faint" />}
        {on ? 'On' : hasPassword ? 'Off' : 'Off. It needs a password; choose one above first.'}
      </p>
      <TwoFactorSetup open={open === 'setup'} onClose={close} />
      <PasswordDialog
        open={open === 'codes'}
        onClose={close}
        title="New backup codes"
        description="Each code lets you in once when the app is out of reach. New ones replace all earlier ones."
        action="Make new codes"
        busy={codes.isPending}
        error={codes.error}
        onPassword={(password) => codes.mutate(password)}
        done={codes.data === undefined ? undefined : <BackupCodes codes={codes.data.backupCodes} onDone={close} />}
      />
      <PasswordDialog
        open={open === 'off'}
        onClose={close}
        title="Turn off two-factor sign-in"
        description="From then on the password alone is enough. The backup codes stop working."
        action="Turn off"
        danger
        busy={disable.isPending}
        error={disable.error}
        onPassword={(password) =>
          disable.mutate(password, {
            onSuccess: () => {
              close()
              announce('Two-factor sign-in is off.')
            },
          })
        }
      />
    </Section>
  )
}
