import { assessRequest } from './index.ts'
import { windowsOf } from './windows.ts'
const units=["'",'<','<a ','(','{{','$(','[','\\','%25','&amp;','=','*','/**/','-','../','.','./','\n','\r\n','javascript:','@','+A','a','a ','a.','1 ','union ','select ','select(','from ','or 1',"' or ",'sleep(','on','onerror=','x.y','$a','${a','/?','/a*','eval(','document','(a=','\u00e9','<!doctype ','<%','https://',"a''",'; cat ','{a,','select a ','; ',') or ','" or','union(','select * ','a;b ','&#60','\\u003c','alert',' on','union /','union+','$ ','1=1 ']
for(const u of units){ console.error(JSON.stringify(u)); const t=(u.repeat(Math.ceil(65536/u.length))).slice(0,65536)+'!'; let s=performance.now(); windowsOf(t); const w=performance.now()-s; 
 s=performance.now(); const r=assessRequest({method:'POST',path:'/a',query:'',headers:{},body:{contentType:'',text:t}}); const b=performance.now()-s
 const many=Object.fromEntries(Array.from({length:590},(_,i)=>['k'+i,t.slice(0,6000)])); s=performance.now(); const r2=process.argv[2]?assessRequest({method:'POST',path:'/a',query:'',headers:{},body:{contentType:'application/json',parsed:many}}):r; const c=performance.now()-s
 if(w>20||b>150||c>400) console.log(JSON.stringify(u),w.toFixed(0),b.toFixed(0),c.toFixed(0),r.score,r2.score) }
