/** Words of the ninth world: a firm that sells and services dental equipment in Britain, Ireland and Germany. */

export const owners = ['Amira Haddad', 'Victor Lang', 'Grace Okafor', 'Nina Castle', 'Paul Winter'] as const

/** Whoever asks. */
export const asker = 'Nina Castle'

export type Currency = 'GBP' | 'EUR'

export interface Practice {
  name: string
  industry: string
  city: string
  state: string
  country: 'United Kingdom' | 'Ireland' | 'Germany'
}

const practice = (name: string, industry: string, city: string, state: string, country: Practice['country'] = 'United Kingdom'): Practice => ({
  name,
  industry,
  city,
  state,
  country,
})

export const practices: readonly Practice[] = [
  practice('Harbour Dental Care', 'Dental practice', 'Bristol', 'England'),
  practice('Harbour Orthodontics', 'Orthodontics', 'Plymouth', 'England'),
  practice('New Street Smiles', 'Dental practice', 'Birmingham', 'England'),
  practice('Open Wide Dentistry', 'Dental practice', 'Leeds', 'England'),
  practice('Northgate University Hospital', 'Hospital', 'Leeds', 'England'),
  practice('Pearl & Sons', 'Laboratory', 'Manchester', 'England'),
  practice('Castle Dental Group', 'Dental practice', 'Edinburgh', 'Scotland'),
  practice('Clyde Ceramics', 'Laboratory', 'Glasgow', 'Scotland'),
  practice('Glen Smiles', 'Dental practice', 'Glasgow', 'Scotland'),
  practice('Severn Implants', 'Implantology', 'Cardiff', 'Wales'),
  practice('Swansea Oral Health', 'Dental practice', 'Swansea', 'Wales'),
  practice('Thames Teaching Hospital', 'Hospital', 'London', 'England'),
  practice('Camden Kids Dental', 'Orthodontics', 'London', 'England'),
  practice('Bright & Early Dental', 'Dental practice', 'London', 'England'),
  practice('Liffey Dental Studio', 'Dental practice', 'Dublin', 'Leinster', 'Ireland'),
  practice('Temple Lab', 'Laboratory', 'Dublin', 'Leinster', 'Ireland'),
  practice('Shandon Implant Centre', 'Implantology', 'Cork', 'Munster', 'Ireland'),
  practice('Galway Bay Dental', 'Dental practice', 'Galway', 'Connacht', 'Ireland'),
  practice('Zahnzentrum Isar', 'Dental practice', 'Munich', 'Bavaria', 'Germany'),
  practice('Praxis Müller', 'Dental practice', 'Nuremberg', 'Bavaria', 'Germany'),
  practice('Labor Elbe', 'Laboratory', 'Hamburg', 'Hamburg', 'Germany'),
  practice('Kieferklinik Nord', 'Hospital', 'Hamburg', 'Hamburg', 'Germany'),
]

export const dialCodes: Record<Practice['country'], string> = { 'United Kingdom': '+44 20', Ireland: '+353 1', Germany: '+49 89' }

export const firstNames = [
  ...['Mark', 'Faith', 'Bill', 'Summer', 'Chase', 'Olivia', 'Declan', 'Saoirse', 'Tobias', 'Heike', 'Rhys', 'Megan', 'Fiona', 'Callum', 'Priti', 'Owen'],
  ...['Jürgen', 'Lena', 'Aoife', 'Niall', 'Beth', 'Harriet', 'Imran', 'Zoe'],
] as const

export const lastNames = [
  ...['Price', 'Short', 'Field', 'Doyle', 'Kelly', 'Becker', 'Vogel', 'Macleod', 'Evans', 'Griffiths', "O'Neill", 'Khan', 'Shaw', 'Turner', 'Keller', 'Walsh'],
  ...['Rowe', 'Bennett', 'Sinclair', 'Marsh'],
] as const

export const titles = ['Practice Manager', 'Dentist', 'Head of Purchasing', 'Dental Nurse', 'Managing Director', 'Lab Technician', 'Receptionist'] as const

export const sources = ['Exhibition', 'Website', 'Referral', 'Phone enquiry', 'Advertisement'] as const
