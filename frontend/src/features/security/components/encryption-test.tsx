import { CircleCheck, CircleX } from 'lucide-react'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { useTestEncryption } from '../api/security.ts'

const sample = 'A text with an umlaut (ü), a sign (€) and a surrogate pair (𝄞).'

/** Lets the server encrypt and read back a text with its own key. */
export function EncryptionTest() {
  const test = useTestEncryption()
  const result = test.data?.data
  const passed = result?.match === true && result.tamperRefused !== false
  return (
    <Section
      title="Encryption"
      description="The server encrypts a text with its key, reads it back, and tries copies in which one bit was changed; those must be refused."
      action={
        <Button disabled={test.isPending} onClick={() => test.mutate(sample)}>
          {test.isPending ? 'Testing…' : 'Test encryption'}
        </Button>
      }
    >
      {test.isError && <ErrorState compact error={test.error} />}
      {result !== undefined && (
        <p role="status" className="flex items-start gap-2.5 rounded-panel border px-3 py-2.5 text-sm">
          {passed ? (
            <CircleCheck aria-hidden className="mt-px size-4 shrink-0 text-success" />
          ) : (
            <CircleX aria-hidden className="mt-px size-4 shrink-0 text-danger" />
          )}
          <span>
            {passed
              ? 'It works: the text came back as it was, and changed copies were refused.'
              : result.match
                ? 'A changed copy was accepted. Do not rely on stored secrets; ask for help with the server’s log at hand.'
                : 'The text did not come back as it was. Do not store secrets; ask for help with the server’s log at hand.'}
            <span className="block text-xs text-faint">
              {[result.algorithm?.toUpperCase(), result.tagBits === undefined ? undefined : `${result.tagBits}-bit tag`, result.keyId && `key ${result.keyId}`]
                .filter(Boolean)
                .join(', ')}
            </span>
          </span>
        </p>
      )}
    </Section>
  )
}
