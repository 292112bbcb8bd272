/** The properties every fresh account has. One line each: name, type/fieldType, label, then marks and options. */
import type { PropertyDefinition, PropertyOption } from "./account.ts";
import { createdName, lastModifiedName, type ObjectType } from "./object-types.ts";

/** `!` read only, `#` unique. Options as `value` or `value=Label`. */
type Line = [name: string, kind: string, label: string, options?: string];

const YES_NO = "true=Yes,false=No";

/** HubSpot writes "Europe/Berlin" as europe_slash_berlin, and has the old names of North America's zones too. */
const TIME_ZONES = [
  ...Intl.supportedValuesOf("timeZone"),
  ...["US/Eastern", "US/Central", "US/Mountain", "US/Pacific", "US/Alaska", "US/Hawaii", "Canada/Atlantic"],
]
  .map((zone) => `${zone.toLowerCase().replaceAll("/", "_slash_")}=${zone}`)
  .join(",");

const LINES: Record<string, Line[]> = {
  contacts: [
    ["email", "string/text#", "Email"],
    ["hs_additional_emails", "enumeration/checkbox", "Additional email addresses"],
    ["firstname", "string/text", "First Name"],
    ["lastname", "string/text", "Last Name"],
    ["phone", "string/phonenumber", "Phone Number"],
    ["mobilephone", "string/phonenumber", "Mobile Phone Number"],
    ["fax", "string/phonenumber", "Fax Number"],
    ["company", "string/text", "Company Name"],
    ["jobtitle", "string/text", "Job Title"],
    ["website", "string/text", "Website URL"],
    ["address", "string/text", "Street Address"],
    ["city", "string/text", "City"],
    ["state", "string/text", "State/Region"],
    ["zip", "string/text", "Postal Code"],
    ["country", "string/text", "Country/Region"],
    ["industry", "string/text", "Industry"],
    ["numemployees", "enumeration/select", "Number of Employees", "1-5,5-25,25-50,50-100,100-500,500-1000,1000+"],
    ["annualrevenue", "string/text", "Annual Revenue"],
    ["message", "string/textarea", "Message"],
    ["hs_language", "string/text", "Preferred language"],
    ["hs_linkedin_url", "string/text", "LinkedIn URL"],
    ["hs_timezone", "enumeration/select", "Time Zone", TIME_ZONES],
    [
      "lifecyclestage",
      "enumeration/radio",
      "Lifecycle Stage",
      "subscriber=Subscriber,lead=Lead,marketingqualifiedlead=Marketing Qualified Lead,salesqualifiedlead=Sales Qualified Lead,opportunity=Opportunity,customer=Customer,evangelist=Evangelist,other=Other",
    ],
    [
      "hs_lead_status",
      "enumeration/radio",
      "Lead Status",
      "NEW=New,OPEN=Open,IN_PROGRESS=In Progress,OPEN_DEAL=Open Deal,UNQUALIFIED=Unqualified,ATTEMPTED_TO_CONTACT=Attempted to Contact,CONNECTED=Connected,BAD_TIMING=Bad Timing",
    ],
    ["hs_email_optout", "bool/booleancheckbox!", "Unsubscribed from all email", YES_NO],
    ["hs_email_domain", "string/text!", "Email Domain"],
    ["hs_analytics_source", "string/text!", "Original Traffic Source"],
    ["recent_conversion_date", "datetime/date!", "Recent Conversion Date"],
    ["recent_conversion_event_name", "string/text!", "Recent Conversion"],
    ["first_conversion_date", "datetime/date!", "First Conversion Date"],
    ["first_conversion_event_name", "string/text!", "First Conversion"],
    ["num_conversion_events", "number/number!", "Number of Form Submissions"],
    ["num_unique_conversion_events", "number/number!", "Number of Unique Forms Submitted"],
    ["hs_merged_object_ids", "string/text!", "Merged record IDs"],
  ],
  companies: [
    ["name", "string/text", "Company name"],
    ["domain", "string/text", "Company Domain Name"],
    ["website", "string/text", "Website URL"],
    ["phone", "string/phonenumber", "Phone Number"],
    ["description", "string/textarea", "Description"],
    ["industry", "string/text", "Industry"],
    ["address", "string/text", "Street Address"],
    ["city", "string/text", "City"],
    ["state", "string/text", "State/Region"],
    ["zip", "string/text", "Postal Code"],
    ["country", "string/text", "Country/Region"],
    ["numberofemployees", "number/number", "Number of Employees"],
    ["annualrevenue", "number/number", "Annual Revenue"],
    ["lifecyclestage", "string/text", "Lifecycle Stage"],
    ["hs_merged_object_ids", "string/text!", "Merged record IDs"],
  ],
  deals: [
    ["dealname", "string/text", "Deal Name"],
    ["amount", "number/number", "Amount"],
    ["closedate", "datetime/date", "Close Date"],
    ["dealstage", "string/text", "Deal Stage"],
    ["pipeline", "string/text", "Pipeline"],
    ["dealtype", "string/text", "Deal Type"],
    ["description", "string/textarea", "Deal Description"],
  ],
  tickets: [
    ["subject", "string/text", "Ticket name"],
    ["content", "string/textarea", "Ticket description"],
    ["hs_pipeline", "string/text", "Pipeline"],
    ["hs_pipeline_stage", "string/text", "Ticket status"],
    ["hs_ticket_priority", "enumeration/select", "Priority", "LOW,MEDIUM,HIGH,URGENT"],
    ["hs_ticket_category", "string/text", "Category"],
  ],
  tasks: [
    ["hs_task_subject", "string/text", "Task Title"],
    ["hs_task_body", "string/html", "Task Notes"],
    ["hs_task_status", "enumeration/select", "Task Status", "NOT_STARTED,IN_PROGRESS,WAITING,COMPLETED,DEFERRED"],
    ["hs_task_priority", "enumeration/select", "Priority", "NONE,LOW,MEDIUM,HIGH"],
    ["hs_task_type", "enumeration/select", "Task Type", "TODO,CALL,EMAIL,LINKED_IN_CONNECT,LINKED_IN_MESSAGE"],
    ["hs_task_reminders", "string/text", "Task Reminders"],
    ["hs_task_is_completed", "bool/booleancheckbox!", "Is Completed", YES_NO],
    ["hs_task_is_overdue", "bool/booleancheckbox!", "Is Overdue", YES_NO],
    ["hs_task_is_past_due_date", "bool/booleancheckbox!", "Is past due date", YES_NO],
    ["hs_task_completion_date", "datetime/date!", "Completed at"],
  ],
  notes: [
    ["hs_note_body", "string/html", "Note body"],
    ["hs_attachment_ids", "string/text", "Attached file IDs"],
  ],
  meetings: [
    ["hs_meeting_title", "string/text", "Meeting name"],
    ["hs_meeting_body", "string/html", "Meeting description"],
    ["hs_meeting_start_time", "datetime/date", "Start time"],
    ["hs_meeting_end_time", "datetime/date", "End time"],
    ["hs_meeting_outcome", "enumeration/select", "Outcome", "SCHEDULED,COMPLETED,RESCHEDULED,NO_SHOW,CANCELED"],
    ["hs_meeting_location", "string/text", "Location"],
    ["hs_internal_meeting_notes", "string/html", "Internal notes"],
  ],
  calls: [
    ["hs_call_title", "string/text", "Call Title"],
    ["hs_call_body", "string/html", "Call notes"],
    ["hs_call_direction", "enumeration/select", "Direction", "INBOUND,OUTBOUND"],
    ["hs_call_disposition", "string/text", "Call outcome"],
    ["hs_call_duration", "number/number", "Duration"],
    [
      "hs_call_status",
      "enumeration/select",
      "Call Status",
      "BUSY,CALLING_CRM_USER,CANCELED,COMPLETED,CONNECTING,FAILED,IN_PROGRESS,NO_ANSWER,QUEUED,RINGING",
    ],
    ["hs_call_from_number", "string/text", "From Number"],
    ["hs_call_to_number", "string/text", "To Number"],
  ],
  emails: [
    ["hs_email_direction", "enumeration/select", "Direction", "EMAIL,INCOMING_EMAIL,FORWARDED_EMAIL"],
    ["hs_email_status", "enumeration/select", "Send Status", "BOUNCED,FAILED,SCHEDULED,SENDING,SENT"],
    ["hs_email_subject", "string/text", "Subject"],
    ["hs_email_text", "string/textarea", "Text Body"],
    ["hs_email_html", "string/html", "HTML Body"],
    ["hs_email_headers", "string/textarea", "Headers"],
    ["hs_attachment_ids", "string/text", "Attached file IDs"],
    ["hs_email_message_id", "string/text", "Email message ID"],
    ["hs_email_from_email", "string/text!", "From email"],
    ["hs_email_from_firstname", "string/text!", "From first name"],
    ["hs_email_from_lastname", "string/text!", "From last name"],
    ["hs_email_to_email", "string/text!", "To email"],
    ["hs_email_cc_email", "string/text!", "Cc email"],
    ["hs_email_bcc_email", "string/text!", "Bcc email"],
    ["hs_email_open_count", "number/number!", "Opens"],
    ["hs_email_click_count", "number/number!", "Clicks"],
    ["hs_email_reply_count", "number/number!", "Replies"],
    ["hs_email_bounce_count", "number/number!", "Bounces"],
    ["hs_email_bounce_error_detail_message", "string/text!", "Bounce error message"],
  ],
  products: [
    ["description", "string/textarea", "Product description"],
    ["price", "number/number", "Unit price"],
    ["hs_sku", "string/text#", "SKU"],
  ],
  quotes: [["hs_title", "string/text", "Quote Title"]],
  leads: [["hs_lead_name", "string/text", "Lead Name"]],
  communications: [
    ["hs_communication_body", "string/html", "Communication body"],
    [
      "hs_communication_channel_type",
      "enumeration/select",
      "Channel Type",
      "WHATS_APP,LINKEDIN_MESSAGE,SMS,CUSTOM_CHANNEL_CONVERSATION",
    ],
  ],
  postal_mail: [["hs_postal_mail_body", "string/html", "Postal mail body"]],
};

export function standardGroupName(type: ObjectType): string {
  return type.plural === "companies" ? "companyinformation" : `${type.singular.replaceAll("_", "")}information`;
}

function optionsOf(text: string | undefined): PropertyOption[] {
  if (text === undefined) return [];
  return text.split(",").map((part, displayOrder) => {
    const [value = "", label = value] = part.split("=");
    return { value, label, displayOrder, hidden: false, description: "" };
  });
}

function definitionOf(line: Line, groupName: string, at: string): PropertyDefinition {
  const [name, kind, label, options] = line;
  const readOnly = kind.includes("!");
  const [type = "string", fieldType = "text"] = kind.replace(/[!#]/g, "").split("/");
  return {
    name,
    label,
    type,
    fieldType,
    description: "",
    groupName,
    options: optionsOf(options),
    displayOrder: -1,
    calculated: readOnly,
    externalOptions: false,
    hasUniqueValue: kind.includes("#"),
    hidden: false,
    formField: !readOnly,
    hubspotDefined: true,
    archived: false,
    createdAt: at,
    updatedAt: at,
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyValue: readOnly,
      readOnlyOptions: true,
    },
    dataSensitivity: "non_sensitive",
  };
}

/** The definitions of a type as a fresh account has them. */
export function standardProperties(type: ObjectType, at: string): PropertyDefinition[] {
  const own = LINES[type.plural] ?? [];
  const isActivity = type.required.some((names) => names.includes("hs_timestamp"));
  const lines: Line[] = [
    ...own,
    [createdName(type.typeId), "datetime/date!", "Create Date"],
    [lastModifiedName(type.typeId), "datetime/date!", "Last Modified Date"],
    ["hs_object_id", "number/number!", "Record ID"],
    ["hs_object_source", "string/text!", "Record source"],
    ["hs_object_source_id", "string/text!", "Record source ID"],
    ["hubspot_owner_id", "string/text", "Owner"],
  ];
  if (isActivity) lines.push(["hs_timestamp", "datetime/date", "Activity date"]);
  if (type.defaults.includes("name") && !own.some(([name]) => name === "name")) {
    lines.push(["name", "string/text", "Name"]);
  }
  return lines.map((line) => definitionOf(line, standardGroupName(type), at));
}
