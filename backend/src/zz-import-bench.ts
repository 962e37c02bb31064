import { Readable } from 'node:stream'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { migrate } from '#backend/infra/database/migrate.ts'
import { ensureFirstWorkspace } from '#backend/infra/database/bootstrap.ts'
import { openDatabase } from '#backend/infra/database/database.ts'
import { createImportService } from '#backend/modules/crm/import/import.service.ts'
import { createClock } from '#backend/kernel/clock.ts'
import pg from 'pg'
const times=new Map<string,[number,number]>()
const orig=pg.Client.prototype.query as any
;(pg.Client.prototype as any).query=function(t:any,...a:any[]){const st=performance.now();const r=orig.call(this,t,...a);if(r?.then)r.then(()=>{const k=String(t?.text??t).trim().replace(/\s+/g,' ').slice(0,70);const x=times.get(k)??[0,0];x[0]+=performance.now()-st;x[1]++;times.set(k,x)},()=>{});return r}
const e = await openEmbeddedPostgres({folder:'/tmp/impbench',password:'secretsecret',maxConnections:50})
const m = await migrate({adminUrl:e.adminUrl,applicationPassword:'apppw'})
const w = await ensureFirstWorkspace(e.adminUrl)
const db = openDatabase({connectionString:m.applicationUrl,maxConnections:5,connectionTimeoutMs:5000,onError:console.error})
const actor={type:'user' as const,workspaceId:w.workspaceId,userId:w.userId,name:'x',role:'owner' as const,via:'cli' as const}
const first=Array.from({length:800},(_,i)=>'Fi'+i.toString(36)+'an'), last=Array.from({length:3000},(_,i)=>'La'+i.toString(36)+'son')
const N=Number(process.argv[2]??100000)
function* gen(){ let s='first_name,last_name,email,external_id,phone,title,organisation,city,country,owner,tags,created_at\n'; for(let n=0;n<N;n++){const f=first[(n*7)%800],l=last[(n*13)%3000]; s+=`${f},${l},${f}.${l}${n}@corp${n%500}.example,c${n},+1 415 555 ${1000+n%9000},Engineer,Org ${n%2000},City${n%300},United States,Owner ${n%6},a;b,2024-0${1+n%9}-11T10:00:00Z\n`; if(s.length>60000){yield Buffer.from(s); s=''}} yield Buffer.from(s)}
const imports=createImportService({database:db,clock:createClock(),folder:'/tmp/impbench-spool',logger:console})
import fs from 'node:fs'
const pm=fs.readFileSync('/tmp/impbench/'+(fs.existsSync('/tmp/impbench/postmaster.pid')?'':'data/')+'postmaster.pid','utf8').split('\n')[0]
const pgcpu=()=>{let t=0;for(const d of fs.readdirSync('/proc'))if(/^\d+$/.test(d)){try{const st=fs.readFileSync(`/proc/${d}/stat`,'utf8').split(') ')[1]!.split(' ');if(st[1]===pm)t+=Number(st[11])+Number(st[12])}catch{}}return t/100}
for (const label of ['insert','unchanged']) {
const p0=pgcpu();const t=performance.now(); const cpu=process.cpuUsage(); let peak=0; const iv=setInterval(()=>{peak=Math.max(peak,process.memoryUsage().rss)},200)
const r=await imports.importFile(actor,Readable.from(gen()),{entity:'contacts',createMissing:true})
const s=(performance.now()-t)/1000;const c=process.cpuUsage(cpu);clearInterval(iv)
for (const [k,[ms,n]] of [...times].sort((a,b)=>b[1][0]-a[1][0]).slice(0,12)) console.log(Math.round(ms),'ms',n,k); times.clear()
console.log(label,{created:r.created,skipped:r.skipped,updated:r.updated,errors:r.errorCount},Math.round(N/s),'rows/s; node cpu s',((c.user+c.system)/1e6).toFixed(1),'pg cpu',(pgcpu()-p0).toFixed(1),'wall',s.toFixed(1),'peak MB',Math.round(peak/1e6))
}
await db.close();await e.release()
