import type { ReactNode } from 'react'

/** What is known of one thing, line by line; lines without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="flex flex-col gap-2.5 text-sm">
      {facts.map(([label, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={label} className="grid grid-cols-[108px_minmax(0,1fr)] gap-2">
            <dt className="text-faint">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Something structured, as it was written down. */
export function JsonBlock({ label, value }: { label: string; value: unknown }) {
  return (
    <figure>
      <figcaption className="mb-1.5 text-sm text-faint">{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value is scrolled by keyboard */}
      <pre tabIndex={0} className="max-h-96 overflow-auto rounded-control border bg-sunken px-3 py-2.5 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        {JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  )
}
