import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Proposal, ProposalSource } from '#contracts/approvals.ts'
import { entities } from '#contracts/entities.ts'
import { agentWords } from '@/lib/agent-words.ts'
import { pageEntityOf, pathOfRecord } from '@/lib/record-links.ts'

/** "a record", "an e-mail". */
const article = (words: string): string => (/^[aeiou]/.test(words) ? 'an' : 'a')

const linkClass = 'underline underline-offset-2 hover:text-text'

const kindNames: Readonly<Record<ProposalSource['kind'], string>> = {
  sentence: 'a message',
  record: 'a record',
  email: 'an e-mail',
  api: 'a program',
  mcp: 'a program (MCP)',
  workflow: 'a workflow',
  schedule: 'a schedule',
}

function sourceLink({ kind, sessionId, entity, recordId }: ProposalSource, batchId: string): ReactNode {
  if (kind === 'workflow')
    return (
      <>
        a{' '}
        <Link to="/automations" search={{ view: 'workflows', batch: batchId }} className={linkClass}>
          workflow
        </Link>
      </>
    )
  const page = pageEntityOf(entity)
  if (page !== undefined && recordId !== undefined)
    return (
      <>
        {article(entities[page].label.toLowerCase())}{' '}
        <Link to={pathOfRecord(page, recordId)} className={linkClass}>
          {entities[page].label.toLowerCase()}
        </Link>
      </>
    )
  if (sessionId !== undefined)
    return (
      <>
        a{' '}
        <Link to="/chat/{-$sessionId}" params={{ sessionId }} className={linkClass}>
          conversation
        </Link>
      </>
    )
  return kindNames[kind]
}

/** Who asked for it, through which agent, and what for. */
export function ProposalSourceLine({ proposal, inConversation }: { proposal: Proposal; inConversation: boolean }) {
  const { requestedBy, source, batchId } = proposal
  // The person asked right here, and no agent added anything of its own.
  if (inConversation && requestedBy.agent === null && source.entity === undefined) return null
  return (
    <p className="text-xs text-faint">
      {requestedBy.agent === null ? requestedBy.name : `${agentWords(requestedBy.agent)} for ${requestedBy.name}`}
      {(!inConversation || source.entity !== undefined) && <>, from {sourceLink(source, batchId)}</>}
      {!inConversation && source.text !== undefined && source.text !== '' && (
        <>
          : <q className="text-soft">{source.text.length > 160 ? `${source.text.slice(0, 160)}…` : source.text}</q>
        </>
      )}
    </p>
  )
}
