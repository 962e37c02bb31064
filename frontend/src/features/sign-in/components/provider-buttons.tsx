import { LogIn } from 'lucide-react'
import type { SignInWays } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useProviderSignIn } from '../api/sign-in.ts'

/** Sign-in with an account of another house. */
export function ProviderButtons({ providers, after }: { providers: SignInWays['providers']; after: boolean }) {
  const signIn = useProviderSignIn()
  if (providers.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      {after && (
        <p className="my-2 flex items-center gap-3 text-xs text-faint">
          <span aria-hidden className="h-px flex-1 bg-line" />
          or
          <span aria-hidden className="h-px flex-1 bg-line" />
        </p>
      )}
      {providers.map((provider) => (
        <Button key={provider.id} className="w-full" disabled={signIn.isPending} onClick={() => signIn.mutate(provider.id)}>
          <LogIn aria-hidden className="size-3.5 text-faint" /> Continue with {provider.label}
        </Button>
      ))}
      {signIn.isError && <ErrorState compact error={signIn.error} />}
    </div>
  )
}
