import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { buttonClass } from '@/components/button.tsx'
import { EmptyState } from '@/components/states.tsx'

export function NotFound() {
  return (
    <main>
      <EmptyState
        icon={Compass}
        title="There is no page here"
        action={
          <Link to="/" className={buttonClass('primary')}>
            Go home
          </Link>
        }
      >
        The address may be incomplete, or the page has moved.
      </EmptyState>
    </main>
  )
}
