import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendNotFound } from './errors.ts'

const seconds = 2

/** Serves the built web app; any path that is not the API's and asks for a page gets `index.html`, which finds its own way. */
export async function registerWebApp(app: FastifyInstance, { folder, cdn }: { folder: string; cdn: boolean }): Promise<void> {
  // Their names change with their content. Caches between here and the browser keep them only where there is one on purpose.
  const ofAssets = cdn ? 'public, max-age=31536000, immutable' : 'private, max-age=31536000'
  const index = join(folder, 'index.html')
  await app.register(fastifyStatic, {
    root: folder,
    suppressWarning: true,
    dotfiles: 'ignore',
    index: ['index.html'],
    setHeaders(response, path) {
      response.header('cache-control', /[\\/]assets[\\/]/.test(path) ? ofAssets : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !/^\/(api|metrics|mcp|v1)(\/|$|\?)/.test(request.url) && (request.headers.accept ?? '').includes('text/html')
    if (!wantsPage) return sendNotFound(request, reply)
    if (!existsSync(index)) return sendNotBuilt(reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  })
}

/** A first start serves the API while the web app is still being built. */
function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('retry-after', String(seconds))
    .header('refresh', String(seconds))
    .type('text/plain; charset=utf-8')
    .send('The web app is being built; this page tries again by itself. If it stays, run: npm run build\n')
}
