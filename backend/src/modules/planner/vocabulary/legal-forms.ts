/** What companies add to their names by law, with the blank before it, whatever the language; longest first. */
const legalForms =
  'gmbh & co. kg|gmbh & co kg|ag & co. kg|sp. z o.o. sp. k.|sp. z o.o.|sp z o o|s. de r.l.|s.a. de c.v.|pty ltd|pvt ltd|private limited|co., ltd.|co. ltd|co ltd|incorporated|corporation|limited|company|sarl|s.a.r.l.|s.r.l.|srl|s.p.a.|spa|s.l.|a.ş.|a.s.|s.a.|gmbh|corp.|corp|inc.|inc|ltd.|ltd|llc|llp|plc|pte|kgaa|kg|ohg|e.v.|ag|se|sa|nv|n.v.|b.v.|bv|ab|oy|oyj|as|a/s|aps|co.|co|kk|lp'
    .split('|')
    .map((form) => ` ${form}`)

/** A company's name as people say it. */
export function withoutLegalForm(name: string): string {
  const form = legalForms.find((one) => name.endsWith(one))
  return form === undefined ? name : name.slice(0, -form.length).replace(/[\s,]+$/, '')
}
