import { cleanMarkdown } from './clean-markdown.ts'
import { createMarkdownStream } from './markdown-stream.ts'
import { cleanHtml } from './clean-html.ts'
const n=39000
const fill=(x: string)=>x.repeat(Math.floor(n/x.length))
const c:Record<string,string>={em:fill('*a_ [x](y)\n\n'),emb:fill('*a_ '.repeat(200)+'[x](y)\n\n'),br:fill('['.repeat(45)+'](x)'.repeat(45)+'\n'),imgs:fill('!['.repeat(45)+'](x)'.repeat(45)+' '),imgs2:fill('!['.repeat(45)+'](x)'.repeat(45)+'\n\n'),lt:fill('<'),lta:fill('<a '),html:fill('<b>x</b> '),div:fill('<div>\n'),cm:fill('<!--'),q:fill('> '.repeat(18)+'[\n'),links:fill('[a](http://x.y) '),tbl:'|a|b|\n|-|-|\n'+fill('|[x](y)|**b** <b>|\n'),defs:Array.from({length:8000},(_,i)=>`[a${i}]: x`).join('\n'),bs:'['+fill('\\'),near:'['+fill('](x:y'),sp:'[a]('+fill(' '),ws:fill(' \n')+'[',list:fill('- [ ] a\n'),nestlist:Array.from({length:400},(_,i)=>' '.repeat(i*2)+'- [').join('\n'),tick:fill('`a``b<')}
for(const [k,v] of Object.entries(c)){const t=performance.now(); const o=cleanMarkdown(v); const d=performance.now()-t; const t2=performance.now(); const idem=cleanMarkdown(o)===o; console.log(k,v.length,d.toFixed(0),o.length,idem)}
// stream of a long ordinary answer
const ans=fill('Here is **bold** and [a link](http://x.y) and <b>html</b>, said in some words.\n\n').slice(0,20000)
let t=performance.now(); const st=createMarkdownStream(); let out=''; for(let i=0;i<ans.length;i+=5) out+=st.push(ans.slice(i,i+5)); out+=st.end(); console.log('stream 20k',(performance.now()-t).toFixed(0), out===cleanMarkdown(ans))
t=performance.now(); const typical=ans.slice(0,3000); for(let i=0;i<20;i++) cleanMarkdown(typical); console.log('clean 3k',((performance.now()-t)/20).toFixed(2),'ms')
const h:Record<string,string>={div:'<div>'.repeat(400000),a:'<a href="https://x">'.repeat(100000),p:'<p>hello <b>x</b> &amp; <img src=x alt=y>'.repeat(30000),b64:'<img src="data:image/png;base64,'+'A'.repeat(3_500_000)+'">tail',lt:'<'.repeat(1000000),amp:'&'.repeat(1000000),style:'<p style="'+'color:red;'.repeat(100000)+'">x',attr:'<p '+'a=b '.repeat(300000)+'>',cmt:'<!--'.repeat(200000),quot:'"'.repeat(600000), tbl:'<table><tr><td>'.repeat(50000)}
for(const [k,v] of Object.entries(h)){const t=performance.now(); const o=cleanHtml(v); const d=performance.now()-t; console.log(k,v.length,d.toFixed(0),o.length,cleanHtml(o)===o, o.slice(-60))}
