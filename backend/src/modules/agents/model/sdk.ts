let sdk: Promise<typeof import('ai')> | undefined

/** The AI SDK, which takes a while to load; a start does not wait for it. */
export function loadSdk(): Promise<typeof import('ai')> {
  sdk ??= import('ai').catch((error: unknown) => {
    sdk = undefined
    throw error
  })
  return sdk
}
