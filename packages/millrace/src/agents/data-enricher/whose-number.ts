/**
 * How many people work at the company whose page it is, from its text. "Trusted by 50,000 employees" says how many
 * work elsewhere: a number beside such words is not theirs. Called by page-facts.ts.
 */
import { readEmployees } from "./company-size.ts";

const PEOPLE =
  /(?<![\d.,])(\d{1,3}(?:[.,'’]\d{3}){0,2}|\d{1,7})\s?\+?\s(?:employees|staff members|team members|colleagues|people work|mitarbeiter|mitarbeitende|mitarbeitenden|mitarbeitern|beschäftigte|collaborateurs|salariés|empleados|medewerkers)(?!\p{L})/giu;
/** What leads to other companies' people, as the last words before the number. */
const BEFORE =
  /(?<!\p{L})(?:(?:trusted|used|loved|chosen|powered|read|relied on|recommended|followed) by|helps?|helping|helped|serv(?:es?|ed|ing)|supports?|supporting|supported|reach(?:es|ed|ing)?|train(?:s|ed|ing)?|pay(?:s|ing)?|paid|manag(?:es?|ed|ing)|protect(?:s|ed|ing)?|connect(?:s|ed|ing)?|empower(?:s|ed|ing)?|insur(?:es?|ed|ing)|for|from|to|between|under|(?:companies|businesses|customers|clients|organi[sz]ations|firms|employers|teams|enterprises) (?:with|of|have|having|from)|für|von|ab|bis|zwischen|unternehmen (?:mit|ab)|kunden mit|betriebe mit|pour|par|entreprises (?:de|avec)|para|por|empresas (?:de|con)|voor|door|bedrijven met)\s+(?:(?:up|more|greater|less|fewer|mehr|weniger|plus|más|meer) (?:to|than|as|als|de|que|dan)\s+|(?:over|about|around|nearly|almost|some|the|all|über|rund|circa|ca\.|plus de|près de|cerca de|ruim|bis zu)\s+)*(?:their\s+|your\s+|ihre\s+|deine\s+|vos\s+)?$/iu;
/** What they do with us, as the first words behind it. */
const BEHIND =
  /^\s*(?:(?:already|every day|daily|worldwide|weltweit|täglich)\s+)?(?:trust|use|rely|love|choose|benefit|vertrauen|nutzen|verwenden|setzen auf|utilisent|font confiance|nous font|confían|usan|utilizan|gebruiken|vertrouwen|(?:at|of|from|across|in) (?:our |more than |over )?(?:\d[\d.,]* )?(?:customers?|clients?|companies|businesses|organi[sz]ations))(?!\p{L})/iu;
const DIGIT = /\d/;
const MAX_LOOKED_AT = 20;
const AROUND = 90;

/** @returns the first number that is said of the company itself. */
export function employeesIn(text: string): number | undefined {
  if (!DIGIT.test(text)) return undefined;
  let looked = 0;
  for (const match of text.matchAll(PEOPLE)) {
    if (++looked > MAX_LOOKED_AT) return undefined;
    const before = sentenceEnd(text.slice(Math.max(0, match.index - AROUND), match.index));
    const behind = text.slice(match.index + match[0].length, match.index + match[0].length + AROUND);
    if (!BEFORE.test(before) && !BEHIND.test(behind)) return readEmployees(match[1]);
  }
  return undefined;
}

/** What stands in the same sentence. */
function sentenceEnd(text: string): string {
  return text.slice(Math.max(text.lastIndexOf(". "), text.lastIndexOf("! "), text.lastIndexOf("? ")) + 1);
}
