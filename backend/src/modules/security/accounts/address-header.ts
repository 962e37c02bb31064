/** Header in which this server, and nobody else, tells better-auth the client's address. */
export const addressHeader = 'x-chatsg-client-address'
