import { fromMarkdown } from 'mdast-util-from-markdown'
import { findEdits } from './markdown-edits.ts'
for (const n of [1000,2000,4000]) {
const s='['+'](x:y'.repeat(n/5)
let t=performance.now(); const tree=fromMarkdown(s); console.log(n,'parse',performance.now()-t)
t=performance.now(); const e=findEdits(tree as never,s); console.log('edits',e.length,performance.now()-t)
let o='',p=0; for(const x of e){o+=s.slice(p,x.start)+x.text;p=x.end} o+=s.slice(p)
t=performance.now(); fromMarkdown(o); console.log('parse2',performance.now()-t)
}
