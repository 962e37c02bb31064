import { isIP } from 'node:net'
import { AppError } from '#backend/kernel/errors.ts'

/** The address of an Insightly pod, such as `na1`. @throws AppError VALIDATION when it is not the name of a pod */
export function addressOfPod(pod: string): string {
  const name = pod.trim().toLowerCase()
  if (!/^[a-z]{1,8}[0-9]{1,3}$/.test(name))
    throw new AppError('VALIDATION', 'This is not the name of an Insightly pod. It stands in the address of your Insightly: crm.na1.insightly.com is pod na1.')
  return `https://api.${name}.insightly.com/v3.1`
}

/**
 * The operator's address of the API, without a slash at its end.
 * @throws AppError VALIDATION when it is not a web address, or would send the key unencrypted to another machine
 */
export function toApiAddress(address: string): URL {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new AppError('VALIDATION', 'INSIGHTLY_API_URL is not an address of the Insightly API. Write one such as https://api.na1.insightly.com/v3.1.')
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    throw new AppError('VALIDATION', 'INSIGHTLY_API_URL would send the API key unencrypted to another machine. Use https.')
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))
}
