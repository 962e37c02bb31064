/** As much of the library as the test of outside sign-in uses; it ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Configuration {
    clients: { client_id: string; client_secret: string; redirect_uris: string[] }[]
    claims: Record<string, string[]>
    pkce: { required: () => boolean }
    cookies: { keys: string[] }
    findAccount: (context: unknown, id: string) => { accountId: string; claims: () => Record<string, unknown> }
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration)
    callback(): (request: IncomingMessage, response: ServerResponse) => void
  }
}
