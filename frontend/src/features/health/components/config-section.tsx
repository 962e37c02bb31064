import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { Fetched } from '@/components/fetched.tsx'
import { Section } from '@/components/section.tsx'
import { configQuery } from '../api/health.ts'

function Variables({ names }: { names: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-1.5">
      {names.map((name) => (
        <li key={name} className="rounded border px-1.5 font-mono text-xs leading-5">
          {name}
        </li>
      ))}
    </ul>
  )
}

/** Whether the settings of the server are sound; their values are never shown. */
export function ConfigSection() {
  const config = useQuery(configQuery)
  return (
    <Section
      title="Configuration"
      description="Names of variables with a problem, never their values. “npm run config:validate” on the server says what is wrong and how to mend it."
    >
      <Fetched query={config} rows={1}>
        {({ errors, warnings }) => (
          <div className="flex flex-col gap-3 text-sm">
            {errors.length > 0 && (
              <div className="flex items-start gap-2">
                <CircleX aria-hidden className="mt-px size-4 shrink-0 text-danger" />
                <div>
                  To mend
                  <Variables names={errors} />
                </div>
              </div>
            )}
            {warnings.length > 0 && (
              <div className="flex items-start gap-2">
                <TriangleAlert aria-hidden className="mt-px size-4 shrink-0 text-warning" />
                <div>
                  To look at
                  <Variables names={warnings} />
                </div>
              </div>
            )}
            {errors.length + warnings.length === 0 && (
              <p className="flex items-center gap-1.5 text-soft">
                <CircleCheck aria-hidden className="size-4 text-success" /> Nothing to mend.
              </p>
            )}
          </div>
        )}
      </Fetched>
    </Section>
  )
}
