/**
 * Token classes, one letter each, so that a statement becomes a short string a pattern can read:
 * n literal · s string · v variable · w word · d system object · f SQL function · i other call · U union · E select ·
 * S head of another statement · & and/or · | concatenation · o symbolic comparison · l worded comparison · a arithmetic ·
 * * star · N prefix operator · W where/having · F from · T into file · G order by/group by · L limit · C case · Z when ·
 * Y then · Q set/values · K other keyword · M "in boolean mode" · c comment · ( ) , ; and x for the rest.
 */
export type TokenClass = string

const groups: Record<TokenClass, string> = {
  n: 'null true false',
  U: 'union except intersect minus',
  E: 'select',
  '&': 'and or xor',
  l: 'like ilike rlike regexp between in is similar glob match div mod',
  N: 'not binary distinct all any some exists prior',
  W: 'where having',
  F: 'from',
  L: 'limit offset fetch rownum',
  C: 'case',
  Z: 'when',
  Y: 'then',
  Q: 'set values value',
  K: 'as on join inner outer cross natural using else end desc asc collate with for escape rename returning procedure begin declare exec execute call print use go if while',
}

const systemObjects =
  'information_schema sysobjects syscolumns sysusers sysdatabases systables sqlite_master sqlite_schema pg_catalog pg_user pg_shadow pg_database pg_tables pg_class all_tables all_users user_tables user_tab_columns all_tab_columns table_name column_name table_schema schema_name msysaccessobjects mysql.user mysql.db performance_schema v$version v$database v$instance domain.domains domain.columns sysmaster sysibm syscat rdb$database rdb$fields rdb$types sysadm dba_users dba_tables xp_cmdshell xp_regread xp_dirtree xp_fileexist sp_oacreate sp_oamethod sp_executesql sp_configure sp_password sp_makewebtask master..sysdatabases group_concat load_file utl_http utl_inaddr dbms_pipe dbms_lock dbms_xmlgen dbms_java dbms_output dbms_xslprocessor dbms_utility ctxsys openrowset opendatasource xmltype pg_read_file pg_ls_dir lo_import lo_export'
/** Names of the catalogue are recognised by their beginning too: `master..x`, `sys.user$`. */
const systemBeginnings =
  /^(?:information_schema|performance_schema|mysql\.|master\.|msdb\.|tempdb\.|sys\.|sysibm\.|syscat\.|pg_catalog\.|rdb\$|dbms_|utl_|xp_|sp_[a-z]+_|sp_oa|ctxsys\.|sysmaster|domain\.(?:domains|columns|tables)|v\$|all_tab|user_tab|sqlite_)/

/** Functions that are SQL's own names and hardly anybody else's. */
const distinctiveFunctions =
  'benchmark pg_sleep sleep load_file extractvalue updatexml group_concat xmltype randomblob zeroblob load_extension sqlite_version elt make_set row_count found_rows last_insert_id charindex patindex quotename nullif ifnull isnull iif nvl nvl2 decode to_char to_number rawtohex chr nchr char ascii unhex hex ord conv concat_ws concat substring substr mid instr locate lpad rpad reverse soundex strcmp aes_encrypt aes_decrypt des_encrypt des_decrypt md5 sha1 sha2 compress uncompress uncompressed_length crypt_key regexp_substring regexp_substr regexp_replace generate_series string_agg array_agg query_to_xml database_to_xml current_database current_setting version user system_user session_user current_user suser_name suser_sname user_name host_name db_name db_id schema_name database schema connection_id uuid_short name_const polygon multipoint linestring multilinestring multipolygon geometrycollection gtid_subset json_keys json_extract bin_to_num exp floor rand rnd ceil ceiling cos sin tan cot acos asin atan log log2 log10 sqrt pow power abs sign round truncate greatest least coalesce cast convert try_cast count sum min max avg length char_length octet_length bit_length len datalength lower upper ucase lcase ltrim rtrim trim replace repeat insert left right stuff str space field find_in_set format interval now sysdate curdate getdate unix_timestamp from_unixtime date_format datediff dateadd bin oct inet_aton inet_ntoa bit_and bit_or bit_xor std variance stddev dump empty_clob lo_from_bytea filetoclob filetoblob utl_raw xmlelement xmlforest openquery makedb row like if glob likelihood typeof printf quote unicode instr receive_message get_host_address get_host_name'

/** A statement's head is two words, so that prose with one of them is prose. */
const heads = [
  'insert into|low_priority|ignore',
  'replace into',
  'merge into',
  'delete from|low_priority|quick|ignore',
  'drop table|database|view|user|column|procedure|function|index|schema|trigger|role|login',
  'create table|database|view|user|function|procedure|trigger|alias|login|role|temp|temporary',
  'alter table|database|user|role|login|session|system',
  'truncate table',
  'waitfor delay|time',
  'bulk insert',
  'backup database|log',
  'restore database',
  'load data|_file|xml',
  'rename table',
  'grant all|select|insert|execute|dba|connect',
  'revoke all|select',
  'execute immediate',
  'shutdown with|immediate|abort',
  'begin dbms_lock.sleep|declare|dbms_pipe.receive_message|transaction',
  'exec master|sp_|xp_|master..xp_cmdshell|sp_executesql|xp_cmdshell',
  'attach database',
  'pragma table_info|database_list',
]

export const wordClasses: ReadonlyMap<string, TokenClass> = new Map(
  Object.entries(groups).flatMap(([tokenClass, words]) => words.split(' ').map((word): [string, TokenClass] => [word, tokenClass])),
)
const systemObjectNames: ReadonlySet<string> = new Set(systemObjects.split(' '))
export const sqlFunctions: ReadonlySet<string> = new Set(distinctiveFunctions.split(' '))

/** Two words that are one token. */
export const wordPairs: ReadonlyMap<string, TokenClass> = new Map([
  ...heads.flatMap((head) => {
    const [first = '', ...rest] = head.split(' ')
    return rest
      .join(' ')
      .split('|')
      .map((second): [string, TokenClass] => [`${first} ${second}`, 'S'])
  }),
  ['order by', 'G'],
  ['group by', 'G'],
  ['into outfile', 'T'],
  ['into dumpfile', 'T'],
  ['procedure analyse', 'T'],
  ['sounds like', 'l'],
  ['not like', 'l'],
  ['not in', 'l'],
  ['not between', 'l'],
  ['not regexp', 'l'],
  ['not rlike', 'l'],
  ['is not', 'l'],
  ['union all', 'U'],
  ['union distinct', 'U'],
  ['in boolean', 'M'],
  ['in natural', 'M'],
])
/** Words that begin a pair, so that the others are not looked up twice. */
export const pairBeginnings: ReadonlySet<string> = new Set([...wordPairs.keys()].map((pair) => pair.slice(0, pair.indexOf(' '))))

/** Functions that only an attacker calls from a parameter: they wait, read files or leak by an error. */
export const attackFunctions: ReadonlySet<string> = new Set(
  'benchmark pg_sleep load_file extractvalue updatexml randomblob load_extension crypt_key receive_message get_host_address regexp_substring generate_series name_const'.split(
    ' ',
  ),
)

export function isSystemObject(word: string): boolean {
  return systemObjectNames.has(word) || systemBeginnings.test(word)
}
