import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'

/**
 * How an answer is compared with the rows of its gold statement:
 * `metric` value (and currency); `labels` and `ids` of the records shown; `groups` key (and currency) with value;
 * `contains` every gold cell somewhere in the answer; `decline` and `clarify` need no statement.
 */
export const expectations = ['metric', 'labels', 'ids', 'groups', 'contains', 'decline', 'clarify'] as const

export const questionSchema = z
  .strictObject({
    id: z.string().min(1),
    family: z.string().min(1),
    voice: z.string().default('plain'),
    /** Messages of one session; the answer to the last is judged. */
    ask: z.array(z.string().min(1)).min(1),
    /** One SELECT over the tables; `$1` is the workspace, `$2` the moment of asking. */
    sql: z.string().optional(),
    expect: z.enum(expectations),
    /** The order of the records shown counts. */
    ordered: z.boolean().default(false),
  })
  .refine((question) => question.sql !== undefined || question.expect === 'decline' || question.expect === 'clarify', 'needs sql')
export type Question = z.infer<typeof questionSchema>

/** Questions of a JSONL file; empty lines and lines that begin with // are passed over. @throws AppError VALIDATION naming each bad line */
export function parseQuestions(text: string): Question[] {
  const questions: Question[] = []
  const details: { row: number; message: string }[] = []
  const ids = new Set<string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('//')) continue
    try {
      const question = questionSchema.parse(JSON.parse(line))
      if (ids.has(question.id)) details.push({ row: index + 1, message: `the id "${question.id}" is used twice` })
      ids.add(question.id)
      questions.push(question)
    } catch (error) {
      details.push({ row: index + 1, message: error instanceof z.ZodError ? z.prettifyError(error) : 'is not JSON' })
    }
  }
  const [first] = details
  if (first !== undefined) throw new AppError('VALIDATION', `Line ${first.row} of the question file: ${first.message}.`, { details })
  if (questions.length === 0) throw new AppError('VALIDATION', 'The question file holds no question.')
  return questions
}
