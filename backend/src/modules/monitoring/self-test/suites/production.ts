import { expectSame, expectStatus, expectThat } from '../expect.ts'
import type { Suite } from '../suite.ts'

export const productionManagerSuite: Suite = {
  name: 'Production Manager',
  tests: [
    {
      name: 'Health: basic, liveness and readiness',
      async run(world) {
        for (const check of ['basic', 'liveness', 'readiness'])
          expectStatus(await world.call('GET', `/api/health?check=${check}`, { as: 'nobody' }), 200, check)
      },
    },
    {
      name: 'Health in detail: the database answers; figures are for operators alone',
      async run(world) {
        const detailed = await world.call('GET', '/api/health?check=detailed')
        expectStatus(detailed, 200, 'Detailed health')
        const services = detailed.body.services as { name: string; status: string }[]
        expectSame(services.find(({ name }) => name === 'database')?.status, 'healthy', 'The database')
        const memory = (detailed.body.metrics as { memory?: { residentBytes: number } } | undefined)?.memory
        expectThat((memory?.residentBytes ?? 0) > 0, 'Expected the memory in use.')
        const forStrangers = await world.call('GET', '/api/health?check=detailed', { as: 'nobody' })
        expectThat(forStrangers.body.metrics === undefined && forStrangers.body.deployment === undefined, 'Strangers are told figures.')
      },
    },
    {
      name: 'The configuration is valid',
      async run(world) {
        const answered = await world.call('GET', '/api/health?check=config')
        expectThat(answered.body.valid === true, `Variables with a problem: ${(answered.body.errors as string[] | undefined)?.join(', ')}.`)
      },
    },
    {
      name: 'The deployment is known, and a flag is switched and given back',
      async run(world) {
        const deployment = await world.call('GET', '/api/deployment')
        expectStatus(deployment, 200, 'The deployment')
        expectThat(typeof deployment.body.version === 'string' && deployment.body.version !== '', 'Expected a version.')
        const on = await world.call('PATCH', '/api/deployment/flags', { body: { 'self-test': true } })
        expectStatus(on, 200, 'Switching a flag')
        expectSame((on.body.flags as Record<string, boolean>)['self-test'], true, 'The flag')
        const off = await world.call('PATCH', '/api/deployment/flags', { body: { 'self-test': null } })
        expectSame((off.body.flags as Record<string, boolean>)['self-test'], undefined, 'The flag after it was given back')
      },
    },
    {
      name: 'Requests are counted in the metrics',
      async run(world) {
        const count = async () => {
          const { body } = await world.call('GET', '/api/health?check=basic')
          expectSame(body.status, 'ok', 'Health')
          const page = await world.metrics()
          const lines = page.split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count') && line.includes('route="/api/health"'))
          return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
        }
        const before = await count()
        const after = await count()
        expectThat(after > before, `Expected more than ${before} requests to be counted, got ${after}.`)
      },
    },
    {
      name: 'The API is described, and every route of it states who may call it',
      async run(world) {
        const described = await world.call('GET', '/api/openapi.json', { as: 'nobody' })
        expectStatus(described, 200, 'The description')
        const paths = described.body.paths as Record<string, Record<string, { 'x-access'?: string }>>
        const silent = Object.entries(paths).filter(([, methods]) => Object.values(methods).some((operation) => operation['x-access'] === undefined))
        expectSame(
          silent.map(([path]) => path),
          [],
          'Routes that do not state who may call them',
        )
      },
    },
  ],
}
