/** Words of the seventh world: solar roofs, batteries and those who order them; many names here are words as well. */

export const owners = ['Grace Okafor', 'Will Hartley', 'Penny Black', 'Mark Ellison', 'Mark Osei', 'Iris Solberg', 'Dev Anand'] as const

/** Whoever asks. */
export const asker = 'Grace Okafor'

export type Currency = 'GBP' | 'EUR' | 'DKK'

export interface Place {
  city: string
  state: string
  country: string
  currency: Currency
  dial: string
}
const inCountry = (country: string, currency: Currency, lines: readonly (readonly [city: string, state: string, dial: string])[]): Place[] =>
  lines.map(([city, state, dial]) => ({ city, state, country, currency, dial }))

export const places: readonly Place[] = [
  ...inCountry('United Kingdom', 'GBP', [
    ['Reading', 'Berkshire', '+44 118'],
    ['Reading', 'Berkshire', '+44 118'],
    ['Bath', 'Somerset', '+44 1225'],
    ['Chester', 'Cheshire', '+44 1244'],
    ['Lincoln', 'Lincolnshire', '+44 1522'],
    ['Preston', 'Lancashire', '+44 1772'],
    ['Newcastle upon Tyne', 'Tyne and Wear', '+44 191'],
    ['Stoke-on-Trent', 'Staffordshire', '+44 1782'],
    ['Manchester', 'Greater Manchester', '+44 161'],
    ['Manchester', 'Greater Manchester', '+44 161'],
  ]),
  ...inCountry('Ireland', 'EUR', [
    ['Cork', 'Munster', '+353 21'],
    ['Cork', 'Munster', '+353 21'],
    ['Galway', 'Connacht', '+353 91'],
    ['Dublin', 'Leinster', '+353 1'],
  ]),
  ...inCountry('Spain', 'EUR', [
    ['Málaga', 'Andalusia', '+34 952'],
    ['Málaga', 'Andalusia', '+34 952'],
    ['Valencia', 'Valencian Community', '+34 963'],
    ['Vitoria', 'Basque Country', '+34 945'],
  ]),
  ...inCountry('Denmark', 'DKK', [
    ['Aarhus', 'Midtjylland', '+45 86'],
    ['Aarhus', 'Midtjylland', '+45 86'],
    ['Odense', 'Southern Denmark', '+45 66'],
  ]),
]

export const openings = [
  ...['Hollins', 'Kingfisher', 'Redgate', 'Osprey', 'Summerlee', 'Whitethorn', 'Blackwater', 'Harbour View', 'Sierra Blanca', 'Tres Olivos'],
  ...['Vesterbro', 'Skovlund', 'Clonmore', 'Ballyvaughan', 'Greenfield', 'Three Oaks', 'Long Meadow', 'Marigold', 'Stonebridge'],
] as const

export const trades = [
  ['Dairy', 'Farming'],
  ['Orchards', 'Farming'],
  ['Hotel', 'Hospitality'],
  ['Brewery', 'Hospitality'],
  ['Academy', 'Education'],
  ['Primary School', 'Education'],
  ['Cold Storage', 'Logistics'],
  ['Freight', 'Logistics'],
  ['Homes', 'Housing association'],
  ['Garden Centre', 'Retail'],
  ['Supermarkets', 'Retail'],
  ['Leisure Club', 'Sports and leisure'],
  ['Joinery', 'Manufacturing'],
  ['Plastics', 'Manufacturing'],
] as const

export const firstNames = [
  ...['Mark', 'Hope', 'Will', 'Art', 'Summer', 'Bill', 'Drew', 'Joy', 'Dawn', 'Miles', 'Ray', 'Chester'],
  ...['Aoife', 'Begoña', 'Caoimhe', 'Declan', 'Eluned', 'Freja', 'Gonzalo', 'Henrik', 'Isidro', 'Jorunn', 'Kirsten', 'Lorcan', 'Maribel', 'Niamh', 'Ottilie'],
] as const

export const lastNames = [
  ...['Price', 'Day', 'Field', 'Post', 'Case', 'Young', 'Best', 'Banks', 'March', 'Lincoln', "O'Shea", 'Østergaard', 'Núñez', 'Mac Giolla'],
  ...['Ashdown', 'Bielby', 'Crowther', 'Dunphy', 'Elkjær', 'Fallon', 'Garrido', 'Holloway', 'Ibáñez', 'Jepsen', 'Kinsella', 'Lomax', 'Murtagh', 'Nuttall'],
  ...['Ormerod', 'Pemberton', 'Quirke', 'Ridsdale', 'Sandoval', 'Thorne', 'Urrutia', 'Vestergaard', 'Whelan'],
] as const

export const titles = [
  ...['Estates Manager', 'Farm Manager', 'Facilities Manager', 'Finance Director', 'Head Teacher', 'Energy Manager', 'General Manager', 'Operations Director'],
  ...['Buyer', 'Bursar', 'Sustainability Lead', 'Site Electrician'],
] as const

export const sources = ['Referral', 'Google Ads', 'Energy fair', 'Door knocking', 'Partner', 'Website', 'Radio'] as const
