/** Whom someone who is the wrong person names instead: an address, or else a name. For a person to read, never written to. */
import { readableOf } from "./plain-text.ts";

const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
const CUE =
  "contact|reach out to|speak (?:to|with)|talk (?:to|with)|write to|ask|try|e-?mail|cc(?:'d)?|looped in|adding|added|successor is|replacement is|tasks are with|wenden Sie sich an|sprechen Sie mit|kontaktieren Sie|fragen Sie|Ansprechpartner(?:in)? ist|Vertretung ist|contactez|voyez avec|adressez-vous à|suivi par|contacte(?:r)? (?:a|con)?|hable con|escriba a|compañer[oa]|contatti|si rivolga a|scriva a|sentire|collega|neem contact op met|vraag|mail";
const TITLE =
  "(?:Mr\\.?|Ms\\.?|Mrs\\.?|Dr\\.?|Herrn?|Frau|M\\.|Mme|Sra?\\.?|Dott\\.?|ma collègue|mon collègue|my colleague|meine[rnm]? Kolleg(?:e|in|en)|de heer|mevrouw)";
/** A cue, at most a title, and one to three words with a capital. */
const NAME = new RegExp(
  `(?:^|[^\\p{L}])(?i:${CUE}) (?:(?i:our|my|${TITLE}) ){0,2}((?:\\p{Lu}[\\p{L}'-]{1,30})(?: \\p{Lu}[\\p{L}'-]{1,30}){0,2})`,
  "u",
);
const LOOKS_LIKE_A_NAME = /^\p{Lu}[\p{Ll}'-]+(?: \p{Lu}[\p{L}'-]+)*$/u;

/** @param own the contact's own address, which their signature may hold. */
export function referralOf(text: string, own?: string): string | undefined {
  const readable = readableOf(text).replace(/\s+/g, " ");
  const address = readable.match(ADDRESS)?.find((found) => found.toLowerCase() !== own?.toLowerCase());
  if (address !== undefined) return address.toLowerCase();
  const name = NAME.exec(readable)?.[1];
  return name !== undefined && LOOKS_LIKE_A_NAME.test(name) ? name : undefined;
}
