import { mark } from '../marks.ts'
import { type Detector, excerpt, type Finding } from '../threat.ts'

const files =
  /(?:^|[/:\s"'=.(])(?:etc\/(?:\.\/|\/)*(?:passwd|shadow|group|hosts|issue|fstab|crontab|ssh\/|sudoers|mysql|nginx\/|apache2?\/|httpd\/|redis|resolv\.conf|os-release|motd|init\.d)|proc\/(?:self|version|cmdline|mounts|net|cpuinfo|\d+\/)|sys\/class\/|var\/(?:log|www|lib|mail|run)\/\S|root\/\.|windows\/(?:win\.ini|system32|system\.ini|repair|php\.ini|my\.ini|explorer)|winnt\/|winnt\\|system32\/|boot\.ini|win\.ini|web-?inf\/?(?:web|classes|$)?|meta-inf\/|inetpub\/|ntuser\.dat|global\.asa|wp-config\.php|\.ssh\/|id_rsa\b|\.git\/(?:config|head|index)|\.svn\/(?:entries|wc)|\.htaccess|\.htpasswd|\.env\b(?!\w)|\.bash_history|\.aws\/|\.docker\/config|\.kube\/config|web\.config\b|appsettings\.json|php\.ini\b|httpd\.conf|access\.log\b|error\.log\b|shadow\.bak)/
const joinedFiles =
  /\.{4,}(?:\/?\w{0,8})?(?:etc\/?passwd|boot\.?ini|oot\.ini|win\.?ini|web-?inf)|^[a-z]:(?:windows|winnt|inetpub|boot)|^file:\/?[a-z]:|web-inf\/?web\.xml|etcpasswd/
const wrappers =
  /(?:^|[=\s"'(,])(?:file|php|phar|zip|zlib|compress\.zlib|glob|expect|jar|netdoc|ogg|rar|ssh2|data|local_file|input|filter):\/{1,3}(?!\/)|php:\/\/(?:input|filter)|^file:[./\\a-z]/
const hexDots = /0x(2e|2f|5c)/g

/** Ways out of a folder, and files that only somebody looking around asks for. */
export const detectPathTraversal: Detector = ({ text, lower, marks, place }) => {
  const hasNull = (marks & mark.control) !== 0 && text.includes('\0')
  if ((marks & (mark.slash | mark.backslash | mark.dot)) === 0 && !hasNull) return undefined
  const path = lower
    .replaceAll(hexDots, (_, code: string) => (code === '2e' ? '.' : '/'))
    .replaceAll('\\', '/')
    .replaceAll('\0', '')
  const found = (what: string, score: number, index = 0): Finding => ({ kind: 'path_traversal', what: `${what}: ${excerpt(path, index)}`, score })
  const file = files.exec(path) ?? joinedFiles.exec(path)
  if (file !== null && isAskedFor(path, file, place)) return found('system file', 70, file.index)
  const climb = climbScore(path, place)
  if (climb >= 50) return found('way out of a folder', climb, Math.max(0, path.indexOf('..')))
  const wrapper = wrappers.exec(path)
  if (wrapper !== null) return found('stream wrapper', /^[=\s"'(,]?(?:file|data):/.test(wrapper[0]) ? 55 : 60, wrapper.index)
  if (/^\/\/(?:[\d.]+|::1|localhost|\[[\da-f:]+\]|[\w.-]+)\/(?:[a-z]|admin|ipc)\$/.test(path)) return found('network share', 60)
  if (hasNull && place !== 'body') return found('null byte', 55)
  return climb > 0 ? found('way out of a folder', climb) : undefined
}

function isAskedFor(path: string, file: RegExpExecArray, place: string): boolean {
  // A sentence may name a file of configuration; a parameter that is one asks for it.
  if (/\.env|php\.ini|httpd\.conf|web\.config|appsettings|_log|\.log|\.htaccess|id_rsa|wp-config|var\//.test(file[0]))
    return place === 'path' || !path.includes(' ') || /\/[\w.-]*$/.test(path.slice(0, file.index + 1))
  return true
}

/** In a sentence three dots are a pause. */
const stepsInText = /(?:^|[/;=:"'\s])\.\.(?:;[^/]*)?\/+|\/\.\.(?=$|[?#&{])/g

/** Steps upwards, plain or disguised: `../../`, `....//`, `..;/`, `.//..//`. */
function climbScore(path: string, place: string): number {
  if (!path.includes('..') && !path.includes('./')) return 0
  const steps = path.match(/\s/.test(path.trim()) ? stepsInText : /(?:^|[/;=:"'\s.])\.{2,}(?:;[^/]*)?\/+|\/\.\.(?=$|[?#&{])/g)?.length ?? 0
  if (steps >= 2 || /^\/?\.\.;/.test(path)) return 65
  if (steps === 1 && (place === 'path' || /^[/.]*\.\.\/+[\w{.]/.test(path) || /\/\.\.\//.test(path))) return /\s/.test(path.trim()) ? 25 : 55
  if (/(?:\.\/{1,2}){3,}|(?:\.\/\/){2,}/.test(path)) return 55
  if (/^[/.]*\/[^/\s]{0,2048}?\.{2,}[{/][^\s]*$|^\/{1,}\.{2,}[\w{]|^\/+\w*\.{4,}/.test(path) && !/\s/.test(path)) return 55
  if (/^[./]{2,}\{?[a-z]/.test(path) && /^\/?\.\/\./.test(path)) return 55
  return /\.\.\/[\w.]/.test(path) && !/\.\.\.\//.test(path) ? 25 : 0
}
