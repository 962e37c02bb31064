import { suggestFollowUps } from '#contracts/follow-ups.ts'
import { Button } from '@/components/button.tsx'
import type { ShownMessage } from '../api/shown-message.ts'

/** What may be asked next of the last answer, as buttons. */
export function FollowUps({ message, onAsk }: { message: ShownMessage; onAsk: (message: string) => void }) {
  const plans = message.parts.flatMap((part) => (part.type === 'data-plan' ? [part.data] : []))
  const [plan] = plans
  // An answer to several questions says not of which one more is asked.
  if (message.state !== 'done' || plan === undefined || plans.length > 1) return null
  const suggestions = suggestFollowUps(plan, message.metadata.coverage?.matched ?? 0, message.metadata.language)
  if (suggestions.length === 0) return null
  return (
    <nav aria-label="Ask next" className="flex flex-wrap gap-1.5 pl-8 max-md:pl-0">
      {suggestions.map((suggestion) => (
        <Button key={suggestion} small lang={message.metadata.language} onClick={() => onAsk(suggestion)}>
          {suggestion}
        </Button>
      ))}
    </nav>
  )
}
