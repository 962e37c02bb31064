/** Words of the fifth world: buildings and those who look after them, in three countries with dollars of their own. */

export const owners = ['Talia Ngata', 'Hamish Fraser', 'Wei Ling Tan', 'Priya Raman', 'Jack Doolan', 'Jack Whitlam', 'Siobhan Keogh'] as const

/** Whoever asks. */
export const asker = 'Talia Ngata'

export type Currency = 'AUD' | 'NZD' | 'SGD'

export interface Place {
  city: string
  state: string
  country: string
  currency: Currency
  dial: string
}

const inCountry = (country: string, currency: Currency, lines: readonly (readonly [city: string, state: string, dial: string])[]): Place[] =>
  lines.map(([city, state, dial]) => ({ city, state, country, currency, dial }))

// Jack is the first name of two owners; Singapore is a city and a country, and has no state.
export const places: readonly Place[] = [
  ...inCountry('Australia', 'AUD', [
    ['Sydney', 'New South Wales', '+61 2'],
    ['Sydney', 'New South Wales', '+61 2'],
    ['Newcastle', 'New South Wales', '+61 2'],
    ['Wollongong', 'New South Wales', '+61 2'],
    ['Melbourne', 'Victoria', '+61 3'],
    ['Melbourne', 'Victoria', '+61 3'],
    ['Geelong', 'Victoria', '+61 3'],
    ['Brisbane', 'Queensland', '+61 7'],
    ['Cairns', 'Queensland', '+61 7'],
    ['Perth', 'Western Australia', '+61 8'],
    ['Hobart', 'Tasmania', '+61 3'],
    ['Darwin', 'Northern Territory', '+61 8'],
  ]),
  ...inCountry('New Zealand', 'NZD', [
    ['Auckland', 'Auckland', '+64 9'],
    ['Auckland', 'Auckland', '+64 9'],
    ['Wellington', 'Wellington', '+64 4'],
    ['Christchurch', 'Canterbury', '+64 3'],
    ['Dunedin', 'Otago', '+64 3'],
    ['Hamilton', 'Waikato', '+64 7'],
  ]),
  ...inCountry('Singapore', 'SGD', [
    ['Singapore', '', '+65'],
    ['Singapore', '', '+65'],
    ['Singapore', '', '+65'],
  ]),
]
export const openings = [
  'Banksia',
  'Harbourline',
  'Kauri Point',
  'Southbank',
  'Wattle Grove',
  'Merlion Quay',
  'Raffles Green',
  'Tūī Park',
  'Pōhutukawa',
  'Ironbark',
  'Coral Bay',
  'Bluegum',
  'Rangitoto',
  'Orchard Row',
  'Stringybark',
  'Old Mint',
] as const
export const trades = [
  ['Apartments', 'Residential'],
  ['Strata', 'Residential'],
  ['Retirement Village', 'Aged care'],
  ['Nursing Home', 'Aged care'],
  ['Shopping Centre', 'Retail'],
  ['Markets', 'Retail'],
  ['Grammar School', 'Education'],
  ['Polytechnic', 'Education'],
  ['Medical Centre', 'Healthcare'],
  ['Hotel', 'Hospitality'],
  ['Distribution Park', 'Logistics'],
  ['Cold Storage', 'Logistics'],
] as const
export const firstNames = [
  ...['Anahera', 'Bruce', 'Chun Hao', 'Delphine', 'Eru', 'Farah', 'Gavin', 'Hui Min', 'Isla', 'Jarrah', 'Kiri', 'Lachlan'],
  ...['Mei Yee', 'Noelene', 'Oscar', 'Pania', 'Quentin', 'Rajesh', 'Shazia', 'Tane', 'Ursula', 'Vikram', 'Wendy', 'Zoë', 'Grace', 'Dale', 'May'],
] as const
export const lastNames = [
  ...['Abernethy', 'Bui', 'Cavanagh', 'Dhaliwal', 'Eng', 'Faleafa', 'Goh', 'Hōhepa', 'Ibrahim', 'Jamieson', 'Koh', 'Lim', 'McAllister', 'Narayan'],
  ...["O'Rourke", 'Papadopoulos', 'Quek', 'Rewiti', 'Sivakumar', 'Tamihana', 'Underwood', 'Vella', 'Wirihana', 'Yap', 'Zervas', 'Bell', 'Marsh', 'Sharma'],
  ...['Kowalczyk', 'Nguyen', 'Ong', 'Parata', 'Rossiter', 'Seow', 'Tran', 'Whittaker', 'Brodie', 'Castellano', 'Henare', 'Ho', 'Mackay', 'Teo'],
] as const
export const titles = [
  'Building Manager',
  'Strata Manager',
  'Facilities Director',
  'Procurement Lead',
  'Principal',
  'Operations Manager',
  'Chief Engineer',
  'Accounts Payable Officer',
  'General Manager',
  'Caretaker',
  'Body Corporate Chair',
] as const
export const sources = ['Referral', 'Trade show', 'Cold call', 'Website', 'Tender', 'Facebook', 'Strata magazine'] as const
