import type { RequestParts } from '#backend/modules/security/index.ts'
import { encodeEntities, encodeForm, encodeUnicodeEscapes } from './encoders.ts'

const name = 'f3a91c'
const headers = {
  host: 'crm.example.com',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: '*/*',
  'accept-encoding': 'gzip',
}

function get(path: string, query = '', more: Record<string, string> = {}): RequestParts {
  return { method: 'GET', path, query, headers: { ...headers, ...more } }
}

function post(contentType: string, text: string, path = '/', more: Record<string, string> = {}): RequestParts {
  return {
    method: 'POST',
    path,
    query: '',
    headers: { ...headers, ...(contentType !== '' && { 'content-type': contentType }), ...more },
    body: { contentType, text },
  }
}

function soap(payload: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body><find xmlns="https://example.com/api"><filter><ab${name}>${encodeEntities(payload)}</ab${name}></filter></find></soapenv:Body></soapenv:Envelope>`
}

const multipart = (payload: string) =>
  post('multipart/form-data; boundary=4f1b2c', `--4f1b2c\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${payload}\r\n--4f1b2c--\r\n`)
const urlPath = (payload: string) => {
  const [path = '', ...query] = payload.split('?')
  return get(`/${path}`, query.join('?'))
}

/** Where GoTestWAF puts an encoded payload, by its names. */
export const placeholders: Record<string, (payload: string) => RequestParts> = {
  URLPath: urlPath,
  URLParam: (payload) => get('/', `${name}=${payload}`),
  NonCrudUrlPath: urlPath,
  NonCrudUrlParam: (payload) => get('/', `${name}=${payload}`),
  Header: (payload) => get('/', '', { [`x-${name}`]: payload }),
  NonCRUDHeader: (payload) => get('/', '', { [`x-${name}`]: payload }),
  UserAgent: (payload) => get('/', '', { 'user-agent': payload }),
  HTMLForm: (payload) => post('application/x-www-form-urlencoded', `${name}=${payload}`),
  HTMLMultipartForm: multipart,
  JSONBody: (payload) => post('application/json', payload),
  JSONRequest: (payload) => post('application/json', `{"test":true, "${name}": "${encodeUnicodeEscapes(payload)}"}`),
  RequestBody: (payload) => post('', payload),
  NonCRUDRequestBody: (payload) => post('', payload),
  SOAPBody: (payload) => post('text/xml', soap(payload)),
  XMLBody: (payload) => post('text/xml', payload),
  GraphQL: (payload) => post('', payload, '/graphql'),
  GraphQLQuery: (payload) => get('/graphql', `query=${encodeForm(payload)}`),
}

/** A request written out in the test case, with the payload in its place. */
export function rawRequest(config: { method: string; path: string; headers: Record<string, string>; body: string }, payload: string): RequestParts {
  const fill = (text: string) => text.replaceAll('{{payload}}', () => payload)
  const own = Object.fromEntries(Object.entries(config.headers).map(([key, value]) => [key.toLowerCase(), fill(value)]))
  const [path = '/', ...query] = fill(config.path).split('?')
  const body = fill(config.body)
  const contentType = own['content-type'] ?? ''
  return { method: config.method, path, query: query.join('?'), headers: { ...headers, ...own }, ...(body !== '' && { body: { contentType, text: body } }) }
}
