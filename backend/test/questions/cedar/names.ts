/** Words of the third world: a reseller of software in North America. */

export const owners = ['Dana Whitfield', 'Marcus Oyelaran', 'Priya Raman', 'Tom Becker', 'Luisa Ortega'] as const

export interface Place {
  city: string
  state: string
  country: 'United States' | 'Canada'
  areaCode: string
}

const inStates = (country: Place['country'], lines: readonly (readonly [string, string, string])[]): Place[] =>
  lines.map(([city, state, areaCode]) => ({ city, state, country, areaCode }))

export const places: readonly Place[] = [
  ...inStates('United States', [
    ['Austin', 'Texas', '512'],
    ['Houston', 'Texas', '713'],
    ['El Paso', 'Texas', '915'],
    ['San Diego', 'California', '619'],
    ['Oakland', 'California', '510'],
    ['Fresno', 'California', '559'],
    ['Denver', 'Colorado', '303'],
    ['Boulder', 'Colorado', '720'],
    ['Portland', 'Oregon', '503'],
    ['Eugene', 'Oregon', '541'],
    ['Columbus', 'Ohio', '614'],
    ['Cleveland', 'Ohio', '216'],
    ['Buffalo', 'New York', '716'],
    ['Albany', 'New York', '518'],
    ['Raleigh', 'North Carolina', '919'],
    ['Tampa', 'Florida', '813'],
    ['Boise', 'Idaho', '208'],
  ]),
  ...inStates('Canada', [
    ['Toronto', 'Ontario', '416'],
    ['Ottawa', 'Ontario', '613'],
    ['Vancouver', 'British Columbia', '604'],
    ['Calgary', 'Alberta', '403'],
  ]),
]

export const openings = [
  'Blue Mesa',
  'Ironwood',
  'Lone Pine',
  'Great Lakes',
  'Silver Creek',
  'Granite State',
  'Old Mill',
  'Prairie Wind',
  'Copper Canyon',
  'Juniper Hill',
  'Foxglove',
  'Bayside',
  'Northfork',
  'Tidewater',
  'Redstone',
  'Sunflower',
] as const

export const trades = [
  ['Clinics', 'Healthcare'],
  ['Dental', 'Healthcare'],
  ['Freight', 'Logistics'],
  ['Couriers', 'Logistics'],
  ['Academy', 'Education'],
  ['Community College', 'Education'],
  ['Tooling', 'Manufacturing'],
  ['Plastics', 'Manufacturing'],
  ['Law Group', 'Legal services'],
  ['Outfitters', 'Retail'],
  ['Grocers', 'Retail'],
  ['Food Bank', 'Nonprofit'],
] as const

export const firstNames = [
  ...['Grace', 'Darnell', 'Mei', 'Carlos', 'Shannon', 'Jamal', 'Rebecca', 'Kyle', 'Yolanda', 'Ethan', 'Brianna', 'Sunil'],
  ...['Megan', 'Tyrone', 'Isabel', 'Curtis', 'Hannah', 'Diego', 'Latoya', 'Brent', 'Xavier', 'Naomi', 'Gus', 'Zoë'],
] as const
export const lastNames = [
  ...['Nguyen', 'Abernathy', 'Kowalczyk', 'Delgado', "O'Connor", 'Washington', 'Patterson', 'Huang', 'Lindqvist', 'McAllister'],
  ...['Pereira', 'Stubbs', 'Yamamoto', 'Castellanos', 'Birch', 'Hathaway', 'Okonkwo', 'Rosenthal', 'Trujillo', 'Voss', 'Nakamura', 'Quigley'],
] as const
export const titles = [
  ...['IT Director', 'Systems Administrator', 'Purchasing Manager', 'Chief Financial Officer', 'Office Manager', 'Network Engineer'],
  ...['VP of Operations', 'Help Desk Lead', 'Principal', 'Security Analyst'],
] as const
export const sources = ['Webinar', 'Referral', 'Cold call', 'Partner', 'Website', 'Trade show'] as const
