import type { ChangeFlags } from '#contracts/deployment.ts'
import { announce, announceError } from '@/components/toast.tsx'
import { useChangeFlags } from '../api/flags.ts'
import { changeBackTo } from '../flag-words.ts'

/** Changes one flag and offers the way back. */
export function useSwitchFlag() {
  const change = useChangeFlags()
  const put = (name: string, next: ChangeFlags[string], before: unknown, done: string): Promise<boolean> =>
    change.mutateAsync({ [name]: next }).then(
      () => {
        // What is told later may come when this component is gone, so the way back is a promise and no callback.
        announce(done, {
          label: 'Undo',
          run: () => change.mutateAsync({ [name]: changeBackTo(before) }).then(() => announce(`${name} is as before.`), announceError),
        })
        return true
      },
      (error: unknown) => {
        announceError(error)
        return false
      },
    )
  return { put, isPending: change.isPending }
}
