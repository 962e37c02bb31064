import type { Culture } from './first-names.ts'

export interface City {
  city: string
  state: string
  /** Opening of a telephone number after the country code, from ranges kept for fiction where the country has some. */
  dial: string
}

export interface Country {
  code: string
  name: string
  region: 'North America' | 'EMEA' | 'APAC' | 'Latin America'
  dialCode: string
  /** Digits that follow a city's opening. */
  lineDigits: number
  currency: 'USD' | 'EUR' | 'GBP'
  cities: readonly City[]
  cultures: readonly (readonly [Culture, number])[]
  postcode: string
  streets: readonly string[]
}

/** "Austin,Texas,512555; …": city, state, telephone opening. */
function cities(text: string): City[] {
  return text.split(';').map((entry) => {
    const [city = '', state = '', dial = ''] = entry.split(',').map((part) => part.trim())
    return { city, state, dial }
  })
}

const englishStreets = [
  'Main Street',
  'Oak Avenue',
  'Industrial Parkway',
  'Harbor Road',
  'Mill Lane',
  'Station Road',
  'Foundry Street',
  'Park Avenue',
  'Technology Drive',
  'Market Street',
  'Canal Street',
  'Elm Street',
  'Commerce Way',
  'River Road',
]

const countryRows: readonly (readonly [weight: number, country: Country])[] = [
  [
    50,
    {
      code: 'US',
      name: 'United States',
      region: 'North America',
      dialCode: '1',
      lineDigits: 4,
      currency: 'USD',
      postcode: '#####',
      streets: englishStreets,
      cultures: [
        ['english', 60],
        ['spanish', 12],
        ['indian', 6],
        ['chinese', 5],
        ['african', 4],
        ['korean', 2],
        ['vietnamese', 2],
        ['arabic', 2],
        ['polish', 2],
        ['italian', 3],
        ['irish', 2],
      ],
      cities:
        cities(`Austin,Texas,512555; Houston,Texas,713555; Dallas,Texas,214555; San Antonio,Texas,210555; San Francisco,California,415555; Los Angeles,California,213555; San Diego,California,619555;
      San Jose,California,408555; Sacramento,California,916555; New York,New York,212555; Buffalo,New York,716555; Rochester,New York,585555; Chicago,Illinois,312555; Springfield,Illinois,217555; Boston,Massachusetts,617555;
      Worcester,Massachusetts,508555; Seattle,Washington,206555; Spokane,Washington,509555; Denver,Colorado,303555; Boulder,Colorado,720555; Atlanta,Georgia,404555; Savannah,Georgia,912555; Columbus,Ohio,614555; Cleveland,Ohio,216555;
      Cincinnati,Ohio,513555; Detroit,Michigan,313555; Grand Rapids,Michigan,616555; Minneapolis,Minnesota,612555; Portland,Oregon,503555; Phoenix,Arizona,602555; Tucson,Arizona,520555; Philadelphia,Pennsylvania,215555;
      Pittsburgh,Pennsylvania,412555; Charlotte,North Carolina,704555; Raleigh,North Carolina,919555; Nashville,Tennessee,615555; Memphis,Tennessee,901555; Miami,Florida,305555; Tampa,Florida,813555; Orlando,Florida,407555;
      Milwaukee,Wisconsin,414555; Madison,Wisconsin,608555; Salt Lake City,Utah,801555; Kansas City,Missouri,816555; St. Louis,Missouri,314555; New Orleans,Louisiana,504555; Baltimore,Maryland,410555; Richmond,Virginia,804555`),
    },
  ],
  [
    12,
    {
      code: 'GB',
      name: 'United Kingdom',
      region: 'EMEA',
      dialCode: '44',
      lineDigits: 3,
      currency: 'GBP',
      postcode: 'AA# #AA',
      streets: englishStreets,
      cultures: [
        ['english', 76],
        ['irish', 6],
        ['indian', 8],
        ['polish', 4],
        ['african', 4],
        ['arabic', 2],
      ],
      cities: cities(
        'London,England,2079460; Leeds,England,1134960; Birmingham,England,1214960; Manchester,England,1614960; Bristol,England,1174960; Sheffield,England,1144960; Edinburgh,Scotland,1314960; Glasgow,Scotland,1414960; Cardiff,Wales,2920180; Belfast,Northern Ireland,2896496; Liverpool,England,1514960; Newcastle,England,1914980',
      ),
    },
  ],
  [
    9,
    {
      code: 'DE',
      name: 'Germany',
      region: 'EMEA',
      dialCode: '49',
      lineDigits: 3,
      currency: 'EUR',
      postcode: '#####',
      streets: ['Hauptstraße', 'Bahnhofstraße', 'Gartenweg', 'Industriestraße', 'Lindenallee', 'Am Hafen', 'Schillerplatz', 'Werkstraße'],
      cultures: [
        ['german', 80],
        ['turkish', 8],
        ['polish', 6],
        ['slavic', 6],
      ],
      cities: cities(
        'Berlin,Berlin,3023125; Munich,Bavaria,8999998; Hamburg,Hamburg,4066969; Frankfurt,Hesse,6990009; Cologne,North Rhine-Westphalia,2214710; Stuttgart,Baden-Württemberg,7119000; Nuremberg,Bavaria,9119000; Düsseldorf,North Rhine-Westphalia,2119000; Leipzig,Saxony,3419000',
      ),
    },
  ],
  [
    6,
    {
      code: 'CA',
      name: 'Canada',
      region: 'North America',
      dialCode: '1',
      lineDigits: 4,
      currency: 'USD',
      postcode: 'A#A #A#',
      streets: englishStreets,
      cultures: [
        ['english', 60],
        ['french', 22],
        ['indian', 8],
        ['chinese', 6],
        ['arabic', 4],
      ],
      cities: cities(
        'Toronto,Ontario,416555; Ottawa,Ontario,613555; Montréal,Quebec,514555; Vancouver,British Columbia,604555; Calgary,Alberta,403555; Edmonton,Alberta,780555; Halifax,Nova Scotia,902555; London,Ontario,519555',
      ),
    },
  ],
  [
    5,
    {
      code: 'FR',
      name: 'France',
      region: 'EMEA',
      dialCode: '33',
      lineDigits: 4,
      currency: 'EUR',
      postcode: '#####',
      streets: ['rue de la République', 'avenue Victor Hugo', 'rue des Lilas', 'boulevard Gambetta', 'place du Marché', "chemin de l'Usine"],
      cultures: [
        ['french', 88],
        ['arabic', 8],
        ['african', 4],
      ],
      cities: cities(
        'Paris,Île-de-France,19900; Lyon,Auvergne-Rhône-Alpes,46571; Marseille,Provence-Alpes-Côte d’Azur,46572; Toulouse,Occitanie,53649; Lille,Hauts-de-France,35301; Nantes,Pays de la Loire,26191',
      ),
    },
  ],
  [
    3,
    {
      code: 'ES',
      name: 'Spain',
      region: 'EMEA',
      dialCode: '34',
      lineDigits: 5,
      currency: 'EUR',
      postcode: '#####',
      streets: ['Calle Mayor', 'Avenida de la Constitución', 'Calle del Puerto', 'Paseo de Gracia'],
      cultures: [['spanish', 1]],
      cities: cities('Madrid,Madrid,9109; Barcelona,Catalonia,9309; Valencia,Valencia,9609; Bilbao,Basque Country,9409; Málaga,Andalusia,9519'),
    },
  ],
  [
    2,
    {
      code: 'IT',
      name: 'Italy',
      region: 'EMEA',
      dialCode: '39',
      lineDigits: 6,
      currency: 'EUR',
      postcode: '#####',
      streets: ['Via Roma', 'Via Garibaldi', 'Corso Italia', 'Viale dei Mille'],
      cultures: [['italian', 1]],
      cities: cities('Milan,Lombardy,0255; Turin,Piedmont,0115; Bologna,Emilia-Romagna,0515; Rome,Lazio,0655'),
    },
  ],
  [
    2,
    {
      code: 'NL',
      name: 'Netherlands',
      region: 'EMEA',
      dialCode: '31',
      lineDigits: 6,
      currency: 'EUR',
      postcode: '#### AA',
      streets: ['Kerkstraat', 'Havenweg', 'Industrieweg', 'Stationsplein'],
      cultures: [
        ['dutch', 88],
        ['turkish', 6],
        ['arabic', 6],
      ],
      cities: cities('Amsterdam,North Holland,205; Rotterdam,South Holland,105; Eindhoven,North Brabant,405; Utrecht,Utrecht,305'),
    },
  ],
  [
    2,
    {
      code: 'IE',
      name: 'Ireland',
      region: 'EMEA',
      dialCode: '353',
      lineDigits: 5,
      currency: 'EUR',
      postcode: 'A## A##A',
      streets: englishStreets,
      cultures: [
        ['irish', 80],
        ['english', 20],
      ],
      cities: cities('Dublin,Leinster,15; Cork,Munster,215; Galway,Connacht,915'),
    },
  ],
  [
    2,
    {
      code: 'SE',
      name: 'Sweden',
      region: 'EMEA',
      dialCode: '46',
      lineDigits: 2,
      currency: 'EUR',
      postcode: '### ##',
      streets: ['Storgatan', 'Kungsgatan', 'Hamngatan', 'Industrivägen'],
      cultures: [['nordic', 1]],
      cities: cities('Stockholm,Stockholm,8465004; Gothenburg,Västra Götaland,3139006; Malmö,Skåne,4062802'),
    },
  ],
  [
    1.5,
    {
      code: 'PL',
      name: 'Poland',
      region: 'EMEA',
      dialCode: '48',
      lineDigits: 6,
      currency: 'EUR',
      postcode: '##-###',
      streets: ['ul. Długa', 'ul. Przemysłowa', 'al. Jerozolimskie', 'ul. Kościuszki'],
      cultures: [['polish', 1]],
      cities: cities('Warsaw,Masovia,225; Kraków,Lesser Poland,125; Wrocław,Lower Silesia,715; Gdańsk,Pomerania,585'),
    },
  ],
  [
    1.5,
    {
      code: 'JP',
      name: 'Japan',
      region: 'APAC',
      dialCode: '81',
      lineDigits: 6,
      currency: 'USD',
      postcode: '###-####',
      streets: ['Chuo-dori', 'Meiji-dori', 'Minato-ku', 'Sakae'],
      cultures: [['japanese', 1]],
      cities: cities('Tokyo,Tokyo,355; Osaka,Osaka,655; Nagoya,Aichi,525; Yokohama,Kanagawa,455'),
    },
  ],
  [
    1.5,
    {
      code: 'IN',
      name: 'India',
      region: 'APAC',
      dialCode: '91',
      lineDigits: 6,
      currency: 'USD',
      postcode: '######',
      streets: ['MG Road', 'Ring Road', 'Industrial Area Phase II', 'Residency Road'],
      cultures: [['indian', 1]],
      cities: cities('Bengaluru,Karnataka,8055; Mumbai,Maharashtra,2255; Pune,Maharashtra,2055; Chennai,Tamil Nadu,4455; Hyderabad,Telangana,4055'),
    },
  ],
  [
    1.5,
    {
      code: 'AU',
      name: 'Australia',
      region: 'APAC',
      dialCode: '61',
      lineDigits: 4,
      currency: 'USD',
      postcode: '####',
      streets: englishStreets,
      cultures: [
        ['english', 78],
        ['italian', 6],
        ['chinese', 8],
        ['vietnamese', 8],
      ],
      cities: cities('Sydney,New South Wales,25550; Melbourne,Victoria,35550; Brisbane,Queensland,75550; Perth,Western Australia,85550'),
    },
  ],
  [
    0.8,
    {
      code: 'BR',
      name: 'Brazil',
      region: 'Latin America',
      dialCode: '55',
      lineDigits: 6,
      currency: 'USD',
      postcode: '#####-###',
      streets: ['Avenida Paulista', 'Rua das Flores', 'Rua do Porto'],
      cultures: [['portuguese', 1]],
      cities: cities('São Paulo,São Paulo,1155; Rio de Janeiro,Rio de Janeiro,2155; Curitiba,Paraná,4155'),
    },
  ],
  [
    0.7,
    {
      code: 'MX',
      name: 'Mexico',
      region: 'Latin America',
      dialCode: '52',
      lineDigits: 6,
      currency: 'USD',
      postcode: '#####',
      streets: ['Avenida Reforma', 'Calle Hidalgo', 'Calle Juárez'],
      cultures: [['spanish', 1]],
      cities: cities('Mexico City,CDMX,5555; Monterrey,Nuevo León,8155; Guadalajara,Jalisco,3355'),
    },
  ],
  [
    0.5,
    {
      code: 'SG',
      name: 'Singapore',
      region: 'APAC',
      dialCode: '65',
      lineDigits: 4,
      currency: 'USD',
      postcode: '######',
      streets: ['Orchard Road', 'Jurong West Street', 'Tuas Avenue'],
      cultures: [
        ['chinese', 60],
        ['indian', 25],
        ['english', 15],
      ],
      cities: cities('Singapore,,6555'),
    },
  ],
  [
    0.5,
    {
      code: 'TR',
      name: 'Türkiye',
      region: 'EMEA',
      dialCode: '90',
      lineDigits: 6,
      currency: 'EUR',
      postcode: '#####',
      streets: ['Atatürk Caddesi', 'İstiklal Caddesi', 'Sanayi Sokak'],
      cultures: [['turkish', 1]],
      cities: cities('Istanbul,Istanbul,2125; Bursa,Bursa,2245; İzmir,İzmir,2325'),
    },
  ],
]

export const countriesByWeight: readonly (readonly [Country, number])[] = countryRows.map(([weight, country]) => [country, weight])
