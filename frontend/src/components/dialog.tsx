import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/class-names.ts'
import { IconButton } from './button.tsx'
import { focusFirstField, useReturnFocus } from './return-focus.ts'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  children: ReactNode
  className?: string
}

function keepForm(event: Event): void {
  if (document.querySelector('[role=dialog] form') !== null) event.preventDefault()
}

/** Mounts as it opens, so that it knows what was left for it. A click beside a form does not throw away what was typed into it. */
export function OverlayContent(props: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content onOpenAutoFocus={focusFirstField} onCloseAutoFocus={useReturnFocus()} onPointerDownOutside={keepForm} {...props} />
}

/** A question or a short form over the page. */
export function Dialog({ open, onOpenChange, title, description, children, className }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <OverlayContent
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cn(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[80dvh] w-[min(520px,calc(100vw-24px))] -translate-x-1/2 animate-rise flex-col rounded-panel bg-raised shadow-float outline-none',
            className,
          )}
        >
          <header className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold">{title}</Radix.Title>
              {description !== undefined && <Radix.Description className="mt-0.5 text-sm text-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" small>
                <X className="size-4" />
              </IconButton>
            </Radix.Close>
          </header>
          {children}
        </OverlayContent>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A panel that slides in: from the right, or from the bottom on a phone. */
export function Sheet({
  open,
  onOpenChange,
  title,
  children,
  side = 'right',
  landmark = false,
}: Props & { side?: 'right' | 'left' | 'bottom'; landmark?: boolean }) {
  const place = {
    right: 'inset-y-0 right-0 w-[min(380px,100vw)] animate-slide',
    left: 'inset-y-0 left-0 w-[min(300px,86vw)] animate-fade',
    bottom: 'inset-x-0 bottom-0 max-h-[82dvh] rounded-t-xl animate-slide-up pb-[env(safe-area-inset-bottom)]',
  }[side]
  const body = (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <Radix.Title className="flex-1 font-semibold">{title}</Radix.Title>
        <Radix.Close asChild>
          <IconButton label="Close">
            <X className="size-4" />
          </IconButton>
        </Radix.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </>
  )
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <OverlayContent aria-describedby={undefined} className={cn('fixed z-50 flex flex-col bg-raised shadow-float outline-none', place)}>
          {landmark ? (
            <aside aria-label={title} className="flex min-h-0 flex-1 flex-col">
              {body}
            </aside>
          ) : (
            body
          )}
        </OverlayContent>
      </Radix.Portal>
    </Radix.Root>
  )
}
