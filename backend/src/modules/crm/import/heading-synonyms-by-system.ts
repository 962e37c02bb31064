import type { EntityName } from '#contracts/entities.ts'

/** Words by column, separated by blanks. */
export type WordLists = Partial<Record<EntityName | 'any', Readonly<Record<string, string>>>>

/** Headings of the exports and interfaces of Insightly, HubSpot and Salesforce that say nothing by themselves, normalised. */
export const systemHeadings: WordLists = {
  any: {
    external_id: 'id objectid hsobjectid recordidnumber',
    email: 'emailaddress1 emailwork workemailaddress',
    phone: 'phonebusiness businessphonenumber phonework mainphonenumber',
    mobile: 'mobilephonenumber phonemobile mobilenumber',
    organisation: 'associatedcompany primaryassociatedcompany associatedcompanyprimary companyaccount linkedorganisation linkedorganization companynames',
    street:
      'addressmailstreet mailstreet mailingaddress mailingaddressstreet addressstreet addressline mailingaddressline1 streetaddress1 otherstreet billingstreet addressbillingstreet',
    city: 'addressmailcity mailcity mailingaddresscity addresscity addressbillingcity billingaddresscity',
    state:
      'addressmailstate mailstate mailingaddressstate mailingstateprovince billingstateprovince addressstate addressbillingstate stateregion statecounty billingaddressstate',
    postcode:
      'addressmailpostcode mailpostcode mailpostalcode mailingaddresspostcode mailingzippostalcode billingzippostalcode zippostalcode addresspostcode addresspostalcode addressbillingpostcode billingpostalcode',
    country: 'addressmailcountry mailcountry mailingaddresscountry addresscountry addressbillingcountry billingaddresscountry',
    source: 'originalsource originaltrafficsource hsanalyticssource leadsourceid accountsource contactsource',
    owner:
      'companyowner organisationowner organizationowner taskowner eventowner noteowner activityowner owneruserid ownerid responsibleuserid userresponsible assigned activityassignedto hubspotowner hubspotownerid taskassignedto ownername owneralias',
    tags: 'taglist contacttaglist organizationtaglist organisationtaglist',
    last_contacted_at: 'lastactivitydateutc notelastcontacted noteslastcontacted lastcontactedtime',
    created_at: 'datecreatedutc createdateutc recordcreated createdby1 hscreatedate createdatetime activitydatecreated',
    updated_at: 'lastmodified1 lastupdated lastmodifieddateutc hslastmodifieddate modifieddate datemodified systemmodstamp',
    date_of_birth: 'dateofbirth1 birthdate1',
    related_external_id:
      'linkedrecordid relatedrecordid whoid whatid parentid contactrecordid organizationrecordid organisationrecordid opportunityrecordid associatedcontactids associatedcompanyids associateddealids relatedtoid',
    related_type: 'linkedobjectname linkedobject relatedobject',
  },
  contacts: { title: 'contacttitle role', external_id: 'contactrecordid', last_contacted_at: 'lastcontacted lastactivity' },
  organisations: {
    external_id: 'organizationrecordid organisationrecordid companyrecordid',
    domain: 'companydomainname emaildomain linkedemaildomains emaildomains',
    size: 'noofemployees totalemployees numemployees',
    phone: 'companyphone accountphone',
  },
  leads: {
    external_id: 'leadrecordid',
    organisation: 'companyaccount leadcompany organisationname organizationname',
    status: 'leadstatusid leadstage hsleadstatus',
    converted_at: 'converteddateutc dateconvertedutc',
    rating: 'leadrating',
  },
  opportunities: {
    external_id: 'opportunityrecordid',
    value: 'opportunityvalue bidamount totalvalue amountconverted dealvalue amount',
    currency: 'amountcurrency bidcurrency currencyisocode dealcurrencycode currencyincompany opportunitycurrency',
    contact_email: 'associatedcontact primarycontact associatedcontacts linkedcontactemail contact',
    stage: 'pipelinestage stagename currentstage dealstage',
    state: 'opportunitystate',
    probability: 'dealprobability winprobability probabilityofwinning hsdealstageprobability',
    forecast_close_date: 'forecastclosedate expectedclosedate closedate',
    actual_close_date: 'actualclosedate',
    stage_changed_at: 'laststagechangedate stagelastchanged dateenteredcurrentstage',
  },
  products: {
    sku: 'productsku productcode stockkeepingunit hssku',
    external_id: 'productid recordid id',
    category: 'productfamily family productcategory producttype',
    price: 'defaultprice standardprice unitprice listprice hspricecurrency',
    cost: 'unitcost hscostofgoodssold costofgoodssold',
    currency: 'currencyisocode pricecurrency',
    active: 'isactive productactive',
    description: 'productdescription',
  },
  tasks: {
    title: 'tasktitle tasksubject',
    external_id: 'activityid taskrecordid',
    due_at: 'activitydate taskduedate date duedateonly',
    completed_at: 'completeddateutc completeddatetime completiondate completedat',
    status: 'taskstatus',
    priority: 'taskpriority',
    related_external_id: 'contactid accountid',
  },
  events: {
    title: 'meetingname meetingtitle eventsubject',
    external_id: 'activityid meetingid eventrecordid',
    starts_at: 'meetingstarttime activitydatetime startdatetimeutc startdateutc start',
    ends_at: 'meetingendtime enddatetimeutc enddateutc end',
    attendees: 'attendeeemails invitedcontacts',
    related_external_id: 'contactid accountid',
  },
  notes: {
    body: 'notebody notecontent notetext hsnotebody notedetails contentnote',
    title: 'notetitle linksubject',
    external_id: 'noterecordid',
    author: 'createdbyuser owneruserid noteowner activityassignedto',
    created_at: 'activitydate notedate notecreateddate',
    related_external_id: 'contactid accountid',
  },
  emails: {
    from: 'fromaddress hsemailfromemail emailfrom',
    to: 'toaddress hsemailtoemail emailto',
    body: 'textbody emailbody htmlbody bodytext emailcontent',
    sent_at: 'messagedate emailsentdate activitydate emailsenddate',
    direction: 'emaildirection isincoming',
  },
}

/** What a system puts before its own headings: "Contact First Name" in a file of contacts. */
export const ownPrefixes: Partial<Record<EntityName, readonly string[]>> = {
  organisations: ['organisation', 'organization', 'company', 'account'],
  contacts: ['contact'],
  leads: ['lead'],
  opportunities: ['opportunity', 'deal'],
  products: ['product'],
  tasks: ['task', 'activity'],
  events: ['event', 'meeting'],
  notes: ['note'],
}
