import { type Detector, excerpt, type Finding } from '../threat.ts'

/** Tools that announce themselves; each name is theirs alone or needs its company. */
const tools =
  /\b(?:sqlmap|sqlninja|havij|bsqlbf|jsql|nosqlmap|nikto|nuclei|nmap|masscan|zgrab|zmap|acunetix|netsparker|invicti|appscan|webinspect|w3af|arachni|skipfish|wapiti|vega\/|grabber\/0|grendel-?scan|paros|burp(?:suite|collaborator)?|owasp[ -]?zap|zaproxy|openvas(?:-?vt)?|nessus|qualys|rapid7|nexpose|dirbuster|dirb\b|gobuster|feroxbuster|ffuf|fuzz faster u fool|wfuzz|wpscan|joomscan|droopescan|cmsmap|whatweb|httprint|metis|morfeus|zmeu|jorgee|muieblackcat|commix|xsser|xsstrike|dalfox|tplmap|jaeles|hydra|medusa|patator|brutus|webshag|webtrends security|pangolin|cgichk|n-stealth|core-project|internet exploiter|mysqloit|sysscan|toata|webvulnscan|sitelockspider|detectify|probely|crlfuzz|kiterunner|katana\/|httpx(?: -|\/\d.*projectdiscovery)|naabu|gospider|hakrawler|projectdiscovery|censysinspect|l9explore|l9tcpid|leakix|winrm client|whitehat|fimap|uil2pn|sqlpower|absinthe|autogetcontent|bilbo|blackwidow|brutus|datacha0s|dominohunter|dotdotpwn|floodgate|jbrofuzz|libwhisker|mozilla\/4\.0 \(hydra\)|nsauditor|prog\.customcrawler|s\.t\.a\.l\.k\.e\.r|safexplorer|springenwerk|teh forest lobster|this is an exploit|t34mh4k|voideye|webbandit|webcruiser|webroot|xmlrpc exploit|xrumer|y!tunnelpro|shellshock|\w+\.nasl)\b/

/** Scanners by what they call themselves. */
export const detectScannerAgent: Detector = ({ text, lower }) => {
  const found = tools.exec(lower)
  return found === null ? undefined : { kind: 'scanner', what: `tool: ${excerpt(text, found.index)}`, score: 60 }
}

const probes =
  /(?:^|\/)(?:\.(?:env|git|svn|hg|bzr|htaccess|htpasswd|aws|ssh|vscode|idea|ds_store|npmrc|dockerenv|bash_history)(?:[./]|$)|wp-(?:admin|login|content|includes|config|json\/wp)|xmlrpc\.php|phpmyadmin|pma\/|adminer|cgi-bin\/|actuator(?:\/|$)|server-(?:status|info)$|jmx-console|web-console\/|manager\/(?:html|text)|solr\/|struts|hnap1|boaform|vendor\/phpunit|_ignition\/|telescope\/requests|autodiscover\/|owa\/|ecp\/|console\/(?:login|j_security)|druid\/|nacos\/|jenkins|geoserver|invoker\/|axis2|setup\.cgi|shell\?|cmd\.(?:jsp|php|asp)|c99\.|r57\.|phpinfo|info\.php|eval-stdin|backup\.(?:zip|sql|tar)|dump\.sql|database\.sql|web\.config|crossdomain\.xml$|elmah\.axd|trace\.axd|etc\/letsencrypt|\.well-known\/\.\.|etc\/passwd|aws\/credentials|config\.(?:php|json\.bak|inc)|latest\/meta-data)/
const secretFiles = /\.(?:bak|old|swp|sql|rdb|db|sqlite3?|pem|key|p12|pfx|jks|dump|log|conf|cfg|ini|orig|save|backup|mdb|env|tfstate)$/
const foreignPages = /\.(?:php\d?|phtml|aspx?|ashx|asmx|jspx?|cfm|cgi|pl|do|action|bak|old|sql|swp|inc|axd|dll|exe)$/

/** Paths that nothing here answers and that scanners always try. */
export function detectProbe(path: string): Finding | undefined {
  const lower = path.toLowerCase()
  if (probes.test(lower)) return { kind: 'scanner', what: `probing path: ${excerpt(path)}`, score: 60 }
  if (secretFiles.test(lower)) return { kind: 'scanner', what: `file nobody serves: ${excerpt(path)}`, score: 55 }
  return foreignPages.test(lower) ? { kind: 'scanner', what: `page of another system: ${excerpt(path)}`, score: 30 } : undefined
}
