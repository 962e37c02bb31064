import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { changeConsentSchema, consentSchema, grammarSchema, keepQuestionSchema, keptQuestionSchema } from '#contracts/questions.ts'
import type { KeptQuestions } from './kept-questions.service.ts'
import type { QuestionGuide } from './question-guide.ts'

const path = '/api/chat/kept-questions'
const timeZone = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
      return false
    }
  }, 'Not a time zone; write one such as Europe/London.')

/** `/api/chat/grammar`: what can be asked; `/api/chat/kept-questions`: what was not answered right, for people who allow it. */
export function questionRoutes({ kept, guide }: { kept: KeptQuestions; guide: QuestionGuide }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'chat' } as const
    const tags = ['chat']

    app.get(
      '/api/chat/grammar',
      {
        config: { access: 'crm:read' as const },
        schema: { tags, summary: 'What can be asked here', querystring: z.object({ timeZone: timeZone.default('UTC') }), response: { 200: grammarSchema } },
      },
      (request) => guide.explain(request.actor, request.query.timeZone),
    )

    app.get(
      path,
      {
        config,
        schema: {
          tags,
          summary: 'Kept questions: one’s own, for owners and admins the workspace’s',
          querystring: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(300).optional() }),
          response: { 200: z.object({ items: z.array(keptQuestionSchema), nextCursor: z.string().nullable(), total: z.int() }) },
        },
      },
      (request) => kept.list(request.actor, request.query),
    )

    app.post(
      path,
      { config, schema: { tags, summary: 'Say that an answer is not right', body: keepQuestionSchema, response: { 204: z.null() } } },
      async (request, reply) => {
        await kept.keep(request.actor, request.body.messageId)
        return await reply.code(204).send(null)
      },
    )

    app.delete(
      path,
      { config, schema: { tags, summary: 'Delete all kept questions that one sees', response: { 200: z.object({ deleted: z.int() }) } } },
      (request) => kept.deleteAll(request.actor),
    )

    app.get(`${path}/consent`, { config, schema: { tags, summary: 'Whether one’s questions may be kept', response: { 200: consentSchema } } }, (request) =>
      kept.consent(request.actor),
    )

    app.patch(
      `${path}/consent`,
      { config, schema: { tags, summary: 'Allow or forbid to keep one’s questions', body: changeConsentSchema, response: { 200: consentSchema } } },
      (request) => kept.changeConsent(request.actor, request.body.consents),
    )

    app.get(
      `${path}/export`,
      { config, schema: { tags, summary: 'Kept questions as a question table (JSON lines)', response: { 200: z.any() } } },
      async (request, reply) => {
        const lines = Readable.from(kept.exportLines(request.actor))
        return await reply.type('application/x-ndjson; charset=utf-8').header('content-disposition', 'attachment; filename="kept-questions.jsonl"').send(lines)
      },
    )

    app.delete(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Delete a kept question', params: z.object({ id: z.uuid() }), response: { 204: z.null() } } },
      async (request, reply) => {
        await kept.delete(request.actor, request.params.id)
        return await reply.code(204).send(null)
      },
    )
  }
}
