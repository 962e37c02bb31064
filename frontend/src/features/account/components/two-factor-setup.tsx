import { QRCodeSVG } from 'qrcode.react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { useEnableTwoFactor, useRefreshAccount, useVerifyTwoFactor } from '../api/account.ts'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordDialog } from './password-dialog.tsx'

/** In groups that an eye can follow while a hand types. */
const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''

function ScanStep({ uri, onVerified, onCancel }: { uri: string; onVerified: () => void; onCancel: () => void }) {
  const verify = useVerifyTwoFactor()
  const [code, setCode] = useState('')
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate(code.replace(/\s+/g, ''), { onSuccess: onVerified })
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        <div className="flex gap-5 max-md:flex-col max-md:items-center">
          {/* Black on white in dark as well: scanners want it so. */}
          <div className="shrink-0 self-start rounded-control border bg-[#fff] p-3 max-md:self-center">
            <QRCodeSVG value={uri} size={152} level="M" title="QR code for the authenticator app" />
          </div>
          <div className="flex min-w-0 flex-1 flex-col gap-3 self-stretch text-sm">
            <p className="text-soft">
              Scan this with an authenticator app, such as Aegis, 1Password, Google or Microsoft Authenticator. Or enter the key by hand:
            </p>
            <div className="flex items-start gap-1">
              <code className="min-w-0 flex-1 rounded-control border bg-sunken px-2.5 py-1.5 font-mono text-xs leading-5 select-all">{inFours(secret)}</code>
              <CopyButton label="Copy the key" small={false} text={() => secret} />
            </div>
          </div>
        </div>
        <Labelled label="Code" htmlFor="setup-code" hint="The six digits the app shows now.">
          <Input
            id="setup-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
            pattern="[0-9 ]{6,8}"
            className="figures"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Labelled>
        {verify.isError && <ErrorState compact error={verify.error} />}
      </div>
      <footer className="flex justify-end gap-2 border-t px-4 py-3">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={verify.isPending || code.trim() === ''}>
          {verify.isPending ? 'Checking…' : 'Turn on'}
        </Button>
      </footer>
    </form>
  )
}

/** Password, then the app's code, then the backup codes. */
export function TwoFactorSetup({ open, onClose }: { open: boolean; onClose: () => void }) {
  const enable = useEnableTwoFactor()
  const refresh = useRefreshAccount()
  const [verified, setVerified] = useState(false)
  const close = () => {
    if (verified) void refresh()
    setVerified(false)
    enable.reset()
    onClose()
  }
  const done = () => {
    close()
    announce('Two-factor sign-in is on. Your next sign-in asks for a code.')
  }
  if (enable.data === undefined) {
    return (
      <PasswordDialog
        open={open}
        onClose={close}
        title="Set up two-factor sign-in"
        description="First your password, so that nobody else can do this on an open screen."
        action="Continue"
        busy={enable.isPending}
        error={enable.error}
        onPassword={(password) => enable.mutate(password)}
      />
    )
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title={verified ? 'Your backup codes' : 'Connect your app'}>
      {verified ? (
        <BackupCodes codes={enable.data.backupCodes} onDone={done} />
      ) : (
        <ScanStep uri={enable.data.totpURI} onVerified={() => setVerified(true)} onCancel={close} />
      )}
    </Dialog>
  )
}
