/**
 * More ways to wish for no more messages, by what kind of wish it is: that they end, that it is seen to that none is sent, to be off or
 * left out, no more of them to me, an end of the subscription to the rest, an address to be deleted, a polite wish in the conditional.
 * As `sentencesOf` of opt-out-words.ts writes. Asked about a sentence that is no question and says nothing of what others do; doubts
 * are judged as for every other phrase.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

/** What others do or want, and questions about it. */
const OTHERS =
  /\b(they|he|she|nobody|no one|none of you|someone|somebody|people|customers?|clients?|subscribers?|recipients?|colleagues?|competitors?|sie haben|niemand|jemand|kunden|kollege\w*|kollegin\w*|ils|elle|elles|personne|quelqu'un|collegues?|ellos|ellas|nadie|alguien|clientes|compañer\w+|companer\w+|colegas?|loro|nessuno|qualcuno|clienti|collegh?[ai]|zij|hij|iemand|klanten|collega\w*|eles|elas|ninguem|alguem|oni|nikt|ktos|klien\w+|koleg\w+|kolezan\w+|han|hun|hon|nogon|nagon|kunder\w*|kolleg\w+|why|warum|wieso|pourquoi|por que|perche|waarom|dlaczego|varfor|hvorfor)\b|同事|客户|客戶|顧客|お客|同僚|ユーザー|用户|用戶/;
const ASKS =
  /^(do|does|did|is|are|was|were|have|has|what|which|when|where|who|how|was|welche|wann|wo|wie|quel\w*|quand|ou|que|comment|cual\w*|cuando|como|cosa|quale|quando|come|wat|welke|wanneer|hoe|qual|co|kiedy|jak|vad|nar|hur|hvad|hvornar|hvordan) .*\?$/;

export function isAboutOthers(sentence: string): boolean {
  return OTHERS.test(sentence) || ASKS.test(sentence);
}

/** Orders of one breath that can mean nothing else as a sentence of their own. Politeness around them is taken off before. */
export const ORDERS: Readonly<Partial<Record<OptOutLanguage, RegExp>>> = {
  en: /^(cease( and desist)?|desist|enough already|knock it off|cut it out|give it a rest|(stop|end|cease|halt) (the|these|all|your|ur|all (the|these|your)) (e-?mails?|mails?|messages?|mailings?|newsletters?|letters?|sequences?)|off (the|this|your) list|pack it in|quit it|(do not|don't) follow up( on this| with (me|us))?|(do not|don't) (write|contact|mail|e-?mail|message)( to)? (me|us)|no (further|more) (ones|contact|correspondence|communication|messages))$/,
  de: /^(schluss (jetzt|damit)( bitte)?|(mir |uns |mich )?(bitte )?(nicht mehr|nie wieder|nicht weiter|nie mehr) (an)?(schreiben|kontaktieren|mailen|anmailen|belastigen|zuschicken|zusenden)|horen sie (bitte |damit |endlich )*auf|hort (bitte |damit |endlich )*auf|hor (bitte |damit |endlich )*auf|lassen sie das( bitte| sein)?|lasst das( bitte| sein)?|aufhoren)$/,
  fr: /^(arretez( tout| ca| tout ca| maintenant| cela| tout de suite)?|cessez( tout| ca| cela| maintenant)?|stop(pez)? (tout|ca|tout ca|cela)|ca suffit( maintenant)?|assez de (mails?|messages|courriels|pub|publicites?))$/,
  es: /^(basta( ya)?|paren( ya)?|pare ya|cort[ae]n?la( ya)?|cesen|dejenlo ya|dejadlo ya|dejen de (hacerlo|insistir)|ni un (correo|mensaje|mail|e-?mail) mas)$/,
  it: /^(smettetela|smettila|la smetta|finitela|finiscila|piantatela|piantala|cessate|basta cosi con (le|queste) (mail|e-?mail))$/,
  nl: /^(stop(pen)? (ermee|hiermee|daarmee|er nu mee|er mee)|hou(d|dt)? (u )?(er|hier|daar)?(mee |nu |eens )*op|ophouden( nu)?|kap (ermee|er mee|hiermee))$/,
  pt: /^(parem|parem? (ja|com isso|com isto)|chega|basta( ja)?|cessem)$/,
  pl: /^(przestan(cie)?|prosze przestac|prosze juz przestac|dosc( juz| tego)?|koniec z tym|skonczcie( z tym| juz)?)$/,
  sv: /^(sluta (nu|upp|genast|med det har|med detta)|lagg av|upphor( med detta)?|nu racker det|stopp nu)$/,
  da: /^(stop (nu|det|det her|straks)|hold (nu )?op( nu)?|hold inde|nu er det nok|lad vaere( med det)?|slutt (nu|med dette)|gi dere)$/,
  ja: /^(もう|今後)?(やめて|止めて|辞めて)(ください|下さい|くれ|もらえますか|ほしい|欲しい|いただけますか)?$|^(もう|二度と|今後)?(送るな|送らないで|送ってこないで)(ください|下さい|くれ|ね|ほしい)?$/,
  zh: /^(请|請)?(立即|马上|馬上|立刻)?(停止吧?|住手|打住|勿扰|勿擾|别发了|別發了|不要发了|不要發了|别再来了|別再來了|停止打扰|停止打擾)$/,
};

const MAIL_EN =
  "(?:e-?mails?|mails?|messages?|newsletters?|mailings?|letters?|correspondence|updates|nudges|outreach|communications?|marketing|ads|adverts|sends|blasts|follow-?ups?)";
const MAIL_DE =
  "(?:e-?mails?|mails?|briefe|schreiben|post|nachrichten|zuschriften|newsletter|rundmails?|rundschreiben|werbung|werbemails?|sendungen|zusendungen|mailings?)";
const MAIL_FR =
  "(?:e-?mails?|mails?|messages?|courriels?|courriers?|lettres?|newsletters?|envois?|sollicitations?|relances?|pubs?|publicites?|communications?|infolettres?)";
const MAIL_ES =
  "(?:correos?|e-?mails?|mails?|mensajes?|cartas?|boletin(?:es)?|newsletters?|publicidad|comunicaciones|envios|propaganda)";
const MAIL_IT = "(?:e-?mail|mail|messagg\\w+|letter[ae]|newsletter|comunicazion\\w+|pubblicita|invii|circolari)";
const MAIL_NL = "(?:e-?mails?|mails?|mailtjes|berichten|brieven|nieuwsbrie(?:f|ven)|post|reclame|mailings?)";
const MAIL_PT =
  "(?:e-?mails?|mails?|mensage(?:m|ns)|cartas?|newsletters?|publicidade|propaganda|comunicac\\w+|envios|correio)";
const MAIL_PL =
  "(?:e-?maile?i?|maile?i?|wiadomosci|list(?:y|ow)|newsletter\\w*|reklam\\w*|korespondencj\\w*|mailing\\w*|ofert handlowych)";
const MAIL_SV = "(?:mejl\\w*|mail\\w*|e-?post\\w*|meddelanden|brev|utskick\\w*|nyhetsbrev\\w*|reklam\\w*)";
const MAIL_DA =
  "(?:e-?mails?|mails?|beskeder|breve|nyhedsbreve?|reklamer?|henvendelser|udsendelser|e-?post\\w*|meldinger|nyhetsbrev\\w*)";

export const WAYS: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /\b(?:i|we)(?:'d| would)? (?:really |just |now )?(?:like|want|wish|need) (?:them|these|those|it|this|all of (?:it|them|this))(?: all)? to (?:end|stop|cease)(?: here| now| there| for good| at once)?$/,
    /(?<!\b(?:to|they|we|will|didn't|don't|not|never|cannot|can't) )\bstop (?:writing|mailing|e-?mailing|sending|messaging)(?: (?:anything|this|these|mails?|e-?mails?|messages))?(?: to)? (?:\S+@|everybody|everyone|all of us|any of us|every one of us|the whole (?:office|team|company))/,
    /\b(?:see to it|make sure|ensure|arrange)(?: that)? (?:it|this|that|they|these) (?:is|are)(?:n't| not| no longer| never)(?: ever)? (?:sent|mailed|e-?mailed|delivered|addressed)(?: to (?:me|us|this address|here))?(?: again| any ?more| any longer| ever again| in (?:the )?future)+$/,
    new RegExp(`\\bspare (?:me|us) (?:your|these|the|this|any (?:more|further)|further) (?:\\w+ )?${MAIL_EN}\\b`),
    new RegExp(
      `\\b(?:do not|don't|no longer) (?:need|require) (?:to (?:get|receive) )?(?:your|these|any (?:more )?of (?:your|these)|any more|the) (?:\\w+ )?${MAIL_EN}(?: from you)?(?: any ?more| any longer)?$`,
    ),
    /\b(?=[hgwns])(?<!\b(?:not|n't|never|they|to) )(?:have|get|want|need|see that|see) (?:me|us|my (?:name|address|e-?mail)|this (?:address|inbox)) (?:is |be )?(?:removed|taken off|deleted|unsubscribed|struck)\b/,
    /\b(?:ask|asking|beg|begging|telling|want|urge|urging|request|requesting) you to (?:please |kindly )?(?:stop|cease)(?: it| this| now)?$|^(?:please )?make (?:it|this|them) stop$|^enough is enough,? (?:take|remove) me\b|^unsub(?:scribe)?(?: me| us)?(?: please| pls| plz| now)+\b(?!.{0,30}\b(?:link|button|rate|feature|page)\b)/,
    /\bput (?:me|us|this address|my (?:e-?mail|address)) on (?:your|the|a) (?:do[- ]not[- ](?:contact|mail|e-?mail|call)|block|no[- ]mail|no[- ]contact) ?list\b|^(?:please )?unsub(?: me| us| this address)$/,
    new RegExp(
      `\\b(?:i|we)(?:'d| would)? (?:really |just |simply |now |only )?(?:want|like|wish|need) (?:all |every one )?(?:of )?(?:the|these|those|your|this|such) (?:\\w+ ){0,2}${MAIL_EN} (?:to (?:stop|end|cease|be stopped|be over)|stopped|ended|over|gone|discontinued)(?! (?:going|landing|bouncing|ending|being|getting|looking|in|up))\\b`,
    ),
    /\b(?:let|may) (?:this|that|it|yours) be the (?:very )?last (?:one|e-?mail|mail|message|letter|note|of (?:it|them|these))\b|\b(?:hope|want|trust|make|better|must) .{0,20}\b(?:the )?last (?:thing |time )?(?:i|we) (?:ever )?(?:hear|get|receive|see) (?:from|of) (?:you|this|these)\b/,
    new RegExp(
      `\\b(?:see to it|see|make sure|make certain|ensure|arrange|take care|be sure)(?: that)? (?:i|we|this address|this inbox|this mailbox|my inbox)\\b.{0,20}\\b(?:no longer|not|never|don't|doesn't|no more|stop)\\b.{0,14}\\b(?:receive|receiving|get|getting|sent|hear|hearing|written|contacted|mailed|e-?mailed)\\b.{0,24}\\b(?:${MAIL_EN}|from (?:you|your \\w+)|again|any ?more)\\b(?! (?:in|by|twice|late|via|through|as)\\b)`,
    ),
    new RegExp(
      `\\b(?:see to it|see|make sure|make certain|ensure|arrange|take care)(?: that)? (?:nothing (?:more|else|further)|no (?:more|further|other) (?:\\w+ )?${MAIL_EN}|none of (?:these|your) ${MAIL_EN}|these ${MAIL_EN}|your ${MAIL_EN}|the ${MAIL_EN}|it|this) .{0,24}\\b(?:come|comes|reach|reaches|sent|arrives?|stops?|ends?|addressed|mailed)\\b(?:.{0,20}\\b(?:to (?:me|us|this address|my \\w+)|here|any ?more|again))?$`,
    ),
    new RegExp(
      `\\b(?:i|we)(?:'d| would)? (?:just |really |simply |only |now )?(?:want|need|like|wish|ask)(?: to (?:be|get|come|stay|remain))? (?:left |taken |kept |dropped |struck |gone )?(?:off|out|out of|off of)(?: of)? (?:this|your|the|these|those|whatever|any|all|every)(?: \\w+){0,2} (?:${MAIL_EN}|lists?|distribution|database|crm|sequence|drip|funnel|cadence|rotation|circulation|campaigns?)\\b`,
    ),
    new RegExp(
      `\\b(?=[lkdc])(?<!(?:to|you|they|we|will|didn't|don't|not|never) )(?:leave|keep|count|drop|cut|cross) (?:me|us|this address|my (?:name|address)) (?:out|off)(?: of)? (?:this|your|the|these|those|whatever|any|all|every|future|further)(?: \\w+){0,3} (?:${MAIL_EN}|lists?|distribution|database|crm|sequences?|drip|funnel|cadence|rotation|circulation|campaigns?)\\b`,
    ),
    new RegExp(
      `(?:^|[,;:-] |\\b(?:please|kindly|pls|and|so|just|then|want|say|said|ask for|asking for) )(?:no|not one|not a single) (?:more|further|other|additional|single)? ?(?:\\w+ )?${MAIL_EN} (?:from (?:you|your \\w+|any of you|this (?:company|sender|address))|(?:to|for|at) (?:me|us|this (?:address|inbox|mailbox)|my \\w+))\\b(?!.{0,30}\\b(?:came|come|arriv\\w+|reach\\w+|receiv\\w+|need\\w*|necessary|until|yet|is|are|was|were)\\b)`,
    ),
    new RegExp(
      `(?:^|that's |that is |had |ok,? |please,? )(?:more than )?enough (?:of|with) (?:the|your|these|those|this) (?:\\w+ )?${MAIL_EN}(?: now)?$|^(?:please )?nothing (?:more|else|further) from (?:you|your \\w+)(?: please)?$`,
    ),
    new RegExp(
      `\\b(?:end|cancel|terminate|stop|discontinue|close|void|drop) (?:my|our|this) (?:\\w+ )?(?:subscription|registration|sign-?up|enrol\\w+)(?: (?:to|for|of|with) (?:the rest|all of (?:it|them|this)|everything(?: else)?|all (?:the )?others?|(?:your|these|those|this|the) (?:\\w+ )?(?:${MAIL_EN}|list)))?(?: (?:at once|now|today|immediately|effective immediately))?$`,
    ),
    /\b(?:my|our|this) (?:\w+ )?(?:e-?mail|address|inbox|mailbox)(?: address)?\b(?!.{0,40}\b(?:attach\w*|typo|wrong|changed)\b).{0,40}\b(?:delete|erase|remove|purge|scrub|wipe) (?:it|this|that) (?:from|off|out of) (?:your|the|any|all|every)\b/,
    /\b(?=[deprst])(?<!\b(?:to|can|could|does|will|we|you|not|never|don't) )(?:delete|erase|remove|purge|scrub|wipe|take|scratch) (?:me|us|my (?:\w+ )?(?:e-?mail|address|number|data|details|contact)|this (?:e-?mail |mail )?(?:address|inbox|mailbox)) (?:\w+ )?(?:from|off|out of) (?:your|the|any|all|every|whatever)(?: of your)?(?: \w+){0,2} (?:systems?|lists?|databases?|crm|records?|files?|books|tools?|contacts|address ?books?|mailings?|servers?|spreadsheets?)\b/,
    /\b(?:never|not|don't|do not) (?:ever )?(?:use|write to|mail|contact) (?:this|my|our|that) (?:\w+ )?(?:address|inbox|mailbox|e-?mail)(?: address)?(?: again| any ?more| any longer| in (?:the )?future| ever)\b/,
    /\b(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|judge|the (?:professor|director|chairman|chairwoman|chair|president|minister|principal|dean)) ?[\p{L}'-]{0,20}(?: [\p{L}'-]{1,20}){0,2} (?:does not|doesn't|no longer|do not|would rather not|prefers not to) (?:wish|want|care)?(?: to)? ?(?:receives?|gets?|be (?:contacted|written to|e-?mailed|mailed|sent)|wish(?:es)? to (?:receive|get|be (?:contacted|written to|e-?mailed)))\b.{0,40}\b(?:mails?|e-?mails?|messages?|mailings?|newsletters?|letters?|again|any ?more|any longer|you|this|these|such)\b/u,
  ],
  de: [
    new RegExp(
      `\\berspar(?:en|t|e)?(?: sie)? (?:mir|uns) (?:bitte )?(?:weitere|ihre|eure|diese|solche|kunftige) (?:\\p{L}+ )?${MAIL_DE}\\b`,
      "u",
    ),
    /\b(?:setz\w*|nehm\w*|pack\w*)\b.{0,12}\b(?:mich|uns|meine adresse)\b.{0,12}\bauf (?:ihre|eure|die) (?:sperrliste|blacklist|robinsonliste|blockliste)\b/,
    new RegExp(
      `\\b(?=keine)(?<!\\b(?:habe|haben|hatte|hatten|hat|gibt es|kamen?|sehe|finde)\\b.{0,30})keine(?:rlei)? (?:weiteren? |neuen |solchen? )?${MAIL_DE}(?: mehr)? (?:an (?:mich|uns|diese adresse|meine \\w+|unsere \\w+)|von (?:ihrer|eurer) seite|aus ihrem hause?)\\b(?!.{0,30}\\b(?:gekommen|angekommen|erhalten|bekommen|verloren)\\b)`,
    ),
    new RegExp(
      `\\b(?:mochten?|will|wollen|wunschen?|bitten?|hatten? gern)\\b.{0,20}\\b(?:dass|darum)\\b.{0,20}\\b(?:das|dies|diese|die|ihre|eure|der|ihr|solche)\\b.{0,20}(?:${MAIL_DE}|das|dies) (?:\\S+ )?(?:aufhor(?:t|en)|end(?:et|en)|eingestellt (?:wird|werden)|unterbleib(?:t|en)|ausbleib(?:t|en)|ein ende (?:hat|haben|nimmt|nehmen))\\b`,
    ),
    new RegExp(
      `\\b(?:sorg(?:en|t|e)?|stell(?:en|t|e)?|schau(?:en|t)?|veranlass(?:en|t|e)?|acht(?:en|et|e)?|kummer[nt]?)\\b.{0,24}\\bdass\\b.{0,24}\\b(?:ich|wir|mir|uns|mich|hier|an mich|diese adresse)\\b.{0,24}\\b(?:keine?[nrms]?|nichts|nicht)\\b.{0,40}(?:${MAIL_DE}|von ihnen|von euch|angeschrieben|kontaktiert|zugeschickt|zugesandt)\\b(?!.{0,30}\\b(?:verlier\\w*|verpass\\w*|spam\\w*|doppelt)\\b)`,
    ),
    /\b(?:von|auf) (?:allen |jeglichen |jeder |jeglicher )?(?:weiteren?|weiterer|jeglichen|kunftigen?|kunftiger|solchen|zukunftigen) (?:\p{L}+ ){0,2}(?:bitte )?(?:abzusehen|absehen|abstand (?:zu )?nehmen|zu verzichten|verzichten)\b/u,
    /\b(?:mich|uns|mir|unsere adresse|meine adresse)\b.{0,24}\b(?:nicht mehr|nicht langer|nicht weiter|kunftig nicht|nie wieder|nie mehr) (?:mehr )?(?:zu )?(?:an(?:zu)?schreiben|kontaktieren|mailen|an(?:zu)?mailen|belastigen|zu(?:zu)?schicken|zu(?:zu)?senden|verwenden)\b(?!.{0,10}\b(?:konnen|durfen|wollten?)\b)/,
    /\b(?:will|wollen|mochten?|brauche?n?) (?:ich |wir )?(?:bitte )?(?:die|diese|eure|ihre|solche|so) (?:\p{L}+ )?(?:mails?|e-?mails?|newsletter|post|werbung|nachrichten)(?: von (?:ihnen|euch))? (?:einfach |echt |gar )?(?:nicht|nicht mehr)(?: mehr)?(?: haben| bekommen| lesen)?$/u,
    /\b(?:herrn?|frau|dr|prof|professor(?:in)?|direktor(?:in)?) (?:\p{L}[\p{L}.'-]* ){1,3}(?:bitte )?(?:aus|von|vom) (?:ihr\w*|eur\w*|de[mnr]|all\w*)(?: \p{L}+){0,2} ?(?:\p{L}*verteilern?|\p{L}*listen?|datenbank|newsletter\p{L}*|system|adress\p{L}*|kartei)(?: bitte)? ?(?:zu )?(?:nehmen|streichen|loschen|entfernen|aus(?:zu)?tragen|heraus(?:zu)?nehmen|$)/u,
    /\b(?:aus|von|vom) (?:ihr\w*|eur\w*|de[mnr]|all\w*)(?: \p{L}+)? (?:\p{L}*verteilern?|\p{L}*listen?|datenbank|newsletter)\b.{0,20}\b(?:nehmen|nahmen|streichen|strichen|loschen|loschten|entfernen|entfernten|aus(?:zu)?tragen|heraus(?:zu)?nehmen) ?(?:wurden|wurdest|konnten|konntest|wollten)?$/u,
  ],
  fr: [
    new RegExp(`\\bepargnez[ -](?:moi|nous) (?:vos|ces|d'autres|les) (?:\\w+ )?${MAIL_FR}\\b`),
    new RegExp(`^(?:c'est )?fini(?:s|es)?,? (?:les|vos|ces) ${MAIL_FR}$`),
    /\botez[ -](?:moi|nous)\b|^(?:que l'|qu')on ne (?:m'|me |nous )(?:ecrive|contacte|envoie|sollicite|relance|derange) plus(?: rien)?$/,
    /\b(?:prie|prions|prier|priere|merci|gre|reconnaissante?s?|demande|demandons|gentillesse|obligeance|amabilite|vouloir|veuillez|souhaite|souhaiterais|aimerais|voudrais|prefer\w+)\b.{0,24}\bne plus (?:jamais |rien )?(?:(?:m'|me |nous )(?:en |y )?(?:(?:re)?(?:ecrire|contacter|envoyer|adresser|solliciter|deranger|demarcher|relancer|importuner)|transmettre|inclure|compter parmi)|(?:en |les |la )?(?:recevoir|etre (?:\w+ )?(?:contacte|sollicite|demarche|relance|importune|destinataire)\w*|figurer|faire partie))\b/,
    new RegExp(
      `(?:^|\\b(?:pouvez|pourriez|veuillez|merci d'|priere d'|faut|demande d'|prie d'|vouloir)(?: ?-?vous)? ?)(?:arret(?:er|ez)|cess(?:er|ez)|stopp?(?:er|ez)) (?:avec |tous |toutes )?(?:les|vos|ces) (?:\\w+ )?${MAIL_FR}\\b(?! (?:de nos|a nos|des clients|aux clients|automatiques de))`,
    ),
    new RegExp(
      `\\b(?:je|nous|on) (?:ne |n')?(?:veux|voulons|veut|souhaite|souhaitons|desire) (?:vraiment )?plus (?:(?:de |recevoir )(?:de )?(?:vos|ces|tes|vo|aucuns?|aucune)? ?${MAIL_FR}|recevoir (?:vos|ces|quoi|rien)|(?:qu'on|que vous) (?:m'|me |nous )?(?:ecriv\\w+|envoy\\w+|contact\\w+))`,
    ),
    /\bje n'en veux (?:vraiment )?plus(?: du tout)?$/,
    new RegExp(
      `\\b(?:m'|me |nous )(?:envoyez|ecrivez|relancez|contactez|sollicitez) plus(?: rien| jamais| (?:de|vos|ces)(?: \\w+)? ?${MAIL_FR})?$|\\b(?:plus|pas) (?:un seul|une seule|aucune?) (?:autre )?${MAIL_FR} (?:de votre part|de vous|a cette adresse)\\b`,
    ),
    new RegExp(
      `\\b(?:veillez|assurez-vous|faites en sorte|faites|arrangez-vous)\\b.{0,20}\\b(?:a ce que|que|pour que) (?:je|nous|cette adresse|plus (?:rien|aucun))\\b.{0,20}\\b(?:plus|rien|aucun)\\b.{0,30}(?:${MAIL_FR}|de vous|de votre part|contacte\\w*|sollicite\\w*)`,
    ),
    /\b(?:mettre fin|mettez fin|mettre un terme|mettez un terme) a (?:mon|notre|cet|ces|vos) (?:abonnement|inscription|envois|mails|messages|sollicitations|relances)\b/,
    /\b(?:retir|supprim|enlev|ray|desinscri|desabonn|radi|ot)\w* (?:m|mr|mme|monsieur|madame|mademoiselle|maitre|dr|docteur|professeure?)\b.{2,40}\b(?:de|du|des) (?:votre|vos|la|cette|toutes vos)\b/,
    /\b(?:laisse[zr]|oublie[zr]) (?:moi|nous|-moi|-nous) ?(?:en dehors|hors) de (?:vos|ces|cette|votre)\b/,
    /\b(?:supprime[zr]|efface[zr]|retire[zr])[ -]la de (?:votre|vos) (?:base|fichiers?|systemes?|listes?)\b/,
  ],
  es: [
    /\bno (?:me|nos) (?:mand|envi|escrib|remit)\w+ nada(?: mas)?(?: a (?:esta|este|mi) \w+)?$/,
    new RegExp(`\\bahorr(?:en|e|ad|a)(?:me|nos) (?:sus|estos|mas|los|vuestros) (?:\\w+ )?${MAIL_ES}\\b`),
    /\b(?:favor|bondad|amabilidad|gentileza) de (?:borrar|quitar|sacar|eliminar|retirar)(?:me|nos)\b/,
    /\b(?:prefer\w+|prefier\w+|rogaria\w*|ruego|rogamos|agradeceria\w*|agradezco|pido|pediria\w*|pedimos|solicito|quisiera|desearia|gustaria)\b.{0,30}\bno\b.{0,10}\b(?:seguir )?(?:recib\w+|(?:me |nos )?(?:vuelvan? a )?(?:escrib\w+|envi\w+|mand\w+|contact\w+|molest\w+|remit\w+))\b(?: sus| estos| ningun\w*| nada| tantos)?(?: \w+){0,2} ?\b(?:mas|nunca|ningun\w*|nada|en adelante|en el futuro)\b(?! de (?:un|una|dos|tres|\d))/,
    /\b(?:dejar(?:an|a|eis|ais)|dejasen) de (?:escrib|envi|mand|contact|molest)\w+(?:me|nos)\b/,
    new RegExp(
      `\\b(?:asegur\\w+|procuren?|vean|encarguen?se|hagan lo posible|hagan)\\b.{0,16}\\b(?:que|de que) (?:ya )?no (?:me |nos )?(?:llegue\\w*|reciba\\w*|envien?|manden?|escriban?)\\b.{0,24}(?:${MAIL_ES}|nada|mas)`,
    ),
    new RegExp(
      `(?:^|por favor,? |, |y )(?:ni un|ningun|nada de|no mas|basta ya de) (?:\\w+ )?${MAIL_ES}(?: mas)?(?: a (?:mi|esta direccion|este correo)| de (?:ustedes|su parte|vosotros))?$`,
    ),
    new RegExp(
      `\\b(?:quiero|queremos|quisiera|deseo) que (?:se )?(?:terminen|acaben|cesen|paren|dejen de llegar(?:me)?) (?:ya )?(?:estos|sus|los|tantos) ${MAIL_ES}\\b`,
    ),
    /\b(?:elimin|borr|quit|retir|saqu|sac)\w* (?:al?|a la|el nombre del?|el correo del?) (?:sr|sra|senor|senora|dr|dra|don|dona|doctora?|profesora?|ing|lic)\b.{2,40}\b(?:de|del) (?:su|sus|la|esta|vuestra)\b/,
    /\b(?:dejenme|dejadme|dejeme|mantenganme|saquenme) (?:fuera|al margen) de (?:su|sus|esa|esta|esos|estos|vuestr\w+|la)\b/,
    new RegExp(
      `\\b(?:ya )?no (?:quiero|queremos|deseo|necesito) (?:mas |ya )?(?:sus |estos |tus )?${MAIL_ES}(?: mas)?(?: de (?:ustedes|vosotros|su parte))?$`,
    ),
  ],
  it: [
    new RegExp(
      `\\brisparmi(?:atemi|ateci|ami|mi) (?:le|i|queste|altre|altri|ulteriori) (?:vostre |vostri )?${MAIL_IT}`,
    ),
    /\b(?:pregh\w+|prego|preghiamo|chied\w+|preferi\w+|gradi\w+|desider\w+|vorre\w+|invit\w+|gentil\w+|cortes\w+)\b.{0,24}\b(?:di |che |se )?(?:non|smettere di|evitare di)\b.{0,12}\b(?:mand|invi|scriv|contatt|ricev|disturb|sped|inoltr)\w+(?: (?:a )?(?:me|noi))?(?: \w+){0,2} ?\b(?:altr[eio]|piu|ulterior\w+|nulla|niente|oltre|in futuro)\b(?! di (?:un|una|due|tre|\d))/,
    /\bnon (?:mi|ci|me ne|ce ne)? ?(?:mand|invi|scriv|sped|contatt)\w+(?:mene|mi|ci)? (?:piu|altr[eio]|ulterior\w+)(?: (?:mail|e-?mail|messagg\w+|comunicazion\w+|newsletter|nulla|niente))?$/,
    new RegExp(
      `\\b(?:fate|faccia|assicur\\w+|provved\\w+|fai)\\b.{0,16}\\b(?:in modo )?(?:che|di) (?:non )?.{0,12}\\b(?:non|piu)\\b.{0,24}\\b(?:arriv\\w+|ricev\\w+|mandat\\w+|inviat\\w+|contattat\\w+)\\b.{0,20}(?:${MAIL_IT}|nulla|niente|da voi|piu)`,
    ),
    new RegExp(
      `(?:^|per favore,? |, |e )(?:niente|nessun'?a?|basta|mai) (?:piu |altr[ae] |con (?:le|queste|i) )?${MAIL_IT}(?: piu)?(?: (?:da (?:parte vostra|voi)|a (?:me|questo indirizzo)))?$`,
    ),
    /\b(?:rimuov|cancell|togli|elimin|depenn|tolg)\w* (?:il (?:nome|nominativo) (?:del|della) )?(?:il |la )?(?:sig|sigra|signora?|dott|dottssa|dottore|dottoressa|prof|professor\w*|avv|avvocato|ing|geom|arch)\b.{2,40}\b(?:dall[ae]|dai|dagli|dal) (?:vostr\w+|lista|mailing|elenc\w+|indirizz\w+|database|su[aeo]i?)\b/,
    /\b(?:mi|ci) (?:cancell|rimuov|togli|elimin|togl)(?:aste|este|asse|esse|erebbe|ereste|ereb\w+|iesse|ieste)\b.{0,4}\b(?:dall[ae]|dai|dagli|dal|da)\b/,
    /\b(?:lasciatemi|lasciami|mi lasci|tenetemi|mi tenga|tienimi) fuori da(?:lle?|i|gli|l)? (?:vostr\w+|prossim\w+|quest\w+|list\w+|invii|mail\w*|su\w+)\b/,
    /\b(?:vorre(?:i|mmo)|vogli(?:o|amo)|desider(?:o|iamo)|chied(?:o|iamo)) che (?:questi?e?|le|i|la) (?:vostr\w+ )?(?:mail|e-?mail|messagg\w+|comunicazion\w+|newsletter|invii) (?:cess\w+|finis\w+|smett\w+|termin\w+)/,
  ],
  nl: [
    new RegExp(`\\bbespaar(?:t)?(?: u)? (?:me|mij|ons) (?:jullie|uw|deze|die|verdere) (?:\\w+ )?${MAIL_NL}\\b`),
    new RegExp(
      `\\bhoef(?:t|ven)?(?: ik| wij| we)? (?:uw|jullie|deze|die|de|al die) (?:\\w+ )?${MAIL_NL} (?:niet|nie) (?:meer|langer)(?: te (?:hebben|krijgen|ontvangen))?$`,
    ),
    /\bhoef(?:t|ven)?\b.{0,30}\b(?:niet (?:langer|meer|verder)|geen|niets meer)\b.{0,20}\b(?:te )?(?:ontvangen|krijgen|hebben|horen|sturen)\b/,
    new RegExp(
      `\\b(?:wil|willen|wens|wensen|zou|verzoek|verzoeken|vraag|vragen)\\b.{0,30}\\b(?:mij|me|ons|dit adres)\\b.{0,16}\\b(?:niet (?:langer|meer)|niets meer|geen (?:\\w+ )?${MAIL_NL}(?: meer)?|nooit meer)\\b.{0,10}\\b(?:te )?(?:mailen|schrijven|sturen|zenden|benaderen|toesturen|willen (?:mailen|sturen|schrijven|benaderen)|contacteren)\\b`,
    ),
    new RegExp(
      `(?:^|, |en |dus )(?:liever|graag|alstublieft|aub) (?:geen|niet) (?:(?:\\w+ )?${MAIL_NL} meer|meer (?:mailen|schrijven|sturen|benaderen))(?: (?:van (?:u|jullie|uw kant)|aan (?:mij|ons|dit adres)))?$`,
    ),
    new RegExp(
      `\\b(?:zorg|zorgt|zie|ziet)\\b.{0,20}\\bdat\\b.{0,12}\\b(?:ik|wij|we|mij|er|dit adres|hier|deze ${MAIL_NL})\\b.{0,20}\\b(?:geen|niets|niet|nooit|stoppen)\\b.{0,40}`.concat(
        `(?:${MAIL_NL}|van (?:u|jullie)|gemaild|benaderd|stoppen)\\b(?!.{0,20}\\b(?:missen|mis|kwijt|spam)\\b)`,
      ),
    ),
    /\b(?:schrap|verwijder|haal|schrijf|streep)\b.{0,6}\b(?:dhr|de heer|mevr|mevrouw|meneer|dr|prof|professor|directeur) .{2,40}\b(?:van|uit) (?:uw|jullie|de|het|deze|alle)\b/,
    /\b(?:dhr|de heer|mevr|mevrouw|meneer|dr|prof|professor) .{2,30}\b(?:van|uit) (?:uw|jullie|de|deze) \w*(?:lijst|bestand|database|mailing|nieuwsbrief)\w*\b.{0,12}\b(?:verwijderen|halen|schrappen|uitschrijven)\b/,
    /\b(?:zet|zetten|stopt|stop) (?:u |je |jullie )?(?:ze|deze mails|die mails|de mails|deze berichten|uw mails|het mailen|de berichten|dit) (?:aub |alstublieft |graag )?(?:stop|stil)?$/,
    /\b(?:laat|houd|hou) (?:mij|me|ons) (?:er )?(?:buiten|uit)(?: (?:deze|uw|jullie|de) .{0,20}(?:mail\w*|lijst\w*|berichten))?$/,
  ],
  pt: [
    new RegExp(
      `\\bpoup(?:em|e)-?(?:me|nos) (?:os|as|d[aeo]s?|mais|estes|estas)(?: vossos| vossas| seus| suas)? ?${MAIL_PT}`,
    ),
    /\bnao (?:e|sera) (?:mais )?(?:preciso|necessario) (?:escrever(?:em)?|enviar(?:em)?|mandar(?:em)?)(?:-me|-nos)? ?(?:mais(?: nada)?|novamente)$/,
    /\b(?:prefer\w+|prefir\w+|agradec\w+|peco|pedimos|pedia|pediria|gostaria|gostava|solicito|rogo|favor|gentileza)\b.{0,30}\bnao\b.{0,12}\b(?:receb\w+|(?:me |nos )?(?:voltem? a )?(?:escrev\w+|envi\w+|envie\w*|mand\w+|contac?t\w+|incomod\w+)(?:-me|-nos)?)\b(?: \w+){0,3} ?\b(?:mais|nunca|nenhum\w*|nada|novamente)\b(?! de (?:um|uma|dois|tres|\d))/,
    /\b(?:deixass?em|parass?em|deixarem|pararem) de (?:me |nos )?(?:escrev|envi|mand|contac?t|incomod)\w+/,
    /\b(?:deixar|parar) de receber (?:os |as |estes |estas |esses |essas |seus |vossos |mais )*(?:e-?mails?|mensagens|newsletters?|publicidade|comunicac\w+)\b/,
    new RegExp(
      `\\b(?:garant\\w+|assegur\\w+|certifi\\w+|facam|tratem|providenci\\w+)\\b.{0,24}\\b(?:que|para que) (?:eu |ja |nos )?nao\\b.{0,12}\\b(?:receb\\w+|cheg\\w+|envi\\w+|seja\\w* contac?tad\\w+)\\b.{0,24}(?:${MAIL_PT}|nada|mais)`,
    ),
    new RegExp(
      `(?:^|por favor,? |, |e )(?:nem mais um|nenhum|chega de|basta de|sem mais) (?:\\w+ )?${MAIL_PT}(?: mais)?(?: (?:para mim|para este (?:endereco|e-?mail)|da vossa parte|de voces))?$`,
    ),
    /\b(?:remov|retir|tir|exclu|apag|elimin)\w* (?:o nome d[oa] |[oa] )?(?:sr|sra|senhora?|dr|dra|doutora?|prof|professora?|eng|dona) .{2,40}\b(?:d[aeo]|dess?[aeo]|dest[aeo]|d[ao]s) (?:sua|seu|vossa|vosso|lista|mailing|base|cadastro|suas|vossas|listas)\b/,
    /\b(?:deixem?-me|me deixem?|mantenham?-me) (?:de )?fora (?:d[aeo]s?|dess?[aeo]s?|dest[aeo]s?) (?:seus?|suas?|vossos?|vossas?|proxim\w+|lista\w*|envios|e-?mails?)/,
    new RegExp(
      `\\bnao (?:quero|queremos|desejo|preciso de) (?:mais )?(?:receber )?(?:os )?(?:seus |vossos |esses |estes |teus )?${MAIL_PT}(?: mais)?(?: (?:de voces|da vossa parte|vossos|seus))?$`,
    ),
  ],
  pl: [
    new RegExp(`\\boszczedz(?:cie)? (?:mi|nam) (?:tych |waszych |dalszych |swoich )*${MAIL_PL}`),
    /\b(?:mogliby|moglby|moglaby|mozecie|moze|mozna) .{0,14}\b(?:mnie|nas) (?:wypisac|usunac|wykreslic|skreslic)\??$/,
    /\b(?:prosil\w*|prosz\w+|prosimy|wolal\w*|wole|wdzieczn\w+|uprzejmie|zycz\w+|chcial\w*)\b.{0,30}\b(?:o |za )?(?:(?:niewysylani|nieprzysylani|nieprzesylani|niekontaktowani|zaprzestani)\w+|nie (?:otrzymywac|dostawac|byc (?:\w+ )?(?:informowan|kontaktowan|nekan))\w*)\b/,
    new RegExp(
      `\\b(?:zadbac|dopilnowac|zadbajcie|dopilnujcie|sprawic|upewnic sie|zrobcie)\\b.{0,16}\\b(?:aby|zeby|by)\\b.{0,20}\\b(?:nie|zaden|zadne|nic)\\b.{0,40}(?:${MAIL_PL}|od (?:was|panstwa)|przychodzil\\w*)`,
    ),
    new RegExp(
      `(?:^|prosze,? |prosimy,? |, |i )(?:ani jednego|zadnych|bez|dosc|koniec) (?:wiecej |juz |dalszych |kolejnych |tych |waszych )*(?:${MAIL_PL})(?: wiecej| od (?:was|panstwa)| do mnie| na ten adres)*$`,
    ),
    /\b(?:usun\w*|wypis\w*|wykresl\w*|skresl\w*) (?:pana|pania|panstwa|dr|prof|profesora|profesor|inz|mgr|dyrektora|prezesa) .{2,40}\bz (?:listy|bazy|waszej|panstwa|mailingu|newslettera|dystrybucji)\b/,
    /\b(?:chce|chcial\w*bym|prosze) (?:zniknac|zostac wypisan\w+|zejsc) z (?:tej|waszej|panstwa|listy|bazy)\b/,
    /\b(?:nie chce|nie potrzebuje|nie zycze sobie) (?:juz |wiecej |tych |waszych |panstwa |zadnych )*(?:maili|e-?maili|wiadomosci|newsletterow|reklam)(?: od (?:was|panstwa))?(?: wiecej)?$/,
  ],
  sv: [
    new RegExp(`\\bbespara (?:mig|oss) (?:era|fler|dessa|de|edra|allt) ?${MAIL_SV}`),
    new RegExp(`\\bbehover inte (?:fa |ha )?(?:era|dessa|de har|fler|nagra) ${MAIL_SV} ?(?:langre|mer|fran er)?$`),
    /\b(?:vill|skulle vilja|onskar|kan jag|kan vi|far jag|lat mig|lat oss|hoppas|gardna) (?:fa |garna |helst |att )*slippa (?:fa |alla |era |dessa |fler |mer |ta emot )*(?:mejl\w*|mail\w*|utskick\w*|e-?post\w*|reklam\w*|nyhetsbrev\w*|meddelanden)\b/,
    /\b(?:ber|vill be|onskar|vill) (?:er |dig |om )?(?:att )?(?:fa )?(?:bli |blir )?(?:borttagen|avregistrerad|avanmald|struken|raderad)(?: (?:fran|ur) (?:allt|alla|er|era|listan|registret|utskick\w*|det har|detta|sandlistan))?(?: fran er)?$/,
    new RegExp(
      `\\b(?:se till|sakerstall|ordna)\\b.{0,8}\\batt\\b.{0,12}\\b(?:jag|vi|det|inget|inga|den har adressen)\\b.{0,16}\\b(?:inte|inga|inget|slipper|aldrig)\\b.{0,30}(?:${MAIL_SV}|fran er|igen|mer)\\b(?!.{0,20}\\b(?:missar|spam\\w*|skrap\\w*)\\b)`,
    ),
    new RegExp(
      `(?:^|tack,? |, |och )(?:helst |snalla )?(?:inga|inget|inte ett|inte fler) (?:fler |mer )?${MAIL_SV}(?: (?:mer|till mig|till oss|fran er|hit|till den har adressen))*$`,
    ),
    /\b(?:ta bort|stryk|avregistrera|radera) (?:herr|fru|dr|doktor|prof|professor|direktor|vd) .{2,40}\b(?:fran|ur) (?:er|era|ert|listan|registret|utskick\w*|sandlista\w*|den)\b/,
    /\bber (?:er|dig) (?:vanligen |artigt )?(?:att )?(?:inte|aldrig) (?:langre |mer )?(?:skicka|mejla|maila|kontakta|skriva)\b/,
    /\b(?:hall|lamna) (?:mig|oss) utanfor (?:era|ert|er|de|alla|framtida) (?:\w+ )?(?:utskick\w*|listor|mejl\w*|kampanj\w*)\b/,
  ],
  da: [
    new RegExp(`\\bspar (?:venligst )?(?:mig|os) for (?:jeres|flere|disse|alle) ?${MAIL_DA}`),
    new RegExp(`\\bbehover ikke (?:at fa |laengere )?(?:jeres|disse|de|flere) ${MAIL_DA} ?(?:mere|laengere|fra jer)?$`),
    /^(?:kan|kunne|vil|ville) (?:i|du) (?:venligst |ikke |godt )*(?:slette|fjerne|afmelde|framelde) (?:mig|os)\??$/,
    /\b(?:bede|beder|bedes|bed|onsker|vil|ville|gerne|gjerne)\b.{0,20}\b(?:om )?(?:at |a )?(?:blive|bli|vaere)? ?(?:frameldt|afmeldt|avmeldt|slettet|fjernet|fjerna|fritaget|taget af)\b.{0,6}\b(?:alt|alle|jeres|jer|listen?|listerne|fra|det her|dette|disse|mails?|nyhedsbrev\w*)\b(?! (?:vente|gaeste|deltager)\w*)/,
    /\b(?:vil|ville|onsker|kan jeg|ma jeg) (?:gerne |gjerne |helst )*(?:vaere|blive|slippe|bli)? ?(?:fri for|slippe for|fritaget for|foruden|forskanet for) (?:at fa |at modtage |flere |jeres |disse |alle )*(?:mails?|e-?mails?|beskeder|nyhedsbrev\w*|reklamer?|henvendelser|e-?post\w*|meldinger)\b/,
    /\bfrabe(?:de|der)(?: mig| os)? (?:venligst |hermed )?(?:flere |yderligere |jeres |alle |disse |enhver |al )*(?:mails?|e-?mails?|beskeder|nyhedsbrev\w*|reklamer?|henvendelser?|kontakt|post)\b/,
    new RegExp(
      `\\b(?:sorg|serg|se) (?:venligst |nu )?(?:for|til),? at\\b.{0,12}\\b(?:jeg|vi|der|mig|denne adresse)\\b.{0,16}\\b(?:ikke|ingen|intet|aldrig)\\b.{0,30}(?:${MAIL_DA}|fra jer|igen|mere)\\b(?!.{0,20}\\b(?:misser|gar glip|spam)\\b)`,
    ),
    new RegExp(
      `(?:^|tak,? |, |og )(?:helst |venligst )?(?:ingen|ikke|intet) (?:flere |mere |mer )?${MAIL_DA}(?: (?:mere|til mig|til os|fra jer|hertil|til denne adresse))*$`,
    ),
    /\b(?:fjern|slet|frameld|afmeld|stryg) (?:venligst )?(?:hr|fru|dr|doktor|prof|professor|direktor) .{2,40}\b(?:fra|af) (?:jeres|listen|jer|den|denne|registret)\b/,
    /\b(?:hold|lad) (?:mig|os) (?:vaere )?uden ?for (?:jeres|de|alle|fremtidige) (?:\w+ )?(?:mails?|udsendelser|lister|kampagner|nyhedsbreve)\b/,
  ],
  ja: [
    /(?:メール|案内|お知らせ|配信|メルマガ|DM|dm)(?:は|を)?(?:もう|今後)?(?:一切)?(?:送らなくて|お送りいただかなくて|いただかなくて)(?:も)?(?:結構|いい|良い|大丈夫|構いません)/,
    /(?:送る|送信する|送ってくる|送りつける|連絡する|メールする)のは(?:もう|これで|今後)?(?:やめて|止めて|おやめ|終わりに|控えて|お控え)/,
    /(?:もう|今後|これ以上|二度と|以後|以降)(?:は|、)?(?:何も|一切)?(?:メール(?:を|は)?|案内(?:を|は)?|連絡(?:を|は)?)?(?:送らないで|送ってこないで|送付しないで|寄こさないで|よこさないで|連絡しないで|メールしないで)/,
    /(?:今後|以降|これ以上|これから)の?(?:ご)?(?:案内|連絡|メール|配信|送付|営業|お知らせ|メルマガ)(?:等|など)?(?:は|も|について(?:は)?)?(?:一切)?(?:不要|無用|結構です|ご遠慮|お断り|いりません|要りません|必要ありません|必要ございません|希望しません|希望いたしません|辞退)/,
    /(?:メール|配信|案内|お知らせ|メルマガ)(?:を|は)(?:今後)?(?:希望しません|希望いたしません|望みません|打ち切|終わりにして|終了して(?:ください|いただ|ほしい))/,
    /(?:メール|配信|案内|お知らせ|連絡)(?:が|を)(?:二度と|もう|今後)?(?:来|届か|送ら)(?:ない|れない)よう(?:に)?(?:して|お願い|手配|取り計ら|ご対応)/,
    /(?:様|さん|氏|先生|教授|部長|社長|会長)を(?:御社の|貴社の)?.{0,10}(?:リスト|配信|名簿|宛先|送信先|送付先)(?:から)?.{0,6}(?:外して|削除|除外|除いて|消して)/,
    /(?:私|わたし|当方|弊社|こちら)(?:を|は|の名前を|の名前は)(?:御社の|貴社の)?(?:リスト|配信|名簿|宛先|送信先|送付先|対象)(?:から)?.{0,4}(?:外して|除外|除いて|抜いて|消して)/,
  ],
  zh: [
    /(?:麻烦|麻煩|帮忙|幫忙|请|請|劳驾|勞駕)(?:您|你|你们|你們)?(?:帮我|幫我)?(?:取消|终止|終止|结束|結束|停掉)(?:掉)?(?:我|我们|我們)的?(?:邮件|郵件)?(?:订阅|訂閱)/,
    /(?:以后|以後|今后|今後|往后|往後|推广|推廣|营销|行銷|此类|此類|这类|這類|这种|這種|这些|這些|邮件|郵件).{0,14}(?:不用|不必|无须|無須|无需|無需|不需要|用不着|别|別|请勿|請勿|不要)(?:再|继续|繼續)?(?:给|給|向|往)?(?:我|我们|我們|这边|這邊|这里|這裡|本人|这个邮箱|這個信箱)?(?:再)?(?:发|發|寄|推送|发送|發送|打扰|打擾|联系|聯絡|聯繫)(?:给|給)?(?:我|我们|我們|过来|過來|来|來)?(?:了|啦|$)/,
    /(?:不用|不必|无需|無需|别|別|请勿|請勿|不要)再?(?:给|給)(?:我|我们|我們)(?:发|發|寄)(?:邮件|郵件|信|广告|廣告|推销|推銷|推广|推廣|这些|這些|这类|這類|此类|此類)/,
    /(?:确保|確保|保证|保證|务必|務必).{0,10}(?:不要|不再|别|別|不会|不會)(?:再)?(?:给|給|向)?(?:我|我们|我們)?.{0,6}(?:收到|发送|發送|发|發|寄|打扰|打擾).{0,8}(?:邮件|郵件|信|广告|廣告|推销|推銷)/,
    /(?:把|将|將)?(?:先生|女士|教授|总|總|总监|總監|经理|經理|主任|博士|老师|老師|院长|院長)的?(?:名字|邮箱|信箱|地址)?(?:从|從).{0,12}(?:名单|名單|列表|通讯录|通訊錄|数据库|資料庫).{0,4}(?:删|刪|移|去掉|剔)/,
    /(?:地址|邮箱|郵箱|信箱|资料|資料).{0,12}(?:请|請|麻烦|麻煩)?(?:从|從)(?:你们|你們|贵司|貴司|贵公司|貴公司|系统|系統).{0,8}(?:删|刪|移|抹)/,
    /(?:希望|想要|请让|請讓|想让|想讓).{0,4}(?:这些|這些|你们的|你們的|此类|此類)(?:邮件|郵件|推送|信)(?:都)?(?:停|停止|到此为止|到此為止|结束|結束)/,
  ],
};
