export const owners = ['Dana Whitfield', 'Jonas Albrecht', 'Priya Nakamura', 'Theo Brandt', 'Theo Castellanos', 'Amara Obi', 'Gretchen Vogel'] as const
export const asker = 'Dana Whitfield'
export type Currency = 'USD' | 'CAD' | 'EUR'
export interface Place {
  city: string
  state: string
  country: string
  currency: Currency
  dial: string
}
const inCountry = (country: string, currency: Currency, lines: readonly (readonly [city: string, state: string, dial: string])[]): Place[] =>
  lines.map(([city, state, dial]) => ({ city, state, country, currency, dial }))
// Portland is on both coasts.
export const places: readonly Place[] = [
  ...inCountry('United States', 'USD', [
    ['Boston', 'Massachusetts', '+1 617'],
    ['Boston', 'Massachusetts', '+1 617'],
    ['Cambridge', 'Massachusetts', '+1 617'],
    ['San Diego', 'California', '+1 619'],
    ['San Diego', 'California', '+1 619'],
    ['Sacramento', 'California', '+1 916'],
    ['Durham', 'North Carolina', '+1 919'],
    ['Madison', 'Wisconsin', '+1 608'],
    ['Houston', 'Texas', '+1 713'],
    ['Austin', 'Texas', '+1 512'],
    ['Portland', 'Oregon', '+1 503'],
    ['Portland', 'Maine', '+1 207'],
    ['Rochester', 'New York', '+1 585'],
  ]),
  ...inCountry('Canada', 'CAD', [
    ['Vancouver', 'British Columbia', '+1 604'],
    ['Vancouver', 'British Columbia', '+1 604'],
    ['Hamilton', 'Ontario', '+1 905'],
    ['Ottawa', 'Ontario', '+1 613'],
    ['Laval', 'Quebec', '+1 450'],
    ['Saskatoon', 'Saskatchewan', '+1 306'],
  ]),
  ...inCountry('Germany', 'EUR', [
    ['München', 'Bavaria', '+49 89'],
    ['München', 'Bavaria', '+49 89'],
    ['Jena', 'Thuringia', '+49 3641'],
    ['Heidelberg', 'Baden-Württemberg', '+49 6221'],
    ['Göttingen', 'Lower Saxony', '+49 551'],
    ['Leipzig', 'Saxony', '+49 341'],
  ]),
]
export const openings = [
  'Halcyon',
  'Cedar Hollow',
  'Ridgeline',
  'Bluewater',
  'Saint-Laurent',
  'Isar',
  'Rheintal',
  'Kestrel',
  'Prairie Gate',
  'Mistral',
  'Sierra Vista',
  'Möwenbach',
  'Tamarack',
  'Old Mill',
  'Juniper',
  'Lodestar',
] as const
export const trades = [
  ['Biosciences', 'Biotech'],
  ['Genomics', 'Biotech'],
  ['Pharma', 'Pharmaceuticals'],
  ['Therapeutics', 'Pharmaceuticals'],
  ['University', 'Academic research'],
  ['Institute', 'Academic research'],
  ['Regional Hospital', 'Clinical diagnostics'],
  ['Pathology', 'Clinical diagnostics'],
  ['Waterworks', 'Environmental testing'],
  ['Soil Lab', 'Environmental testing'],
  ['Foods', 'Food and beverage'],
  ['Brewery', 'Food and beverage'],
] as const
export const firstNames = [
  ...['Annika', 'Bartholomew', 'Camille', 'Dmitri', 'Elspeth', 'Farid', 'Geneviève', 'Hiroshi', 'Ingeborg', 'Jürgen', 'Katarina', 'Lamar'],
  ...[
    'Mwangi',
    'Noor',
    'Olamide',
    'Pascale',
    'Quincy',
    'Rosalía',
    'Steffen',
    'Thandiwe',
    'Ulrike',
    'Vihaan',
    'Wilhelmina',
    'Xiomara',
    'Grant',
    'Rose',
    'Chance',
  ],
] as const
export const lastNames = [
  ...[
    'Achterberg',
    'Boisvert',
    'Cárdenas',
    'Dunleavy',
    'Eberhardt',
    'Fontaine',
    'Grünwald',
    'Hathaway',
    'Ibarra',
    'Jankowski',
    'Kowalski',
    'Lindqvist',
    'Moreau',
    'Nakagawa',
  ],
  ...[
    'Okonkwo',
    'Pelletier',
    'Quintero',
    'Rasmussen',
    'Schäfer',
    'Tessier',
    'Umarov',
    'Vandermeer',
    'Winterbottom',
    'Xu',
    'Yamashita',
    'Zielinski',
    "D'Amico",
    'Long',
    'Wood',
    'West',
  ],
  ...['Abara', 'Brickman', 'Caldwell', 'Drexler', 'Eisenstein', 'Fairbanks', 'Gill', 'Hussain', 'Ingram', 'Jessup', 'Kaplan', 'Lockhart'],
] as const
export const titles = [
  'Lab Manager',
  'Principal Investigator',
  'Procurement Specialist',
  'Quality Director',
  'Research Associate',
  'Facilities Lead',
  'Chief Scientist',
  'Head of Diagnostics',
  'Core Facility Manager',
  'Postdoc',
  'Purchasing Clerk',
] as const
export const sources = ['Trade show', 'Webinar', 'Referral', 'Google', 'Distributor', 'Cold outreach', 'Journal ad'] as const
