import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { confidentialSettingsSchema } from '#contracts/confidential.ts'
import type { ConfidentialFields } from './confidential-fields.service.ts'

const path = '/api/settings/confidential-fields'

/** `/api/settings/confidential-fields`: what no prompt of a language model may hold. */
export function confidentialRoutes({ confidential }: { confidential: ConfidentialFields }): FastifyPluginAsyncZod {
  return async (app) => {
    const tags = ['Workspace']
    const config = { access: 'workspace:admin' } as const
    const response = { 200: confidentialSettingsSchema }
    app.get(path, { config, schema: { tags, summary: 'Fields that language models never see', response } }, (request) =>
      confidential.getSettings(request.actor),
    )
    app.put(
      path,
      { config, schema: { tags, summary: 'Choose the fields that language models never see', body: confidentialSettingsSchema, response } },
      (request) => confidential.putSettings(request.actor, request.body),
    )
  }
}
