import { formatNumber } from '@/lib/format.ts'

/** Says how many are not in sight. */
export function MoreLine({ shown, total }: { shown: number; total: number | null }) {
  if (total === null || total <= shown) return null
  return (
    <p className="figures mt-2 text-sm text-faint">
      The first {formatNumber(shown)} of {formatNumber(total)}; the others follow when these are gone.
    </p>
  )
}
