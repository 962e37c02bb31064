import { AlertDialog } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { buttonClass } from './button.tsx'
import { useReturnFocus } from './return-focus.ts'

function Content(props: ComponentProps<typeof AlertDialog.Content>) {
  return <AlertDialog.Content onCloseAutoFocus={useReturnFocus()} {...props} />
}

/** Asks before something that cannot be taken back. */
export function Confirm({
  open,
  onOpenChange,
  title,
  children,
  action,
  onConfirm,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
  action: string
  onConfirm: () => void
}) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Content className="fixed top-[22vh] left-1/2 z-50 w-[min(420px,calc(100vw-24px))] -translate-x-1/2 animate-rise rounded-panel bg-raised p-4 shadow-float outline-none">
          <AlertDialog.Title className="font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-sm text-soft">{children}</AlertDialog.Description>
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Cancel className={buttonClass('plain')}>Cancel</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonClass('danger')} onClick={onConfirm}>
              {action}
            </AlertDialog.Action>
          </div>
        </Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
