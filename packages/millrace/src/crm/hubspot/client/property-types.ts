/**
 * What HubSpot's properties take, and our values brought into that: a number of employees into HubSpot's list of ranges, a
 * label to the value behind it. Pure. A value that fits in no way is left out; the record is written without it.
 */

/** One property of HubSpot, as its listing defines it. */
export interface PropertyType {
  readonly name: string;
  readonly type: string;
  readonly fieldType?: string;
  /** Empty: any value, as for owners, whose list is elsewhere. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isReadOnly: boolean;
}

/** A property as HubSpot's listing has it. */
export interface ListedProperty {
  readonly name: string;
  readonly type?: string;
  readonly fieldType?: string;
  readonly hasUniqueValue?: boolean;
  readonly externalOptions?: boolean;
  readonly options?: readonly { readonly value: string; readonly label?: string }[];
  readonly modificationMetadata?: { readonly readOnlyValue?: boolean };
}

export function propertyTypeOf(listed: ListedProperty): PropertyType {
  const options = listed.externalOptions === true ? [] : (listed.options ?? []);
  return {
    name: listed.name,
    type: listed.type ?? "string",
    fieldType: listed.fieldType,
    options: options.map(({ value, label }) => ({ value, label: label ?? value })),
    isReadOnly: listed.modificationMetadata?.readOnlyValue === true,
  };
}

const MAX_TEXT_LENGTH = 65_536;

/** @param value not empty. @returns the value as the property takes it; undefined when it takes none like it. */
export function fitted(value: string, property: PropertyType): string | undefined {
  if (property.isReadOnly) return undefined;
  switch (property.type) {
    case "number":
      return value.trim() !== "" && Number.isFinite(Number(value)) ? value.trim() : undefined;
    case "bool":
      return /^(?:true|false)$/i.test(value) ? value.toLowerCase() : undefined;
    case "enumeration":
      return property.options.length === 0 ? value : optionFor(value, property);
    case "date":
    case "datetime":
      return Number.isNaN(/^-?\d{1,16}$/.test(value) ? Number(value) : Date.parse(value)) ? undefined : value;
    default:
      return value.length > MAX_TEXT_LENGTH ? value.slice(0, MAX_TEXT_LENGTH) : value;
  }
}

/** The option a value means: by its value, by its label, or as the range the number lies in. */
function optionFor(value: string, { options, fieldType }: PropertyType): string | undefined {
  if (fieldType === "checkbox" && value.includes(";")) {
    const chosen = value.split(";").map((part) => optionFor(part, { options } as PropertyType));
    return chosen.every((part) => part !== undefined) ? chosen.join(";") : undefined;
  }
  const wanted = normalised(value);
  const named = options.find((option) => normalised(option.value) === wanted || normalised(option.label) === wanted);
  return (named ?? options.find((option) => isWithin(value, option.value)))?.value;
}

function normalised(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_–-]+/g, " ");
}

const FROM_TO = /^\s*(\d[\d,]*)\s*(?:-|–|to)\s*(\d[\d,]*)\s*$/i;
const FROM = /^\s*(?:(\d[\d,]*)\s*\+|>\s*(\d[\d,]*))\s*$/;

/** HubSpot's ranges share their ends ("5-25", "25-50"): an end belongs to the one before. */
function isWithin(value: string, range: string): boolean {
  if (value.trim() === "" || !Number.isFinite(Number(value))) return false;
  const number = Number(value);
  const [, low, high] = FROM_TO.exec(range) ?? [];
  if (low !== undefined && high !== undefined) return number >= plain(low) && number <= plain(high);
  const [, least, above] = FROM.exec(range) ?? [];
  if (least !== undefined) return number >= plain(least);
  return above !== undefined && number > plain(above);
}

function plain(digits: string): number {
  return Number(digits.replaceAll(",", ""));
}
