import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleQuestionMark, CircleSlash, RefreshCw, RotateCcw, Route, Unplug } from 'lucide-react'
import type { MessagePart } from '#contracts/chat.ts'
import { Button, buttonClass, IconButton } from '@/components/button.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { Mark } from '@/components/mark.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { useKeyboardBack } from '@/components/return-focus.ts'
import { ErrorState } from '@/components/states.tsx'
import { toTsv } from '@/lib/csv.ts'
import { formatMoney, formatNumber } from '@/lib/format.ts'
import { agentTitle } from '../api/agents.ts'
import type { ShownMessage } from '../api/shown-message.ts'
import { AnswerParts } from './answer-parts.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import { NotRight } from './not-right.tsx'

/** What "Copy answer" puts on the clipboard: the words, then each table as tab-separated rows. */
function answerText(parts: readonly MessagePart[]): string {
  return parts
    .flatMap((part) =>
      part.type === 'text'
        ? [part.text]
        : part.type === 'data-table'
          ? [
              toTsv(
                part.data.columns.filter((column) => column.type !== 'id'),
                part.data.rows,
              ),
            ]
          : [],
    )
    .join('\n\n')
}

/** Words alone: nothing was looked up and nothing asked back, as when a question is declined. */
const isWithoutFinding = (parts: readonly MessagePart[]): boolean => parts.length > 0 && parts.every((part) => part.type === 'text')

/** A message has its id once the server has told it. */
const isUuid = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)

function Waiting({ activity }: { activity: string | null | undefined }) {
  return (
    <div role="status" aria-label="Looking it up" className="flex h-5.5 items-center gap-1">
      {[0, 1, 2].map((dot) => (
        <span key={dot} className="size-1.5 animate-pulse rounded-full bg-faint" style={{ animationDelay: `${dot * 160}ms` }} />
      ))}
      {activity != null && <span className="ml-1.5 text-sm text-faint">{activity}…</span>}
    </div>
  )
}

/** Dollars of so little that the usual two digits would say nothing. */
const costWords = (cost: string): string => (Number(cost) < 0.01 ? '< $0.01' : formatMoney(Number(cost).toFixed(2), 'USD'))

/** That a language model answered, and what that took; the planner costs nothing and needs no word. */
function ModelNote({ metadata }: { metadata: ShownMessage['metadata'] }) {
  const { answeredBy, usage } = metadata
  if (answeredBy !== 'model') return null
  return (
    <span
      className="figures ml-1 text-xs text-faint"
      title={usage === undefined ? undefined : `${usage.inputTokens} tokens read, ${usage.outputTokens} written`}
    >
      by the language model
      {usage !== undefined && <> · {formatNumber(usage.inputTokens + usage.outputTokens)} tokens</>}
      {usage !== undefined && Number(usage.costUsd) > 0 && <> · {costWords(usage.costUsd)}</>}
    </span>
  )
}

/** To the same agent, in the language of the answer. */
function goOnSentence({ agent, language }: ShownMessage['metadata']): string {
  const sentence = language === 'de' ? 'Mach dort weiter, wo deine Antwort abgebrochen ist.' : 'Go on where your answer broke off.'
  return agent === undefined ? sentence : `/${agent} ${sentence}`
}

interface Props {
  message: ShownMessage
  /** A later message exists: its options are past. */
  answered: boolean
  explained: boolean
  onAsk: (message: string) => void
  onRetry: (() => void) | undefined
  busy: boolean
  /** Has the question answered once more; undefined where that cannot be. */
  onRegenerate: (() => void) | undefined
  onShowBranch: (messageId: string) => void
  onExplain: () => void
}

export function AssistantMessage({ message, answered, explained, onAsk, onRetry, busy, onRegenerate, onShowBranch, onExplain }: Props) {
  const { metadata, state } = message
  const explainer = useKeyboardBack<HTMLButtonElement>(explained)
  const again = isUuid(message.id) ? (onRegenerate ?? onRetry) : onRetry
  const brokeOff = state === 'stopped' || (state === 'failed' && message.failure === null)
  // A model can take up its own words again, which come bit by bit; later on it would continue something else.
  const isModels = metadata.answeredBy === 'model' || isWithoutFinding(message.parts)
  const mayGoOn = !answered && !busy && isModels && message.parts.some((part) => part.type === 'text')
  const settled = state === 'done' || state === 'stopped' || state === 'failed'
  return (
    <article aria-label={agentTitle(metadata.agent)} aria-busy={!settled} className="group flex min-w-0 gap-3">
      <Mark className="mt-px size-5 shrink-0 max-md:hidden" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <header className="flex min-h-5 flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-medium">{agentTitle(metadata.agent)}</span>
          {metadata.routing !== undefined && metadata.routing !== '' && (
            <span lang={metadata.language} className="text-faint">
              {metadata.routing}
            </span>
          )}
          <RelativeTime
            at={message.at}
            className="text-xs text-faint opacity-0 transition-opacity max-md:hidden group-hover:opacity-100 group-focus-within:opacity-100"
          />
        </header>
        {(state === 'waiting' || (state === 'streaming' && message.activity != null)) && <Waiting activity={message.activity} />}
        <div lang={metadata.language} className="contents">
          <AnswerParts parts={message.parts} citations={metadata.citations ?? []} streaming={state === 'streaming'} answered={answered} onAsk={onAsk} />
        </div>
        {state === 'stopped' && (
          <p className="flex items-center gap-1.5 text-sm text-faint">
            <CircleSlash aria-hidden className="size-3.5" /> Stopped. What had arrived is kept.
          </p>
        )}
        {state === 'failed' && message.failure === null && (
          <p className="flex items-center gap-1.5 text-sm text-warning">
            <Unplug aria-hidden className="size-3.5 shrink-0" />
            {message.parts.length > 0 ? 'Interrupted before it was finished. What had arrived is kept.' : 'Interrupted before anything arrived.'}
          </p>
        )}
        {message.failure !== null && <ErrorState compact error={new Error(message.failure)} onRetry={again} />}
        {settled && (
          <footer className="-ml-1.5 flex flex-wrap items-center gap-0.5">
            {message.parts.length > 0 && (
              <Button ref={explainer} small look="quiet" aria-expanded={explained} onClick={onExplain}>
                <Route aria-hidden className="size-3.5" /> How was this found?
              </Button>
            )}
            {message.parts.length > 0 && <CopyButton label="Copy answer" text={() => answerText(message.parts)} />}
            {state === 'done' && isWithoutFinding(message.parts) && (
              <Link to="/help/questions" className={buttonClass('quiet', true)}>
                <CircleQuestionMark aria-hidden className="size-3.5" /> What you can ask
              </Link>
            )}
            {state === 'done' && isUuid(message.id) && message.parts.length > 0 && <NotRight messageId={message.id} />}
            {brokeOff && again !== undefined && (
              <Button small look="quiet" onClick={again}>
                <RotateCcw aria-hidden className="size-3.5" /> Ask again
              </Button>
            )}
            {brokeOff && mayGoOn && (
              <Button small look="quiet" onClick={() => onAsk(goOnSentence(metadata))}>
                <ArrowRight aria-hidden className="size-3.5" /> Continue
              </Button>
            )}
            {state === 'done' && isUuid(message.id) && onRegenerate !== undefined && (
              <IconButton small label="Answer again" onClick={onRegenerate}>
                <RefreshCw className="size-3.5" />
              </IconButton>
            )}
            <BranchSwitch message={message} disabled={busy} onShow={onShowBranch} />
            <ModelNote metadata={metadata} />
          </footer>
        )}
      </div>
    </article>
  )
}
