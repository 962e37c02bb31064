import type { AskedQuestion } from './ask-questions.ts'
import { type FamilyScore, passes, percent, scoreByFamily } from './score.ts'

const shownGoldRows = 8
const shownRows = 6

/** The score by family as a table, then each question that was not answered right with both answers. */
export function reportText(results: readonly AskedQuestion[], { showDeclined }: { showDeclined: boolean }): string {
  const { families, overall } = scoreByFamily(results.map(({ question, verdict }) => ({ family: question.family, verdict })))
  const line = ({ family, asked, right, wrong, declined }: FamilyScore) =>
    `${family.padEnd(22)}${String(asked).padStart(6)}${String(right).padStart(7)}${String(wrong).padStart(7)}${String(declined).padStart(10)}   ${percent(right, asked)}`
  const failed = results.filter(({ verdict }) => verdict === 'wrong' || (showDeclined && verdict === 'declined'))
  return [
    ...failed.flatMap((result) => [describeFailure(result), '']),
    `${'family'.padEnd(22)}${'asked'.padStart(6)}${'right'.padStart(7)}${'wrong'.padStart(7)}${'declined'.padStart(10)}`,
    ...families.map(line),
    line(overall),
    passes(overall)
      ? 'Passed: at least 95 % right, at most 2 % wrong.'
      : `Not passed: ${percent(overall.right, overall.asked)} right (at least 95 %), ${percent(overall.wrong, overall.asked)} wrong (at most 2 %).`,
  ].join('\n')
}

/** One question that was not answered right: what was asked, what is true, what was said. */
export function describeFailure({ question, gold, answer, verdict, reason }: AskedQuestion): string {
  const goldRows = gold.rows.slice(0, shownGoldRows).map((row) => `    ${row.map(String).join(' | ')}`)
  const parts = (answer?.parts ?? []).flatMap((part) => {
    switch (part.type) {
      case 'data-metric':
        return [`    ${part.data.label}: ${String(part.data.value)} ${part.data.currency ?? part.data.unit ?? ''}`]
      case 'data-table':
        return [
          `    table of ${part.data.total}:`,
          ...part.data.rows.slice(0, shownRows).map(
            (row) =>
              `      ${Object.entries(row)
                .filter(([key]) => !key.endsWith('id'))
                .map(([, cell]) => String(cell))
                .join(' | ')}`,
          ),
        ]
      case 'data-plan':
        return [`    plan: ${JSON.stringify(part.data)}`]
      case 'data-clarify':
        return [`    asks: ${part.data.question} ${part.data.options.map(({ label }) => label).join(' / ')}`]
      default:
        return []
    }
  })
  return [
    `${question.id} (${question.family}): ${verdict}, ${reason ?? ''}`,
    `  asked: ${question.ask.join(' → ')}`,
    `  gold (${question.expect}): ${gold.rows.length} rows${question.sql === undefined ? '' : `, ${gold.columns.join(' | ')}`}`,
    ...goldRows,
    `  said: ${answer?.text.slice(0, 300) ?? 'nothing'}`,
    ...parts,
  ].join('\n')
}
