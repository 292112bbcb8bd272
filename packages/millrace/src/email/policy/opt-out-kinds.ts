/**
 * Wishes to stop by what is wished: to be taken out of it, one's data deleted, this mail the last, one's address on the list of
 * those no one writes to, a consent that was never given. Each is put together of verbs and objects, as `sentencesOf` of
 * opt-out-words.ts writes. Others may be named in them ("see that no one from your firm writes to us"), so they are not guarded by
 * whom a sentence is about; doubts are judged as for every phrase.
 */

import { KINDS_OF_ADDRESS } from "./opt-out-kinds-address.ts";
import { KINDS_OF_ASKED } from "./opt-out-kinds-asked.ts";
import { KINDS_OF_EAST } from "./opt-out-kinds-east.ts";
import { KINDS_OF_FORMAL } from "./opt-out-kinds-formal.ts";
import { KINDS_OF_NEXT } from "./opt-out-kinds-next.ts";
import { KINDS_OF_NORTH } from "./opt-out-kinds-north.ts";
import { KINDS_OF_PLAIN } from "./opt-out-kinds-plain.ts";
import { KINDS_OF_SOUTH } from "./opt-out-kinds-south.ts";
import { KINDS_OF_WEST } from "./opt-out-kinds-west.ts";
import { KINDS_OF_WITHOUT } from "./opt-out-kinds-without.ts";
import type { OptOutLanguage } from "./opt-out-phrases.ts";

const KINDS: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  ...KINDS_OF_WEST,
  ...KINDS_OF_SOUTH,
  ...KINDS_OF_NORTH,
  ...KINDS_OF_EAST,
};

/** A question for something to be known, and what may be. */
const ASKS =
  /^(do|does|did|is|are|was|were|have|has|what|which|when|where|who|how|why|welche|wann|wo|wie|warum|wird|werden|quel\w*|quand|ou|comment|pourquoi|est-ce|cual\w*|cuando|como|cosa|quale|quando|come|perche|si puo|wat|welke|wanneer|hoe|waarom|wordt|qual|da para|e possivel|co|kiedy|jak|dlaczego|vad|nar|hur|varfor|hvad|hvornar|hvordan|hvorfor) .*\?$|(いつ|どう|どの|何).*か(。|？|\?)?$|((?<!(能|可以|麻烦|麻煩)[^。]{0,14})(吗|嗎)|怎么|怎麼|如何|什么时候|什麼時候|多久).*(\?|？)?$/;

/** Words of who goes to a lawyer or an authority. */
export const ACCUSES =
  /(?<!\b(no|not a|keine|pas de|aucune|ninguna|sin|nessuna|geen|nenhuma|sem|zadnej|ingen) )\b(complaint|lawyers?|solicitors?|attorneys?|legal action|court|regulators?|data protection (authority|commissioner|office|agency)|ico|report(ed|ing)? (you|this|your)|sue|beschwerde|anwalt\w*|rechtsanwalt\w*|anzeige|abmahn\w*|aufsichtsbehorde|datenschutzbehorde|plainte|cnil|avocat\w*|signale|tribunal|denunci\w+|abogad\w+|reclamacion|proteccion de datos|aepd|garante|avvocat\w+|segnala\w+|querela|klacht\w*|autoriteit persoonsgegevens|acm|advocaat|aangifte|anpd|cnpd|advogad\w+|juridico|queixa|uodo|prawnik\w*|adwokat\w*|skarg\w+|zglos\w+|zglaszam|integritetsskydd\w*|anmal(er|t|a|ning)|polisanmal\w*|advokat\w*|datatilsyn\w*|klage[rt]?|anmeld\w*|politi\w*)\b|弁護士|通報|法的|訴え|消費者(庁|センター)|投诉|投訴|举报|舉報|律师|律師|工信部|起诉|起訴/;

/** Longer sentences say more than one thing. */
const LONGEST = 200;

function kindsOf(language: OptOutLanguage): readonly RegExp[] {
  return [
    KINDS,
    KINDS_OF_NEXT,
    KINDS_OF_WITHOUT,
    KINDS_OF_ASKED,
    KINDS_OF_FORMAL,
    KINDS_OF_PLAIN,
    KINDS_OF_ADDRESS,
  ].flatMap((kinds) => kinds[language] ?? []);
}

/** @returns the words that wish so. */
export function wordsOfKind(sentence: string, language: OptOutLanguage): string | undefined {
  if (sentence.length > LONGEST || ASKS.test(sentence)) return undefined;
  for (const kind of kindsOf(language)) {
    const found = kind.exec(sentence);
    if (found) return found[0].trim().slice(0, 100);
  }
  return undefined;
}
