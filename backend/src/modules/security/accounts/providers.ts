import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth'

/** As much of the configuration as outside sign-in needs. */
export interface ProviderSettings {
  azureAdClientId?: string | undefined
  azureAdClientSecret?: string | undefined
  azureAdTenantId?: string | undefined
  oidcIssuer?: string | undefined
  oidcClientId?: string | undefined
  oidcClientSecret?: string | undefined
}

export interface OutsideProvider {
  id: string
  label: string
  connect: GenericOAuthConfig
}

/** The outside providers that are set up; each by discovery, with PKCE, and with ID tokens that are verified. */
export function listProviders(settings: ProviderSettings): OutsideProvider[] {
  return [...microsoft(settings), ...openId(settings)]
}

function openId({ oidcIssuer, oidcClientId, oidcClientSecret }: ProviderSettings): OutsideProvider[] {
  if (oidcIssuer === undefined || oidcClientId === undefined || oidcClientSecret === undefined) return []
  const connect = connection({
    providerId: 'oidc',
    issuer: oidcIssuer.replace(/\/+$/, ''),
    clientId: oidcClientId,
    clientSecret: oidcClientSecret,
  })
  return [{ id: 'oidc', label: new URL(oidcIssuer).hostname, connect }]
}

function microsoft({ azureAdClientId, azureAdClientSecret, azureAdTenantId }: ProviderSettings): OutsideProvider[] {
  if (azureAdClientId === undefined || azureAdClientSecret === undefined || azureAdTenantId === undefined) return []
  const connect: GenericOAuthConfig = {
    ...connection({
      providerId: 'microsoft',
      issuer: `https://login.microsoftonline.com/${encodeURIComponent(azureAdTenantId)}/v2.0`,
      clientId: azureAdClientId,
      clientSecret: azureAdClientSecret,
    }),
    mapProfileToUser: (profile) => ({ emailVerified: isVerifiedByEntra(profile) }),
  }
  return [{ id: 'microsoft', label: 'Microsoft', connect }]
}

/**
 * Entra's `email` claim is whatever an administrator of some directory wrote there. It counts when Entra says that the owner of
 * the domain was verified, or when it is the sign-in name of this directory, whose domains are.
 */
export function isVerifiedByEntra(profile: Record<string, unknown>): boolean {
  const { email, preferred_username: signInName, xms_edov: ownedDomain, email_verified: verified } = profile
  if (typeof email !== 'string') return false
  const isTrue = (claim: unknown) => claim === true || claim === 1 || claim === '1' || claim === 'true'
  return isTrue(verified) || isTrue(ownedDomain) || (typeof signInName === 'string' && signInName.toLowerCase() === email.toLowerCase())
}

function connection({ issuer, ...client }: { providerId: string; issuer: string; clientId: string; clientSecret: string }): GenericOAuthConfig {
  return {
    ...client,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    pkce: true,
    scopes: ['openid', 'profile', 'email'],
  }
}
