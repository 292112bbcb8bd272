/** The kinds of opt-out-kinds.ts in English, German and Dutch. Data alone. */

const MAIL_EN =
  "(?:e-?mails?|mails?|messages?|newsletters?|mailings?|letters?|notes?|correspondence|communications?|outreach|marketing|advertising|ads|campaigns?|mail-?outs?|promotions?|contacts?|follow-?ups?|pitches)";
const LIST_EN = "(?:\\w+ )?(?:lists?|databases?|crm|records?|books|files?|system|mailings?|sequences?|distribution)";
const US_EN =
  "(?:me|us|this (?:\\w+ )?(?:address|inbox|mailbox|account)|(?:my|our) (?:\\w+ )?(?:address|name|e-?mail))";
/** What else stands between a wish and its end. */
const END_EN = "(?: (?:please|now|today|thanks|mate|already|then|at once|immediately|for good|altogether|entirely))*$";

const MAIL_DE =
  "(?:e-?mails?|mails?|nachrichten?|schreiben|post|newsletter|werbung|werbe\\p{L}*|zusendung(?:en)?|kontaktaufnahmen?|kontakt|anfragen?|ruckfragen|erinnerung(?:en)?|nachfragen?|anschreiben|angebote)";
const MAIL_NL =
  "(?:e-?mails?|mails?|mailtjes|berichten|nieuwsbrieven|reclame|post|opvolgmails?|herinneringen|aanbiedingen|follow-?ups?|benadering|contact)";

export const KINDS_OF_WEST = {
  en: [
    // Out of it.
    new RegExp(
      `(?:^|[,;:] |\\b(?:please|kindly|just|so|and|pls|plz|could you|can you|would you) )(?:take|get|pull|cut|strike|scratch|drop) ${US_EN} (?:off|out)(?: of)?(?: (?:it|this|that|these|here|there|them))?${END_EN}`,
    ),
    new RegExp(
      `\\b(?:leave|keep|count) ${US_EN} (?:out of|off) (?:the next (?:one|round|batch|wave|time)|(?:any|all) (?:future|further|more|other)|future|further|your|these|such)\\b`,
    ),
    new RegExp(`\\boff (?:the|your|this|that|any|all) ${LIST_EN} (?:with|for) ${US_EN}\\b`),
    new RegExp(
      `\\b(?:be|get|stay|remain) (?:excluded|omitted|exempt(?:ed)?|left out|kept out|struck|dropped|taken out|scrubbed|purged) (?:from|of|off) (?:any|all|your|these|those|the|future|further|this|such)(?: \\w+){0,2} (?:${MAIL_EN}|lists?|databases?)\\b`,
    ),
    new RegExp(
      `\\b(?:exclude|omit|exempt|excuse|except|bar) ${US_EN} from (?:any|all|your|these|those|future|further|this|such)\\b`,
    ),
    new RegExp(
      `\\b(?:make sure|ensure|see to it|see|make certain|check)(?: that)? (?:i'm|i am|we're|we are|${US_EN} is) (?:not|no longer|never|off|out of|removed|taken off|deleted)\\b.{0,20}\\b(?:${LIST_EN}|any ?more|any longer)\\b`,
    ),
    // No one writes.
    new RegExp(
      `\\b(?:make sure|ensure|see to it|see|make certain|arrange|ask)(?: that)? (?:no ?one|nobody|none|not anyone)(?: else)? (?:of you|of your \\w+|from your \\w+|at your \\w+|in your \\w+|on your \\w+|over there)?.{0,12}\\b(?:contacts?|writes? to|e-?mails?|mails?|messages?|bothers?|approach(?:es)?|pesters?|reach(?:es)? out to) ${US_EN}\\b`,
    ),
    /\b(?:stop|quit|cease) (?:bothering|pestering|harassing|spamming|contacting|e-?mailing|mailing|messaging|badgering|hounding|chasing|nagging|writing to) (?:me|us|(?:my|our|this|these|everyone in (?:my|our)) (?:\w+ )?(?:team|staff|office|school|clinic|practice|company|firm|department|inbox|address|business|employees|shop|church|family))\b/,
    /(?<!\b(?:to|they|we|you|will|didn't|don't|not|never|cannot|can't|won't|would) )\bstop (?:these|this|them|all (?:this|these|of (?:this|these|it)))$/,
    // No more of them.
    /\b(?:do not|don't|dont|never) (?:ever )?(?:send|mail|e-?mail) (?:me |us )?(?:any ?more|more|another|others|further ones|any others|any further)(?: (?:one|ones|mail))?(?: of (?:these|those|this|them|your \w+))?(?: to (?:me|us|here|this \w+))?(?: please| thanks)*$/,
    /\b(?:spare|save) (?:me|us) (?:any (?:others|more|further ones?|of the rest)|the (?:rest|others|next ones?|next \w+))\b/,
    /^(?:ok,? |right,? |so,? )?(?:that's |that is )?(?:more than )?enough (?:with|of) (?:the|these|those|your|all the) (?:\w+ )?(?:e-?mails?|mails?|messages?|newsletters?|spam|pitches|follow-?ups?)(?: already| now| please)*$/,
    /^no (?:more |further )?(?:follow-?ups?|nudges|reminders|chasers|pitches|sales (?:e-?mails?|mails?|pitches)|cold (?:e-?mails?|mails?))(?: (?:from you|to me|to us|on this|of any kind))*$/,
    /^(?:do not|don't|never) (?:follow up|chase|nudge|circle back)(?: (?:on this|with me|with us|me|us))? (?:again|any ?more|any further|any longer|ever)$/,
    /\b(?:no (?:need|point|reason|use)|stop|needn't) (?:to|in|for you to)? ?(?:keep|continue|go on|carry on)(?: on)? (?:writing|e-?mailing|mailing|messaging|contacting|chasing|sending|with (?:these|the|your) (?:e-?mails?|mails?|messages?))\b(?!.{0,30}\b(?:until|till|before|unless|by)\b)/,
    // The last one.
    new RegExp(
      `\\b(?:if|that|hope|want|like|let|prefer|trust|please|wish|should|must|rather) (?:this|that|it|yours)(?: e-?mail| message| one)? (?:is|was|be|were|to be|could be|can be|would be|will be|remains?|stays?) (?:the|your) (?:very )?(?:last|final) (?:one|time|thing|${MAIL_EN})\\b(?! of (?:the|this) (?:week|day|month|year))`,
    ),
    // Data.
    /\b(?:erase|delete|destroy|wipe|remove|purge|scrub|forget|erasure of|deletion of|removal of) (?:(?:any|all|every|whatever|everything)(?: of)?(?: the)? ?)?(?:(?:my|our|the)? ?(?:personal |private |contact |own |stored )?(?:data|information|details|records?|entry|entries|contact|profile|particulars)) (?:that )?(?:you (?:hold|have|keep|store|process)|(?:about|on|of|concerning|relating to|regarding|held on) (?:me|us|mine|ours|this address))/,
    /\b(?:erase|delete|destroy|wipe|purge|scrub|erasure of|deletion of) (?:all )?(?:of )?(?:my|our) (?:personal|private|contact|own) (?:data|information|details)\b/,
    // On the list of those no one writes to.
    new RegExp(
      `\\b(?:add|put|place|enter|move|include|register|note) ${US_EN} (?:to|on|in|onto|into|as)(?: (?:your|the|a|any|every))? ?(?:global |company |company's )?(?:suppression|do[- ]not[- ]\\w+|dnc|block|black|opt[- ]?out|exclusion|no[- ](?:contact|mail|go)|unsubscribed?|stop|never[- ]contact)(?:[- ]?lists?)?\\b`,
    ),
    /\b(?:block|suppress|blacklist|ban|bar) (?:me|us|my|our|this) ?(?:\w+ )?(?:address|e-?mail|domain|account)?\b.{0,6}\b(?:on|at|from) your (?:side|end|system|systems|list|lists|crm)\b/,
    // Consent.
    /\byou (?:do not|don't|never) (?:have|had|got|get|obtained|asked for) (?:my|our|any) (?:\w+ )?(?:consent|permission|authori[sz]ation|opt-in|approval)\b/,
    /\b(?:i|we) (?:did not|didn't|never|have not|haven't|do not|don't) (?:give|gave|given|grant|granted) (?:you |anyone |any |my |our |your company )*(?:consent|permission|authori[sz]ation)\b.{0,60}\b(?:address|e-?mails?|mails?|contact|market\w*|data|write|details|name|messages?)\b/,
    /\b(?:i|we) (?:did not|didn't|never|have not|haven't|do not|don't) (?:consent|consented|agree|agreed|opt|opted|sign|signed) (?:in |up )?(?:to|for) (?:receiv\w+|get|getting|be|being|any|this|these|your|such|marketing|e-?mails?|mails?)\b.{0,40}\b(?:remove|delete|stop|e-?mails?|mails?|messages?|newsletters?|marketing|contacted|mailings?)\b/,
    // One's address, not for that.
    /\b(?:this|my|our) (?:\w+ ){0,2}(?:address|inbox|mailbox|e-?mail) (?:is not|isn't|was never|is no place) (?:\w+ )?(?:for|to be used for|meant for) (?:sales|marketing|advertising|ads|adverts|pitches|promotions?|cold|spam|unsolicited|your|such|this (?:kind|sort))\b(?!.{0,60}(?:@|\b(?:use|write to|contact|try|instead)\b))/,
    /\b(?:do not|don't|never|stop) (?:use|using) (?:my|our|this|that) (?:\w+ ){0,2}(?:address|inbox|mailbox|e-?mail|number|line) (?:for|to)\b/,
  ],
  de: [
    /(?:^|[,;:] |\b(?:bitte|und|also|mal) )(?:mich|uns|diese adresse|meine adresse) (?:bitte |da |hier |wieder |sofort |daraus |umgehend )*(?:rausnehmen|herausnehmen|rausloschen|rausstreichen|rausschmeissen|runternehmen|entfernen|austragen|loschen|streichen|abmelden)(?: bitte| danke)*$/,
    /\b(?:nehm(?:en|t)|nimm|schmeiss\p{L}*|werf(?:en|t)|wirf|hol(?:en|t)?|losch(?:en|t)?|streich(?:en|t)?)(?: sie)? (?:mich|uns|meine adresse|diese adresse)(?: bitte| da| hier| sofort| endlich| umgehend| mal| dort| gleich)* ?(?:raus|heraus|runter|daraus|davon|weg)?(?: bitte| danke)*$/u,
    /\b(?:konn(?:en|t)|konnt(?:en|et)|wurd(?:en|et)|kannst|konntest|magst|mog(?:en|t))(?: sie| ihr| du)? (?:bitte )?(?:mich|uns|meine|unsere|diese)(?: (?:\p{L}*adresse|mail|e-?mail|namen?|kontakt\p{L}*|daten|firma|bitte|doch|wieder|umgehend))* (?:aus|von|vom)\b.{0,30}\b(?:nehmen|loschen|streichen|entfernen|austragen|herausnehmen)\b/u,
    /\b(?:aus|von|vom) (?:dem|der|ihr\p{L}*|eur\p{L}*|allen|jedem|jeder) (?:\p{L}+ )?(?:\p{L}*verteiler\p{L}*|\p{L}*liste\p{L}*|\p{L}*datenbank|system|kartei|crm|adressbestand|bestand)\b.{0,6}(?:mit mir|mit uns)\b/u,
    new RegExp(
      `\\b(?:von|auf) (?:\\p{L}+ )?${MAIL_DE}(?: und ${MAIL_DE}| oder ${MAIL_DE})? (?:bitte |kunftig |zukunftig )*(?:ab|absehen|abzusehen|abstand nehmen|verzichten|zu verzichten)(?: danke| bitte)*$`,
      "u",
    ),
    new RegExp(
      `\\bsehen sie (?:bitte |kunftig |zukunftig |in zukunft )+von (?:\\p{L}+ )?(?:\\p{L}+ )?${MAIL_DE}(?: jeder art)? ab$`,
      "u",
    ),
    /^(?:es|das|jetzt|mir|uns) (?:reicht|langt|genugt)(?: es| mir| uns| jetzt| langsam| nun)*,? (?:bitte |also |und )*(?:aufhoren|schluss|stopp|hor\p{L}* .*auf|lassen sie .*)$/u,
    /(?:^|[,;] |\b(?:bitte|und) )(?:nix|nichts|nie) (?:mehr|wieder|weiter) (?:an (?:mich|uns) |an diese adresse |hierher )?(?:schicken|senden|schreiben|mailen|melden|zuschicken|zusenden)(?: bitte| danke)*$/,
    /(?:^|[,;] |\b(?:bitte|und) )(?:nicht mehr|nie wieder|nie mehr|nicht wieder) (?:bei (?:mir|uns) )?(?:melden|schreiben|mailen|anschreiben|kontaktieren|nachfassen|nachhaken|anfragen|behelligen|belastigen)(?: bitte| danke)*$/,
    new RegExp(
      `\\b(?:wenn|dass|hoffe\\p{L}*|lass\\p{L}*|mochte\\p{L}*)\\b.{0,14}\\b(?:das|dies|es|diese)(?: jetzt| nun| hier)* (?:bitte )?(?:die|ihre|eure) (?:aller)?letzte ${MAIL_DE} (?:war|ware|bleibt|bleibe|ist|gewesen ist|gewesen ware|sein|an mich|an uns|von ihnen)`,
      "u",
    ),
    /\b(?:losch\p{L}*|vernicht\p{L}*|tilg\p{L}*|entfern\p{L}*) (?:sie )?(?:bitte )?(?:umgehend |sofort )?(?:alles|alle|samtliche|jegliche|was)\b.{0,30}\b(?:daten|uber mich|zu mir|von mir|angaben|informationen|kontaktdaten|uber uns)\b/u,
    /\b(?:alle|samtliche|meine|unsere)(?: \p{L}+){0,3} (?:daten|angaben|kontaktdaten)\b.{0,20}\b(?:zu loschen|loschen|geloscht werden|vernichten)\b(?!.*\?)/u,
    /\b(?:setz|pack|nehm|trag|schreib)\p{L}* (?:sie )?(?:mich|uns|meine adresse|diese adresse)\b.{0,14}\b(?:auf|in) (?:ihre|eure|die|eine) (?:\p{L}*sperr\p{L}*|\p{L}*blacklist|robinson\p{L}*|block\p{L}*|nicht-kontakt\p{L}*|werbesperr\p{L}*)/u,
    /\b(?:sperr\p{L}*|blockier\p{L}*) (?:sie )?(?:bitte )?(?:meine|unsere|diese) (?:e-?mail-?)?(?:adresse|domain|mailadresse)(?: bei (?:sich|ihnen|euch))?\b/u,
    /\b(?:sie haben|ihr habt|dafur (?:haben sie|habt ihr)) (?:dafur |hierfur )?(?:keine|nie eine|nicht (?:meine|unsere)|weder) (?:\p{L}+ )?(?:einwilligung|zustimmung|erlaubnis|genehmigung|einverstandnis)\b/u,
    /\b(?:ich|wir) (?:habe|haben) (?:dem |dieser |dazu |der |ihnen |euch )?.{0,40}\b(?:nie|niemals|nicht|keine)\b.{0,30}\b(?:zugestimmt|eingewilligt|einwilligung|erlaubnis|zustimmung)\b.{0,30}\b(?:mails?|werbung|adresse|daten|kontakt\p{L}*|newsletter|gegeben|erteilt)\b/u,
    /\b(?:verwend|nutz|benutz|gebrauch)\p{L}* (?:sie )?(?:bitte )?(?:diese|meine|unsere) (?:\p{L}+ )?(?:adresse|mailadresse|e-?mail\p{L}*) (?:bitte )?(?:nicht|nie|keinesfalls|niemals)\b/u,
    /\b(?:diese|meine|unsere) (?:\p{L}+ )?(?:adresse|mailadresse|postfach) (?:ist|dient) (?:\p{L}+ )?(?:nicht|kein\p{L}*) (?:fur|der|ort fur|platz fur) (?:werb\p{L}*|akquise|angebote|so etwas|sowas|kaltakquise|vertrieb\p{L}*)(?!.*(?:@|sondern))/u,
    /\b(?:herrn?|frau|dr|prof|chefin|chef|geschaftsfuhr\p{L}*) ?.{0,24}\b(?:wunscht|mochte|will)\b.{0,20}\b(?:nicht (?:mehr|weiter|langer)|keine|keinerlei)\b.{0,24}(?:kontaktiert|angeschrieben|belastigt|werbung|mails?|post|zusendungen|nachrichten)\b/u,
    /\b(?:bitt|sag|richt)\p{L}* (?:sie |ihnen |denen |den |dem |der )+.{0,24}\b(?:nicht mehr (?:an)?(?:zu)?schreiben|aufhoren|aufzuhoren|nichts mehr (?:zu )?(?:schicken|senden))/u,
  ],
  nl: [
    /(?:^|[,;:] |\b(?:graag|en|dus|gelieve|alsjeblieft|aub) )(?:haal|gooi|knikker|flikker|pluk|laat|zet|neem)(?:t)?(?: u| je)? (?:me|mij|ons|dit adres|mijn adres)(?: er| hier| daar)?(?: dan| nu| maar| graag| direct| meteen| alsjeblieft| aub)* ?(?:eraf|eruit|ervan af|ertussenuit|af|uit|weg)(?: aub| graag| alsjeblieft| bedankt)*$/,
    /(?:^|[,;:] |\b(?:graag|en|dus|gelieve) )(?:schrap|verwijder|wis)(?:t)?(?: u| je)? (?:me|mij|ons|dit adres|mijn adres)(?: nu| maar| graag| direct| meteen| alsjeblieft| aub| eens)*$/,
    /\b(?:wil|wilt|kun|kunt|zou|zouden|kan)(?: u| je| jullie|t u)? (?:me|mij|ons|mijn adres|dit adres)(?: (?:aub|alstublieft|alsjeblieft|graag|even|ook|dan|hier))*(?: (?:uit|van)(?: \S+){1,4})? (?:halen|verwijderen|schrappen|uitschrijven|wissen|afmelden|afhalen|uithalen)\b/,
    new RegExp(
      `(?:^|[,;] |\\b(?:graag|aub|en|liever|alstublieft|gelieve) )(?:geen|niks|niets) (?:verdere |nieuwe |van dit soort |meer van )?${MAIL_NL}(?: meer)?(?: (?:van jullie|van u|naar (?:dit adres|mij|ons)|aan (?:mij|ons)))*(?: graag| aub)*$`,
    ),
    /(?:^|[,;] |\b(?:graag|aub|en|liever) )(?:niks|niets|nooit|niet) meer (?:naar (?:mij|ons|dit adres) |hierheen )?(?:sturen|mailen|schrijven|toesturen|gebruiken|benaderen|contacteren|opsturen)(?: graag| aub| alsjeblieft| dank je| bedankt)*$/,
    new RegExp(
      `\\b(?:laat|hoop|graag|wil|fijn|als)\\b.{0,12}\\b(?:dit|dat|deze)(?: nu| dan)? (?:echt )?(?:de|jullie|uw|je) (?:aller)?laatste (?:keer|${MAIL_NL}|mail|bericht)\\b`,
    ),
    /\b(?:zet|plaats|neem|voeg)(?:t)?(?: u| je)? (?:me|mij|ons|dit adres|mijn adres)\b.{0,10}\b(?:op|in|aan) (?:de|uw|jullie|een|je) (?:zwarte lijst|blacklist|blokkeerlijst|blokkadelijst|suppressie\w*|niet-\w+|bel-me-niet\w*|uitsluit\w*|opt-out\w*)/,
    /\b(?:blokkeer|blokkeren) (?:u )?(?:mijn|ons|dit) (?:e-?mail|mail)?(?:adres|domein)\b/,
    /\b(?:ik|wij|we|de heer|mevrouw|mevr|dhr)\b.{0,24}\bstel(?:t|len)? geen prijs op\b/,
    /\b(?:u|jullie|je) (?:heeft|hebt|hebben) (?:\w+ )?(?:geen|nooit) (?:\w+ )?(?:toestemming|akkoord|goedkeuring)\b/,
    /\b(?:ik|wij|we) (?:heb|hebben|geef|geven|gaf|gaven) (?:hier |daar |u |jullie )*(?:nooit|geen)\b.{0,16}\b(?:toestemming|akkoord)\b.{0,30}\b(?:mail\w*|adres|gegevens|reclame|contact\w*|gegeven|benader\w*)\b/,
    /\b(?:wis|verwijder|vernietig|schrap|wissen|verwijderen)\b.{0,10}\b(?:alle|al|alles)\b.{0,24}\b(?:gegevens|over mij|van mij|over ons|data)\b/,
    /\b(?:gebruik|gebruikt)(?: u| je)? (?:dit|mijn|ons) (?:\w*adres|mail\w*) (?:niet|nooit)\b(?!.{0,20}maar)/,
    /\b(?:dit|mijn|ons) (?:\w*adres|postvak|mailbox) is (?:niet (?:bedoeld )?|geen plek )voor (?:reclame|verkoop\w*|acquisitie|werving|spam|dit soort)(?!.*(?:@|maar))/,
    /\b(?:de heer|mevrouw|mevr|dhr|dr|prof|onze directeur) .{0,30}\b(?:wil|wenst|hoeft)\b.{0,16}\b(?:geen|niet (?:meer|langer|verder))\b.{0,24}\b(?:mails?|berichten|reclame|benaderd|gemaild|post|gecontacteerd|ontvangen)\b/,
    /\b(?:laat|zorg|zeg|vraag)\b.{0,14}\b(?:ze|hen|hun|dat)\b.{0,24}\b(?:niet(?:s)? meer|stoppen|ophouden)\b.{0,16}\b(?:mailen|schrijven|sturen|benaderen|met)\b/,
    /^(?:uw|jullie|deze) (?:mails?|berichten|reclame) (?:zijn|is) (?:hier )?niet (?:welkom|gewenst)$/,
  ],
} as const;
