import { assessRequest, assessText } from './index.ts'
import { detectors } from './detectors/index.ts'
import { viewsOf } from './decode/views.ts'
import { windowsOf } from './windows.ts'
import { isQuiet } from './quiet.ts'
const units=["'",'"','`','<','>','<a ','<a b=','(',')','((','{','}','{{','${','$(','#{','[','[]','\\','\\\\','%','%2','%25','&','&amp;','&#','&lt','=','==','#','*','/','//','/*','/**/','*/','--','-','..','../','..\\','.','./','.//','\r\n','\n',':','::','javascript:','data:','@','@@','+','+A','+ADw','!','a','a ','a.','a=','a;','a|','|','||',';','; ','a,','1','1 ','1,','1=','1+','0x','0','union ','select ','select(','union select ','from ','or ','or 1','and 1=',"' or ",'case when ','sleep(','f(','if(','concat(','a\'','a"','on','onerror=','on ','x.y','x.y.','_','__','$a','$a$','${a','?','/?','/??','/a*','a*','eval(','alert','alert(','document','document.','this[','(a','a)','(a=','(a=*)','*)','rcpt to','a1 ','&&','& ','\u00e9','\uff1c','\u200b','\0','<!','<!doctype ','<!--','<?','<%','O:1:"','https://','http://a','http://0','a@','~','^',"a''","''",'""','cat ','; cat ','`cat ','{a,b}','{a,','$IFS','$((','()','(){','AAAA','QUJD','YWxlcnQoMSk','dir ','\t','\u00a0', 'style=', '&{', '`a`', "'+'", "'||'", '1-', '-1', 'n\'', "x'", '0e','1e','1.','.1','a b c ','A=1 ','a=$b;','x=y;$','<svg ', 'script', '</','url(','expression','/bin/','bin/','sh -','java.','.constructor','["','\\u','\\x','\\u00','%u','%c0','e.','ab-','a-b: ','\ra:']
const len=Number(process.argv[2]??65536)
for(const u of units){ const t=(u.repeat(Math.ceil(len/u.length))).slice(0,len)+'!'
  const t0=performance.now(); const ws=windowsOf(t); const tw=performance.now()-t0; if(tw>15) console.log(JSON.stringify(u),'windows',tw.toFixed(1))
  for(const w of ws.slice(0,2)){ const t1=performance.now(); const vs=viewsOf(w); const tv=performance.now()-t1; if(tv>8) console.log(JSON.stringify(u),'views',tv.toFixed(1))
   for(const v of vs.slice(-1)) { const q0=performance.now(); isQuiet(v); if(performance.now()-q0>4) console.log(JSON.stringify(u),'quiet',performance.now()-q0); for(const d of detectors){ const s=performance.now(); d({...v,lower:v.text.toLowerCase(),place:'query'}); const e=performance.now()-s; if(e>8) console.log(JSON.stringify(u),w.length,d.name,e.toFixed(1)) } } }
}
