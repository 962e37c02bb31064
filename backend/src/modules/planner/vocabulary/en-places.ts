/** Other spellings under which a place may stand in the data; each list means one place. */
const places = [
  'united states|usa|us|united states of america|u.s.|u.s.a.|america|american|americans|states',
  'united kingdom|uk|great britain|britain|u.k.|british|gb',
  'germany|german|germans|deutschland|de', 'france|french', 'spain|spanish|espana', 'italy|italian|italia', 'netherlands|dutch|holland|the netherlands', 'belgium|belgian', 'switzerland|swiss|schweiz', 'austria|austrian|osterreich',
  'poland|polish', 'sweden|swedish', 'norway|norwegian', 'denmark|danish', 'finland|finnish', 'ireland|irish', 'portugal|portuguese', 'greece|greek', 'turkey|turkish|turkiye', 'russia|russian', 'ukraine|ukrainian',
  'czech republic|czechia|czech', 'hungary|hungarian', 'romania|romanian', 'japan|japanese', 'china|chinese', 'india|indian', 'south korea|korea|korean', 'singapore|singaporean', 'australia|australian|aussie', 'new zealand|kiwi',
  'canada|canadian', 'mexico|mexican', 'brazil|brazilian|brasil', 'argentina|argentinian', 'chile|chilean', 'colombia|colombian', 'south africa|south african', 'nigeria|nigerian', 'kenya|kenyan', 'egypt|egyptian', 'israel|israeli',
  'united arab emirates|uae|emirati', 'saudi arabia|saudi', 'england|english', 'scotland|scottish', 'wales|welsh', 'luxembourg|luxembourgish', 'vietnam|vietnamese', 'thailand|thai', 'indonesia|indonesian', 'malaysia|malaysian', 'philippines|filipino',
  'new york city|nyc|new york', 'san francisco|sf', 'los angeles|la', 'washington dc|washington d.c.|washington', 'munich|munchen|muenchen', 'cologne|koln|koeln', 'vienna|wien', 'zurich|zuerich', 'prague|praha', 'milan|milano', 'rome|roma', 'geneva|geneve', 'lisbon|lisboa', 'copenhagen|kobenhavn', 'brussels|bruxelles', 'warsaw|warszawa', 'nuremberg|nurnberg', 'dusseldorf|duesseldorf', 'saint louis|st louis|st. louis',
  'alabama|al', 'alaska|ak', 'arizona|az', 'arkansas|ar', 'california|ca|californian', 'colorado|co', 'connecticut|ct', 'delaware', 'florida|fl', 'georgia|ga', 'hawaii|hi', 'idaho', 'illinois|il', 'indiana', 'iowa|ia', 'kansas|ks', 'kentucky|ky', 'louisiana',
  'maryland|md', 'massachusetts|ma', 'michigan|mi', 'minnesota|mn', 'mississippi|ms', 'missouri|mo', 'montana|mt', 'nebraska|ne', 'nevada|nv', 'new hampshire|nh', 'new jersey|nj', 'new mexico|nm', 'new york|ny|new york state', 'north carolina|nc', 'north dakota|nd', 'ohio|oh', 'oklahoma',
  'oregon', 'pennsylvania|pa', 'rhode island|ri', 'south carolina|sc', 'south dakota|sd', 'tennessee|tn', 'texas|tx|texan', 'utah|ut', 'vermont|vt', 'virginia|va', 'washington|wa', 'west virginia|wv', 'wisconsin|wi', 'wyoming|wy',
] as const

const industries = ['technology|tech', 'health care|healthcare|health', 'manufacturing|manufacturer|manufacturers', 'automotive|automobile|car', 'finance|financial|financial services|banking', 'pharmaceuticals|pharma|pharmaceutical', 'logistics|logistic|transport', 'information technology|it', 'human resources|hr', 'vice president|vp', 'chief executive officer|ceo', 'chief technology officer|cto', 'chief financial officer|cfo', 'chief operating officer|coo', 'chief marketing officer|cmo', 'web|website', 'referral|referrals|referred', 'high|high priority|urgent', 'telecom|telecommunications|telco', 'non profit|nonprofit', 'agriculture|farming|agricultural', 'e commerce|ecommerce|e-commerce'] as const

/** Every other spelling of a folded phrase, without itself. */
export const englishAliases: ReadonlyMap<string, readonly string[]> = (() => {
  const map = new Map<string, string[]>()
  for (const list of [...places, ...industries]) {
    const names = list.split('|')
    for (const name of names) map.set(name, [...(map.get(name) ?? []), ...names.filter((other) => other !== name)])
  }
  return map
})()
