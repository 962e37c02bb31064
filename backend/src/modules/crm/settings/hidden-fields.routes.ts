import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { hiddenFieldsSchema } from '#contracts/hidden-fields.ts'
import type { HiddenFieldsService } from './hidden-fields.service.ts'

const path = '/api/settings/hidden-fields'

/** `/api/settings/hidden-fields`: which fields which roles do not see. */
export function hiddenFieldsRoutes({ hiddenFields }: { hiddenFields: HiddenFieldsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const tags = ['Workspace']
    const response = { 200: hiddenFieldsSchema }
    app.get(path, { config: { access: 'crm:read' }, schema: { tags, summary: 'Fields that are hidden from roles', response } }, (request) =>
      hiddenFields.getHiddenFields(request.actor),
    )
    app.put(
      path,
      { config: { access: 'workspace:admin' }, schema: { tags, summary: 'Choose the fields that roles do not see', body: hiddenFieldsSchema, response } },
      (request) => hiddenFields.putHiddenFields(request.actor, request.body),
    )
  }
}
