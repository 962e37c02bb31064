import type { ReactNode } from 'react'
import { Mark } from '@/components/mark.tsx'

/** The page around everything a stranger sees. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto px-4 pt-[14vh] pb-10">
      <div className="w-full max-w-[340px]">
        <Mark className="size-8" />
        <h1 className="mt-4 mb-5 text-title font-semibold text-balance">{title}</h1>
        {children}
      </div>
    </main>
  )
}
