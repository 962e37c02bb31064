import { mark } from '../marks.ts'
import { type Detector, excerpt } from '../threat.ts'

const rules: readonly [pattern: RegExp, what: string, score: number, needs: number][] = [
  [/<!--\s*#\s*(?:exec|include|echo|printenv|config|set|fsize|flastmod|if)\b|<esi:\w+/, 'server-side include', 75, mark.angle],
  [
    /<\?(?:php\b|=|\s*(?:echo|system|eval|phpinfo|@|print|exec|passthru|include|require)\b)|<script\s+language\s*=\s*["']?php|\[php\]|\[\/php\]/,
    'PHP',
    70,
    mark.angle | mark.bracket,
  ],
  [
    /\b(?:phpinfo|passthru|shell_exec|proc_open|popen|pcntl_exec|base64_decode|gzinflate|str_rot13|call_user_func(?:_array)?|create_function|file_get_contents|file_put_contents|fsockopen|move_uploaded_file|php_uname|posix_getpwuid|var_dump|print_r|highlight_file|show_source|readfile|ini_set|allow_url_include|auto_prepend_file|array_map|array_filter|usort|preg_replace_callback|assert_options|getmypid|get_defined_vars|fwrite|chr|ord)\s*\((?:\s*\)|\s*[$"'\d@]|.{0,40}\()/,
    'function of PHP',
    60,
    mark.parenthesis,
  ],
  [
    /\b(?:curl|posix|proc|pcntl|apache|bz|gz|zlib|ftp|mysqli?|pg|sqlite|oci|odbc|ob|stream|socket|ssh2|iconv|str|array|is|func|get|register|session|spl|set|php|mb|fsock|openssl|base64|image|ini|dl|parse|call|create|preg|forward_static|escape|imap|ldap|readline|runkit|xml|yaml)_[a-z_]{2,30}\s?\(\s?[$"'\d)]/,
    'function of PHP',
    50,
    mark.parenthesis,
  ],
  [
    /(?:^|[;"'`{(@.\s=])(?:system|exec|eval|assert|include|require|include_once|print|echo|die|popen|passthru|printf|md5|sha1|getenv|putenv)\s*\(\s*(?:["'`$@]|\w+\()/,
    'call of PHP',
    55,
    mark.parenthesis,
  ],
  [
    /\$_(?:get|post|request|cookie|server|files|session|env)\b|\$globals\b|\$http_(?:raw_)?\w+|\$\{["'@]|\$\w+\s*\(\s*\$|\$\{?_\w+\[/,
    'variable of PHP',
    60,
    mark.dollar,
  ],
  [/\b[oca]:\d+:(?:"[^"]*":\d+:)?\{[sibadOa]?:?|(?:^|[;{])[oc]:\+?\d+:"/, 'object of PHP', 60, mark.colon],
  [
    /\brequire\s*\(\s*["'`](?:child_process|fs|net|http|os|vm|util|module)|\bprocess\s*\.\s*(?:env\s*[.[)},;]|mainmodule|binding|exit|kill|cwd|argv|version|dlopen|stdout)|\bprocess\[|\bchild_process\b|\bglobal\s*\.\s*process|_\$\$nd_func\$\$_|\bmodule\.(?:_load|require)|\b(?:exec|spawn|fork)sync\s*\(|\bres\.(?:end|send|write)\s*\(|\bfs\.(?:read|write|unlink)\w*\(|\bnew\s+function\s*\(|\bimport\s*\(\s*["'`](?:node:|child|fs)/,
    'code of Node.js',
    65,
    mark.dot | mark.underscore | mark.parenthesis,
  ],
  [
    /\bjava\.(?:lang|io|net|util|security|beans)\.\w|\bjavax\.\w+\.|\bruntime\s*\.\s*(?:getruntime|exec)|\bgetruntime\s*\(|\bprocessbuilder\b|\bscriptenginemanager\b|\bclassloader\b.{0,20}[.(=]|\bclass\.module\.|\bclass\.classloader|\bognl\.|\borg\.apache\.(?:commons|struts|catalina|xalan|tomcat)\b|\bcom\.(?:sun|opensymphony|mchange)\.\w|\borg\.(?:springframework|codehaus|mozilla|hibernate)\.|\.forname\s*\(|\.getclass\s*\(|\bthread\.sleep\(|\bgetdeclared(?:method|constructor)/,
    'code of Java',
    65,
    mark.dot | mark.parenthesis,
  ],
  [
    /\bro0ab[a-z0-9+/]|\baced0005|\u00ac\u00ed|@type["']\s*:\s*["']|"\$type"\s*:|__viewstate=|!!(?:python|javax?|com|org|ruby)[/.]|!ruby\/|\baaeaaad\/{4}/,
    'serialised object',
    65,
    mark.digit | mark.at | mark.dollar | mark.underscore | mark.colon,
  ],
  [
    /\b__import__\s*\(|\bos\.(?:system|popen|exec\w*|environ|remove)\b|\bsubprocess\.(?:popen|call|run|check_output)|__(?:class|mro|subclasses|globals|builtins|init|bases|base|dict|getattribute|reduce)__|\bpickle\.loads|\bexec\s*\(\s*(?:compile|"|')|\bcos\nsystem|\bopen\(\s*["']\/etc|\bos\.path|\btime\.sleep\s*\(|\bcommands\.getoutput/,
    'code of Python',
    65,
    mark.underscore | mark.parenthesis | mark.dot | mark.lineBreak,
  ],
  [
    /\bkernel\.(?:exec|system|open|sleep|fork)|%x[({[|/]|\bio\.popen|\bfile\.(?:open|read)\(\s*["']\/|\bsystem\.(?:diagnostics|io|reflection|net|web|data)\.\w|\bio\.(?:read|lines)|\bload_file\(|\beval\s*\(\s*(?:params|request|compile)/,
    'code',
    60,
    mark.dot | mark.percent | mark.parenthesis,
  ],
  [
    /\bresponse\.write\s*\(|\bserver\.(?:createobject|mappath|execute)|\bwscript\.shell|\bcreateobject\s*\(|\bexecute(?:global)?\s*\(\s*request/,
    'code of ASP',
    65,
    mark.dot | mark.parenthesis,
  ],
  [/(?:^|["';)]\s*)(?:=|@|\+|-)\s*(?:cmd|dde|msexcel|rundll32|hyperlink|webservice|importxml|importdata)\s*[|(]/, 'formula', 55, mark.pipe | mark.parenthesis],
]

/** Code of server languages, serialised objects and server-side includes. */
export const detectCodeInjection: Detector = ({ text, lower, marks }) => {
  for (const [pattern, what, score, needs] of rules) {
    if ((marks & needs) === 0) continue
    const found = pattern.exec(lower)
    if (found !== null) return { kind: 'code_injection', what: `${what}: ${excerpt(text, found.index)}`, score }
  }
  return undefined
}
