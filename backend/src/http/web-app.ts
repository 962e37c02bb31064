import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendNotFound } from './errors.ts'

/** Serves the built web app; any path that is not the API's and asks for a page gets `index.html`, which finds its own way. */
export async function registerWebApp(app: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.setNotFoundHandler(sendNotFound)
    app.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('ChatSG is running; its web app is not built. Run: npm run build\n'))
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: ['index.html'],
    setHeaders(response, path) {
      response.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !/^\/(api|metrics|mcp)(\/|$|\?)/.test(request.url) && (request.headers.accept ?? '').includes('text/html')
    if (wantsPage) return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
    return sendNotFound(request, reply)
  })
}
