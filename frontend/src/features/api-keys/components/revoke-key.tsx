import { useState } from 'react'
import type { ApiKey } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useRevokeApiKey } from '../api/api-keys.ts'

export function RevokeKey({ apiKey }: { apiKey: ApiKey }) {
  const revoke = useRevokeApiKey()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button small look="quiet" aria-label={`Revoke ${apiKey.name}`} disabled={revoke.isPending} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke the key “${apiKey.name}”?`}
        action="Revoke key"
        onConfirm={() => revoke.mutateAsync(apiKey.id).then(() => announce(`The key “${apiKey.name}” is revoked.`), announceError)}
      >
        Whatever uses it is refused within seconds. A revoked key cannot be taken back; make a new one instead.
      </Confirm>
    </>
  )
}
