import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/button.tsx'
import { ErrorState } from '@/components/states.tsx'
import { ApiError } from '@/lib/api-error.ts'
import { useLinkSignIn } from '../api/sign-in.ts'
import { SignInFrame } from './sign-in-frame.tsx'

function readable(error: unknown): unknown {
  if (error instanceof ApiError && ['UNAUTHENTICATED', 'NOT_FOUND', 'VALIDATION'].includes(error.code)) {
    return new ApiError({
      code: error.code,
      status: error.status,
      message: 'This link was used already or has expired. A link works once; make a new one with: npm run cli -- sign-in-link',
    })
  }
  return error
}

/** Where the printed one-time link lands. */
export function LinkSignInPage({ token }: { token: string }) {
  const { mutate, isError, error } = useLinkSignIn()
  const navigate = useNavigate()
  const sent = useRef(false)
  useEffect(() => {
    // The token works once, so a second run of this effect must not spend it again.
    if (sent.current || token === '') return
    sent.current = true
    mutate(token, { onSuccess: () => navigate({ to: '/', replace: true }) })
  }, [token, mutate, navigate])
  const failed = isError
    ? readable(error)
    : token === ''
      ? new Error('This address carries no sign-in token. Open the whole link that the server printed.')
      : undefined
  return (
    <SignInFrame title={failed === undefined ? 'Signing you in…' : 'This link did not work'}>
      {failed === undefined ? (
        <p role="status" className="text-sm text-soft">
          One moment.
        </p>
      ) : (
        <div className="flex flex-col gap-3">
          <ErrorState compact error={failed} />
          <Button onClick={() => navigate({ to: '/', replace: true })}>Go to sign in</Button>
        </div>
      )}
    </SignInFrame>
  )
}
