/** Pods that Insightly is known to have; any other address is written out. */
export const pods = ['na1', 'eu1', 'ap1', 'aps1', 'eu2', 'au1'] as const
export const anotherAddress = 'another'

export const addressOfPod = (pod: string): string => `https://api.${pod}.insightly.com/v3.1`

/** What a person copied, as the server takes it; Insightly's own pages show it with and without the version. */
export function tidyAddress(text: string): string {
  const trimmed = text.trim().replace(/\/+$/, '')
  const withScheme = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  return /\/v\d+(\.\d+)?$/i.test(withScheme) ? withScheme : `${withScheme}/v3.1`
}
