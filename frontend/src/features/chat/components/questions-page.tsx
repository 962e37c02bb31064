import { useQuery } from '@tanstack/react-query'
import type { Grammar } from '#contracts/questions.ts'
import { PageHeader } from '@/components/page-header.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { grammarQuery } from '../api/questions.ts'

function Examples({ families, onAsk }: { families: Grammar['families']; onAsk: (message: string) => void }) {
  return (
    <div className="gap-x-8 md:columns-2">
      {families.map(({ name, examples }) => (
        <section key={name} aria-label={name} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 text-sm font-medium">{name}</h3>
          <ul>
            {examples.map(({ question }) => (
              <li key={question}>
                <button type="button" className="py-0.5 text-left text-sm text-accent-text hover:underline" onClick={() => onAsk(question)}>
                  {question}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Records({ entities }: { entities: Grammar['entities'] }) {
  return (
    <ul className="flex flex-col">
      {entities.map(({ name, label, words, fields }) => (
        <li key={name} className="grid grid-cols-[140px_1fr] gap-x-4 border-t py-2.5 text-sm last:border-b max-md:grid-cols-1">
          <span className="font-medium">{label}</span>
          <div className="min-w-0">
            <p>{fields.map((field) => field.label).join(', ')}</p>
            {words.length > 0 && <p className="mt-0.5 text-xs text-faint">Also: {words.join(', ')}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Phrases({ phrases }: { phrases: readonly string[] }) {
  return <p className="text-sm text-soft">{phrases.map((phrase) => `“${phrase}”`).join(', ')}</p>
}

/** Without those that only lengthen the name. */
const otherWords = (name: string, words: readonly string[]): string[] => words.filter((word) => !word.toLowerCase().startsWith(name.toLowerCase()))

function Guide({ grammar, onAsk }: { grammar: Grammar; onAsk: (message: string) => void }) {
  return (
    <>
      <Section title="Questions" description="Each of these has an answer in your records. Click one to ask it.">
        <Examples families={grammar.families} onAsk={onAsk} />
      </Section>
      <Section
        title="Records and their fields"
        description="Every field can be asked for, filtered by, sorted by and, where it makes sense, counted or added up."
      >
        <Records entities={grammar.entities} />
      </Section>
      <Section title="Figures">
        <ul className="flex flex-col text-sm">
          {grammar.measures.map(({ name, words }) => (
            <li key={name} className="grid grid-cols-[170px_1fr] gap-x-4 border-t py-2 last:border-b max-md:grid-cols-1">
              <span className="font-medium">{name}</span>
              <span className="text-soft">{otherWords(name, words).join(', ')}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Time">
        <Phrases phrases={grammar.times} />
      </Section>
      <Section title="After an answer" description="A message that names nothing of its own changes the answer before it.">
        <Phrases phrases={grammar.followUps} />
      </Section>
    </>
  )
}

/** What can be asked here, made from the words that are understood, the fields of the records and the data itself. */
export function QuestionsPage({ onAsk }: { onAsk: (message: string) => void }) {
  const { data, error, isPending, refetch } = useQuery(grammarQuery)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="What you can ask" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[920px] px-5 py-6 max-md:px-4">
          {isPending && <SkeletonRows rows={10} />}
          {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
          {data !== undefined && data.families.length === 0 && (
            <p className="py-10 text-center text-soft">There are no records yet. Import some, and this page shows what can be asked of them.</p>
          )}
          {data !== undefined && data.families.length > 0 && <Guide grammar={data} onAsk={onAsk} />}
        </div>
      </div>
    </div>
  )
}
