/**
 * How far a contact's data can be relied on, from 0 to 10, with a reason per feature. High from 8, medium from 5,
 * low below (R2). Data quality is not lead value: it alerts no one.
 *
 * | feature | points |
 * |---|---|
 * | address | 3 of a company, 2 of a role (info@), 0 free-mail, thrown away or none |
 * | company | 2 given or read on its website, 1 guessed from the address |
 * | size, industry, name, job title, phone or country | 1 each |
 */
import type { Contact } from "../../contacts/contact.ts";
import type { Address } from "./findings.ts";

export interface Quality {
  /** 0 to 10. */
  readonly quality: number;
  /** One sentence per feature. */
  readonly reasons: readonly string[];
}

const ADDRESS: Readonly<Record<Address["kind"], { readonly points: number; readonly says: string }>> = {
  company: { points: 3, says: "a company address" },
  role: { points: 2, says: "the address of a role, not of a person" },
  free: { points: 0, says: "a free-mail address" },
  disposable: { points: 0, says: "a thrown-away address" },
};

/** What is known of a contact, by property. */
export interface Knowledge {
  /** A person or a form gave it. */
  readonly isGiven: (property: string) => boolean;
  /** It was read on the company's website or in a profile. */
  readonly isRead: (property: string) => boolean;
  /** The contact has a value, its own or one just found. */
  readonly isKnown: (property: string) => boolean;
}

export function qualityOf(address: Address | undefined, { isGiven, isRead, isKnown }: Knowledge): Quality {
  const reasons: string[] = [];
  let quality = 0;
  const add = (feature: string, points: number, most: number, because: string) => {
    quality += points;
    reasons.push(`${feature}: ${points} of ${most}, ${because}`);
  };
  const kind = address === undefined ? undefined : ADDRESS[address.kind];
  add("address", kind?.points ?? 0, 3, kind?.says ?? "no valid address");
  if (isGiven("company")) add("company", 2, 2, "given");
  else if (isRead("company")) add("company", 2, 2, "read on its website or in a profile");
  else if (isKnown("company")) add("company", 1, 2, "guessed from the address");
  else add("company", 0, 2, "unknown");
  const addOne = (feature: string, is: boolean) => add(feature, is ? 1 : 0, 1, is ? "known" : "unknown");
  addOne("size", isKnown("company_size_band"));
  addOne("industry", isKnown("industry"));
  addOne("name", isKnown("firstname") && isKnown("lastname"));
  addOne("job title", isKnown("jobtitle"));
  addOne("phone or country", ["phone", "company_phone", "country"].some(isKnown));
  return { quality, reasons };
}

/** True for a value that says something. */
export function isValue(value: Contact["properties"][string] | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}
