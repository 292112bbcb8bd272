/** What a property accepts and how it is kept: every value is a string in the end. Pure; records.ts asks it on each write. */
import type { InvalidValue } from "../http/api-error.ts";
import type { PropertyDefinition } from "./account.ts";

const EMAIL = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@.<>()[\],;:"\\]{2,}$/;
const MAX_VALUE_LENGTH = 65_536;

type Kept = { value: string } | { wrong: Omit<InvalidValue, "name"> };

const wrong = (error: string, message: string): Kept => ({ wrong: { error, message } });

/** Milliseconds of an ISO text or of a number of milliseconds, as HubSpot takes both. */
export function timeOf(text: string): number | undefined {
  const at = /^-?\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
}

function keepOption(definition: PropertyDefinition, value: string): Kept {
  if (definition.externalOptions || definition.options.length === 0) return { value };
  const allowed = definition.options.map((option) => option.value);
  const given = definition.fieldType === "checkbox" ? value.split(";").filter((part) => part !== "") : [value];
  const strange = given.find((part) => !allowed.includes(part));
  return strange === undefined
    ? { value }
    : wrong("INVALID_OPTION", `${strange} was not one of the allowed options: [${allowed.join(", ")}]`);
}

function keepTime(definition: PropertyDefinition, value: string): Kept {
  const at = timeOf(value);
  if (at === undefined) return wrong("INVALID_DATE", `${value} was not a valid ${definition.type}.`);
  const iso = new Date(at).toISOString();
  if (definition.type === "datetime") return { value: iso };
  return iso.endsWith("T00:00:00.000Z")
    ? { value: iso.slice(0, 10) }
    : wrong("INVALID_DATE", `${value} is at ${iso.slice(11)}, not midnight!`);
}

/** The value as it is kept, or what is wrong with it. Empty clears, whatever the type. */
export function keptValue(definition: PropertyDefinition, value: string): Kept {
  if (value === "") return { value };
  if (value.length > MAX_VALUE_LENGTH) {
    return wrong("PROPERTY_VALUE_TOO_LONG", `${definition.name} may have at most ${MAX_VALUE_LENGTH} characters.`);
  }
  switch (definition.type) {
    case "number":
      return value.trim() !== "" && Number.isFinite(Number(value))
        ? { value: value.trim() }
        : wrong("INVALID_INTEGER", `${value} was not a valid number.`);
    case "bool":
      return /^(true|false)$/i.test(value)
        ? { value: value.toLowerCase() }
        : wrong("INVALID_OPTION", `${value} was not one of the allowed options: [true, false]`);
    case "enumeration":
      return keepOption(definition, value);
    case "date":
    case "datetime":
      return keepTime(definition, value);
    default:
      if (definition.name !== "email") return { value };
      return EMAIL.test(value.trim())
        ? { value: value.trim().toLowerCase() }
        : wrong("INVALID_EMAIL", `Email address ${value} is invalid`);
  }
}
