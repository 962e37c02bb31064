const words = (text: string) => text.replaceAll(' ', '|')

/** Programs whose names are no words of a letter. */
export const programs = words(
  'whoami uname ifconfig ipconfig netstat nslookup wget curl chmod chown chgrp systeminfo tasklist powershell(?:\\.exe)? pwsh cmd(?:\\.exe)? certutil bitsadmin wmic printenv ncat netcat nc bash zsh ksh csh sh tftp telnet ssh scp sqlplus gcc perl python[23]? php ruby lua awk gawk sed grep egrep fgrep xargs mkfifo mknod crontab sudo useradd adduser usermod passwd base64 base32 xxd hexdump rm cp mv ls ps df du dd id pwd tac nl od expr printf traceroute tracert dig lsof strace nmap iptables systemctl socat openssl busybox ping6? rmdir mkdir ln uptime hostname uniq wc regsvr32 rundll32 mshta cscript wscript schtasks icacls attrib phpinfo getent lsb_release dmesg killall pkill nohup setsid apt-get yum dpkg',
)
/** Programs that are words too; they count with arguments of a shell alone. */
export const wordyPrograms = words(
  'cat echo dir type more less head tail sort find kill sleep touch date time test true false env set net reg host node java mail man who w last top at cut paste split join file diff look tee rev copy del move start route wall write install make go read history export source exec eval timeout watch view vi nano ed strings users locate which whereis fetch links lynx ftp finger screen wait jobs alias unset shutdown reboot halt print rename xcopy driverquery ver vol tree call',
)
const folder = '(?:(?:[a-z]:)?(?:\\.{0,2}/)?(?:[\\w.?*-]+/)*)?'
/** What follows a command in a shell and seldom a word in a sentence. */
const argument =
  '(?:\\s*[;|&`)<>]|\\s+(?:-{1,2}[a-z0-9]|/[a-z0-9]|\\.{0,2}/|~|\\$|%\\w|\\*|https?:|"/|\'[/-]|\\d+(?:\\.\\d+){3}|localhost|[\\w-]+\\.(?:txt|php|sh|py|pl|ini|log|conf|exe|bat|ps1|jsp?|asp|html?|com|net|org|io|me|site|xyz)\\b|[a-z]:[/\\\\])|,[/-]|\\+[a-z-])'

const pattern = (start: string, names: string, tail: string) => new RegExp(`${start}\\s*(?:${folder})(?:${names})${tail}`, 'm')

/** A command behind a separator: sure when it is a program's name alone or has a shell's arguments. */
export const separatedCommand = pattern(`(?:[;|]|&&|&(?=\\s)|\\$\\(|[<>]\\(|\\|\\|)`, programs, `(?:\\s*$|${argument}|\\s+'|\\s+"|\\s+[\\w./-]+\\s*$)`)
export const separatedWordyCommand = pattern(
  '(?:[;|]|&&|&|\\$\\(|[<>]\\()',
  wordyPrograms,
  `(?:(?<=(?:\\$\\(|\`)\\w{2,9})[)\`]|${argument.replace('\\s*[;|&`)<>]|', '\\s*[<>]|')}|\\s+\\d+(?:\\.\\d+)?\\s*(?:$|[;|&\`)#]))`,
)
/** A value that is a command from its first letter. */
export const leadingCommand = new RegExp(
  `^\\W{0,4}(?:${folder})(?:(?:${programs})(?:\\.exe)?${argument}|(?:cat|echo|dir|type|head|tail|find|sleep|more|less|tac|del|copy|net)\\s+(?:-[a-z]{1,4}\\b|/\\w|\\.{1,2}/|~/|[a-z]:[/\\\\]|\\$|%\\w))`,
  'i',
)
export const lineCommand = pattern('[\\n\\r]', programs, `(?:\\s*$|${argument})`)
/** A short value that is nothing but a separator and a command. */
export const bareCommand = new RegExp(`^["']?\\s*[;|&\`]{1,2}\\s*(?:${programs}|${wordyPrograms}|[a-z]?top|aptitude|reg(?:edit)?)\\s*[;|&\`"']{0,2}$`)
export const absoluteProgram = new RegExp(`(?:^|[\\s;|&\`"'(=,])/?(?:usr/)?(?:local/)?s?bin/(?:${programs}|${wordyPrograms}|\\w+sh)\\b`)
export const substitution = new RegExp(`(?:\\$\\(|<\\()\\s*${folder}(?:${programs}|${wordyPrograms})(?:\\s*[)\`|;&<>]|\\s+[^)\`]{1,200}[)\`]|\\s+\\S)`)
/** What begins like a command, between backticks. */
export const quotedCommand = new RegExp(`^\\s*${folder}(?:${programs}|${wordyPrograms})(?:\\s|[|;&<>]|$)`)
