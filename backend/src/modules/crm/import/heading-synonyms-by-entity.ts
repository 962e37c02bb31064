import type { EntityName } from '#contracts/entities.ts'

/** Where a heading means another column than elsewhere. */
export const entitySynonyms: Partial<Record<EntityName, Readonly<Record<string, readonly string[]>>>> = {
  organisations: {
    name: [
      'name',
      'organisation',
      'organization',
      'company',
      'companyname',
      'account',
      'accountname',
      'organisationname',
      'organizationname',
      'businessname',
      'firma',
      'unternehmen',
      'empresa',
      'societe',
    ],
    external_id: ['organisationid', 'organizationid', 'companyid', 'accountid'],
  },
  contacts: { title: ['title'], name: ['name'], external_id: ['contactid', 'customerid', 'personid', 'customernumber', 'kundennummer'] },
  leads: { title: ['title'], name: ['name'], external_id: ['leadid', 'prospectid'] },
  opportunities: {
    name: ['name', 'opportunity', 'opportunityname', 'deal', 'dealname', 'title'],
    external_id: ['opportunityid', 'dealid'],
    state: ['opportunitystate', 'dealstatus', 'status', 'state', 'outcome'],
  },
  products: {
    name: ['name', 'product', 'productname', 'itemname', 'title'],
    description: ['description', 'productdescription', 'body'],
    price: ['price', 'unitprice', 'listprice'],
    external_id: ['externalid'],
  },
  tasks: {
    title: ['title', 'task', 'taskname', 'name', 'subject', 'summary'],
    external_id: ['taskid'],
    status: ['status', 'taskstatus', 'listname', 'list', 'column'],
  },
  events: { title: ['title', 'event', 'eventname', 'name', 'subject', 'summary'], external_id: ['eventid'] },
  notes: {
    title: ['title', 'subject', 'heading', 'notetitle'],
    external_id: ['noteid'],
    author: ['author', 'createdby', 'owner', 'writtenby', 'user', 'userid'],
  },
  emails: { external_id: ['emailid', 'messageid', 'mailid'] },
}
