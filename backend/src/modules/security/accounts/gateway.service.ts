import type { Endpoint } from './endpoints.ts'
import type { EngineAnswer } from './engine-client.ts'
import { createGatewayTools, type GatewayOptions, type GatewayRequest } from './gateway-tools.ts'
import { createPasswordSteps } from './password-steps.ts'
import { createSignInSteps } from './sign-in-steps.ts'

export type Gateway = ReturnType<typeof createGateway>

/** What happens around better-auth's endpoints: guesses are slowed down, passwords judged, sign-ins written down, tokens kept inside. */
export function createGateway(options: GatewayOptions) {
  const { engine, sessions, audit } = options
  const tools = createGatewayTools(options)
  const { forward, accepted, own } = tools
  const { signIn, verifyCode, returnFromProvider } = createSignInSteps(options, tools)
  const { confirmed, requestReset, reset } = createPasswordSteps(options, tools)

  return {
    /** @throws AppError in our words when it is refused */
    async handle(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
      switch (endpoint.path) {
        case 'sign-in/email':
          return signIn(endpoint, request)
        case 'sign-in/social':
        case 'sign-in/oauth2':
          await engine.reach(String(request.body.provider))
          return accepted(await forward(endpoint, request))
        case 'callback/:provider':
          return returnFromProvider(endpoint, request)
        case 'two-factor/verify-totp':
        case 'two-factor/verify-backup-code':
          return verifyCode(endpoint, request)
        case 'request-password-reset':
          return requestReset(endpoint, request)
        case 'reset-password':
          return reset(endpoint, request)
        case 'get-session':
          return accepted(await forward(endpoint, request))
        case 'revoke-other-sessions': {
          const { session } = await own(request.headers)
          await sessions.endAll(session.accountId, session.id)
          audit.note(session.actor, { event: 'SIGN_OUT', operation: 'account.endOtherSessions', outcome: 'ok' })
          return { status: 200, cookies: [], body: { status: true } }
        }
        default:
          return confirmed(endpoint, request)
      }
    },
  }
}
