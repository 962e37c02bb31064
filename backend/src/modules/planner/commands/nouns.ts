import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

/** English nouns of records, with what they may be here, likeliest first. */
const nouns: readonly { pattern: string; entities: readonly EntityName[]; state?: string }[] = [
  { pattern: 'customers?|clients?|accounts?', entities: ['contacts', 'leads', 'organisations'] },
  { pattern: 'leads?|prospects?', entities: ['leads', 'contacts'] },
  { pattern: 'contacts?|people', entities: ['contacts', 'leads'] },
  { pattern: 'deals?|opportunit(?:y|ies)', entities: ['opportunities'] },
  { pattern: 'companies|company|organi[sz]ations?|firms?', entities: ['organisations'] },
  { pattern: 'tasks?|to[ -]dos|to-?dos?|tickets?|action items?|work items?|work', entities: ['tasks'] },
  { pattern: 'meetings?|events?|appointments?|calendar (?:entry|entries|events?)|calls?|sessions?', entities: ['events'] },
  { pattern: 'emails?|mails?|messages?', entities: ['emails'] },
  { pattern: 'notes?', entities: ['notes'] },
  // Who has been made one.
  { pattern: 'proposals', entities: ['contacts', 'leads', 'opportunities'], state: 'proposal' },
  { pattern: 'products?', entities: ['products'] },
]

export const nounPattern = nouns.map(({ pattern }) => pattern).join('|')

/** What a noun may be, and whether it speaks of several. */
export function readNoun(text: string): { entities: readonly EntityName[]; plural: boolean; isLead: boolean; state?: string } | undefined {
  const said = fold(text)
  const noun = nouns.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(said))
  return noun === undefined
    ? undefined
    : {
        entities: noun.entities,
        plural: /s$|people|ies$/.test(said),
        isLead: /^(?:lead|prospect)/.test(said),
        ...(noun.state === undefined ? {} : { state: noun.state }),
      }
}

/** Where records are, which says nothing of them. */
export const placeTail =
  /(?:\s+(?:in|from|on|off|of|to|inside|within|into) (?:(?:the|our|my|your) )?(?:crm|system|database|db|calendar|diary|schedule|inbox|mailbox|outbox|task (?:list|board)|project (?:board|tracker|plan)|records?|(?:crm|customer|client|contact|sales) (?:system|database|records|list|base|files?)|(?:sales )?pipeline|books|application|app))+$/i
