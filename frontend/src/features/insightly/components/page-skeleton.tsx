import { Skeleton } from '@/components/states.tsx'

/** The page in outline while the server is asked. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-5">
      <div className="flex items-center justify-between">
        <Skeleton className="w-40" />
        <Skeleton className="h-8 w-32" />
      </div>
      <div className="grid grid-cols-3 gap-x-8 gap-y-4 max-md:grid-cols-2">
        {['account', 'address', 'as of', 'lag', 'quota', 'next'].map((fact) => (
          <div key={fact} className="flex flex-col gap-2">
            <Skeleton className="w-16" />
            <Skeleton className="w-28" />
          </div>
        ))}
      </div>
      <div className="flex h-[86px] flex-col justify-center gap-3 rounded-panel border px-3.5">
        <Skeleton className="w-56" />
        <Skeleton className="w-80 max-w-full" />
      </div>
    </div>
  )
}
