/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: asked as a favour ("would you be so kind as to stop writing"),
 * out of whatever the address is on, a mailbox called by what stands before its "@", and no further messages. Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

/** "hello@": one's own mailbox, by the part that tells it from the others of the house. */
const BOX = "[\\w.+-]{1,40}@(?!\\S)";

const LIST_EN =
  "(?:lists?|databases?|books|records?|files?|system|crm|mailings?|mail-?outs?|mailing list|newsletters?|address book)";
const MINE_EN = "(?:me|us|(?:my|our|this) (?:\\w+ )?(?:address|name|e-?mail|details|inbox|contact))";
const LIST_DE =
  "(?:\\p{L}*listen?|\\p{L}*verteilern?|\\p{L}*datenbank|\\p{L}*kartei|\\p{L}*dateien|\\p{L}*bestand|system|crm|newsletter)";
const MINE_DE =
  "(?:mich|uns|(?:unsere?n?|meine?n?|diese) (?:\\p{L}+ )?(?:\\p{L}*adresse|e-?mail|namen?|daten|kontakt\\p{L}*))";
const LIST_FR = "(?:fichiers?|listes?|bases?|registres?|carnets?|envois?|mailings?|newsletters?)";
const MINE_FR = "(?:mon|notre|cette|mes|nos) (?:\\w+ )?(?:adresse|mail|e-?mail|courriel|nom|coordonnees|contact)";
const LIST_ES = "(?:listas?|bases?|ficheros?|archivos?|registros?|envios|boletin(?:es)?|mailing)";
const MINE_ES = "(?:mi|nuestr[ao]|est[ae]) (?:\\w+ )?(?:direccion|correo|e-?mail|mail|nombre|contacto|datos)";
const LIST_IT = "(?:list[ae]|elench\\w|archivi\\w*|database|rubric\\w+|registr\\w+|mailing list|newsletter|invii)";
const MINE_IT = "(?:il nostro|il mio|questo|la mia|la nostra) (?:indirizzo|mail|e-?mail|nome|nominativo|contatto)";
const LIST_NL = "(?:\\w*lijst(?:en)?|\\w*bestand(?:en)?|\\w*database|systeem|nieuwsbrief|administratie|mailing)";
const MINE_NL = "(?:mij|me|ons|(?:mijn|ons|dit) (?:\\w*adres|e-?mail|naam|gegevens))";
const LIST_PT = "(?:listas?|bases?|ficheiros?|arquivos?|cadastros?|registros?|registos?|mailing|envios|newsletter)";
const MINE_PT = "(?:o )?(?:nosso|meu|est[ea]) (?:endereco|e-?mail|contac?to|nome|correio|cadastro)";
const LIST_PL = "(?:list\\w*|baz\\w+|rejestr\\w*|ewidencj\\w+|newsletter\\w*|mailing\\w*|kartotek\\w+)";
const MINE_PL = "(?:mnie|nas|(?:nasz|moj|ten) (?:adres|mail|e-?mail|kontakt))";
const LIST_SV =
  "(?:\\p{L}*lista(?:n)?|\\p{L}*listor|register|registret|registren|\\p{L}*utskick|databas(?:en)?|adressbok)";
const MINE_SV = "(?:mig|oss|(?:var|min|den har) \\p{L}*adress|mitt namn)";
const LIST_DA =
  "(?:\\p{L}*listen?|\\p{L}*lister|kartotek\\p{L}*|register|registret|database\\p{L}*|\\p{L}*udsendelser)";
const MINE_DA = "(?:mig|os|(?:vores|min|denne) \\p{L}*adresse|mit navn)";

export const KINDS_OF_ASKED: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    new RegExp(
      `(?<!\\b(?:don't|not|never|they|he|she|it|we|i|would have|accidentally)(?: to)? )\\b(?:cross|strike|scratch|take|chuck|throw|toss|bin|drop|get|pull|remove|knock|boot|kick|turf|cut) ${MINE_EN} (?:off|out of|from) (?:(?:whatever|wherever|whichever|anything|everything)\\b|(?:your|the|that|this|any|all|every)(?: \\w+){0,2} ${LIST_EN}\\b)`,
    ),
    /\b(?:be|you) (?:so |very |most )?(?:kind|good|sweet|nice|lovely|a dear|a love)(?: as| enough)?(?: to| and) (?:stop|quit|cease|leave off|refrain from|not) (?:writing|mailing|e-?mailing|messaging|contacting|sending|write|mail|e-?mail|contact|send)\b.{0,24}\b(?:me|us|again|any ?more|these|things|stuff)\b/,
    /\b(?:do not|don't|no longer) (?:want|wish to (?:get|receive|have)|want to (?:get|receive|have)) (?:any )?(?:more|further|other) (?:e-?mails?|mails?|messages?|newsletters?|mailings?|letters?|correspondence|contact|marketing)\b(?! (?:like|about|on|regarding|than) )/,
    new RegExp(
      `\\b(?:remove|delete|take|drop|strike|unsubscribe) ${BOX} (?:off|out of|from) (?:your|the|this|any|all)(?: \\w+){0,2} ${LIST_EN}\\b`,
    ),
  ],
  de: [
    new RegExp(
      `\\b${MINE_DE}(?: bitte| da| doch| mal| wieder| gleich)* (?:uberall|aus (?:eure|ihre|de|diese)[rmn]? (?:\\p{L}+ )?${LIST_DE}|von (?:eurer|ihrer|der|dieser) (?:\\p{L}+ )?${LIST_DE}) ?(?:raus|heraus)?(?:streichen|werfen|schmeissen|loschen|nehmen|kicken|hauen|entfernen|kegeln|tilgen)\\b(?! (?:lassen|zu))`,
      "u",
    ),
    new RegExp(
      `\\b(?:streicht?|schmeisst?|werft|wirfst|nehmt|nimmst|loscht?|kickt?|haut)(?: sie| ihr| du)? ${MINE_DE}(?: bitte| doch| mal| sofort| endlich)* (?:aus|von) (?:eure|ihre|de|diese)[rmn]? (?:\\p{L}+ )?${LIST_DE}`,
      "u",
    ),
    new RegExp(
      `\\b(?:entfern|losch|streich|nehm|nimm)\\p{L}*(?: sie)?(?: bitte)? ${BOX} (?:bitte )?(?:aus|von) (?:ihr|eur|de|all)\\p{L}* (?:\\p{L}+ )?${LIST_DE}`,
      "u",
    ),
    /\b(?:meld|trag|losch|streich)\p{L}*(?: sie)? (?:mich|uns)(?: bitte)? (?:ab|aus)(?:,? (?:wenn|falls) .{0,6}\bso (?:gut|lieb|nett|freundlich)\b.{0,16})$/u,
  ],
  fr: [
    new RegExp(
      `(?<!\\bne )\\b(?:ray|vir|jet|degag|enlev|retir|supprim|effac|sort|balay)\\w* ${MINE_FR} (?:de la ou|de partout|d'ou que|ou que|(?:de|du|des) (?:votre|vos|ton|tes|ce|cette|la|tous vos) (?:\\w+ )?${LIST_FR})`,
    ),
    new RegExp(
      `(?<!\\bne )\\b(?:retir|enlev|supprim|ray|effac|desinscri)\\w* ${BOX} (?:de|du|des) (?:votre|vos|la|ce|tous vos) (?:\\w+ )?${LIST_FR}`,
    ),
  ],
  es: [
    new RegExp(
      `(?<!\\bno )\\b(?:tach|borr|quit|sac|saqu|elimin|retir|ech|bot)\\w* ${MINE_ES} de (?:donde\\w*|todas partes|todo|(?:su|sus|vuestr\\w+|tus?|la|est[ae]|es[ae]) (?:\\w+ )?${LIST_ES})`,
    ),
    new RegExp(
      `\\b(?:me|nos) (?:das|da|dais|dan) de baja(?:,? ya|,? por favor|,? porfa\\w*|,? gracias| de (?:la|su|tu|esta|esa|vuestra) ${LIST_ES})*$|\\b(?:me|nos) (?:borras?|borran|quitas?|quitan|sacas?|sacan|eliminas?) de (?:la|su|tu|esta|esa|vuestra) ${LIST_ES}`,
    ),
    new RegExp(
      `(?<!\\bno )\\b(?:quit|borr|elimin|saqu|retir)\\w* (?:a )?${BOX} de (?:su|sus|vuestr\\w+|la|esta) (?:\\w+ )?${LIST_ES}`,
    ),
  ],
  it: [
    new RegExp(
      `(?<!\\bnon )\\b(?:depenn|cancell|togli|butt|elimin|rimuov|lev)\\w* ${MINE_IT}(?: fuori)? (?:da (?:dovunque|ovunque|qualunque|tutto|ogni)|(?:da|dai|dalle|dalla|dal|dagli)(?: vostr\\w+| tu[aoi]\\w*| quest\\w+)? ${LIST_IT})`,
    ),
    new RegExp(
      `(?<!\\b(?:non|se|che) )\\b(?:mi|ci) (?:butti|butta|cancelli|cancella|tolga|togli|toglie|disiscriva|disiscrive|levi|elimini|rimuova|depenni)(?: fuori)?(?: (?:dalla|da questa|da|dal|dai|dagli)(?: vostr\\w+| tu[aoi]\\w*)? ${LIST_IT})?(?: per (?:gentilezza|cortesia|favore|piacere)| grazie)*$`,
    ),
    new RegExp(
      `(?<!\\bnon )\\b(?:togli|cancell|elimin|rimuov|lev)\\w* ${BOX} (?:da|dai|dalle|dalla|dal|dagli)(?: vostr\\w+| tu[aoi]\\w*| quest\\w+)? ${LIST_IT}`,
    ),
    /\bnon (?:voglio|vogliamo|desidero|desideriamo|vorrei) (?:piu |ricevere )?(?:altri|altre|ulteriori) (?:messaggi|mail|e-?mail|comunicazioni|newsletter)\b/,
  ],
  nl: [
    new RegExp(
      `\\b${MINE_NL}(?: graag| even| aub| maar)* (?:uit|van) (?:jullie|uw|je|de|deze|dat|het|die|alle) (?:\\w+ )?${LIST_NL} (?:te )?(?:gooien|mikken|kieperen|halen|schrappen|wissen|verwijderen|knikkeren|flikkeren|smijten)\\b`,
    ),
    /\b(?:mijn|ons|dit) \w*adres (?:doorstrepen|doorhalen|schrappen|wissen|verwijderen) (?:waar|overal)\b/,
    new RegExp(
      `\\b${BOX} (?:uit|van) (?:jullie|uw|je|de|deze|alle) (?:\\w+ )?${LIST_NL} (?:te )?(?:halen|schrappen|wissen|verwijderen)\\b|\\b(?:haal|schrap|verwijder|wis)t?(?: u)? ${BOX} (?:uit|van) (?:jullie|uw|je|de|deze|alle) (?:\\w+ )?${LIST_NL}`,
    ),
  ],
  pt: [
    new RegExp(
      `(?<!\\bnao )\\b(?:risc|risqu|tir|remov|apag|exclu|retir|jog|delet)\\w* ${MINE_PT}(?: fora)? (?:de onde|de tudo|de todo|d[aeo]s? (?:vossas?|vossos?|suas?|seus?|tuas?|teus?|vossa|ess[ae]|est[ae]|tod[ao]s)? ?(?:as |os )?${LIST_PT})`,
    ),
    new RegExp(
      `(?<!\\b(?:nao|que|se|quem|ja) )\\b(?:me|nos) (?:descadastr[ae]|tir[ae]|exclu[ia]|remov[ea]|apag[ae]|apague|delet[ae]|risca|risque|retir[ae])(?: (?:dai|daqui|disso|d[ae]ss[ae] ${LIST_PT}|d[ao] ${LIST_PT}|dest[ae] ${LIST_PT}))?(?: (?:por (?:gentileza|obsequio|favor|cortesia)|fazendo (?:o )?favor|faz favor|pfv|pf|obrigad[ao]))*$`,
    ),
    new RegExp(
      `(?<!\\bnao )\\b(?:retir|remov|tir|elimin|apag|exclu)\\w* (?:o )?${BOX} d[aeo]s? (?:vossas?|vossos?|suas?|seus?|)? ?(?:\\w+ )?${LIST_PT}`,
    ),
  ],
  pl: [
    new RegExp(
      `(?<!\\bnie )\\b(?:wykresl|wywal|wyrzuc|usun|skresl|skasuj|skasow)\\w* ${MINE_PL} (?:skad\\w*|zewszad|z(?:e)? (?:swojej|waszej|panstwa|tej|swoich|waszych|tych|wszystkich)? ?(?:\\w+ )?${LIST_PL})`,
    ),
    new RegExp(
      `\\b(?:mozesz|mozecie|moze pan|moze pani|prosze|moglbys|moglibyscie)(?: panstwo)? ${MINE_PL} (?:wykreslic|wywalic|wyrzucic|usunac|skreslic|skasowac|wypisac) z(?:e)? (?:swojej|waszej|panstwa|tej|tych)? ?(?:\\w+ )?${LIST_PL}`,
    ),
    new RegExp(
      `(?<!\\bnie )\\b(?:usun|wykresl|wypis|skresl)\\w* ${BOX} z(?:e)? (?:swojej|waszej|panstwa|tej)? ?(?:\\w+ )?${LIST_PL}`,
    ),
  ],
  sv: [
    new RegExp(
      `\\b(?:stryk|stryka|slang|slanga|kasta|radera|ta|plocka|lyft|rensa)(?: ut| bort)? ${MINE_SV}(?: ut| bort)? (?:var (?:den|det) an|overallt|(?:ur|fran|av) (?:ert|era|er|ditt|din|det dar|den dar|alla|eran) ?(?:\\p{L}+ )?${LIST_SV})`,
      "u",
    ),
    new RegExp(
      `\\b(?:ta bort|radera|stryk|plocka bort) ${BOX} (?:ur|fran) (?:ert|era|er|alla) ?(?:\\p{L}+ )?${LIST_SV}`,
      "u",
    ),
    /\b(?:snalla?|vanliga?|hyggliga?|goda?) (?:och|att|nog att) (?:sluta|upphora|lata bli|lat bli)(?: med)?(?: att)? (?:skriva|mejla|maila|skicka|kontakta|hora av)\b/,
  ],
  da: [
    new RegExp(
      `\\b(?:strege?|slet|slette|smide?|fjerne?|kyle|tage?|stryge?)(?: venligst)? ${MINE_DA},? (?:hvor (?:den|det) end|overalt|(?:ud )?(?:af|fra) (?:jeres|dit|din|den|det|alle) ?(?:\\p{L}+ )?${LIST_DA})`,
      "u",
    ),
    new RegExp(
      `\\b(?:fjern|slet|stryg|tag)(?: venligst)? ${BOX}(?: ud)? (?:af|fra) (?:jeres|alle|den) ?(?:\\p{L}+ )?${LIST_DA}`,
      "u",
    ),
    /\b(?:sode?|venlige?|rare?|flinke?|gode?) (?:og|at|ved at|ikke at)(?: at)? (?:holde op med at|stoppe med at|lade vaere med at|lade vaere at|undlade at) (?:skrive|maile|sende|kontakte|henvende)\b/,
  ],
  ja: [
    /(?:送る|送信する|メールする|連絡する|送ってくる|送信|配信する)の(?:を|は)?(?:もう)?(?:やめ|止め|控え)て(?:いただけ|もらえ|頂け|くださ|くだされ|ほしい|くれ)/,
    /[\w.+-]{1,40}@ ?(?:宛|あて)?(?:を|は)[^。]{0,12}(?:リスト|名簿|配信先|宛先|送信先)(?:から|より)(?:外|削除|除|消)/,
  ],
  zh: [
    /(?:不管|无论|不論)(?:我|我们|我們)的?(?:地址|邮箱|郵箱|名字)[^。]{0,16}(?:划掉|删掉|刪掉|去掉|拿掉|删除|刪除)/,
    /(?:把|将|將) ?[\w.+-]{1,40}@ ?从[^。]{0,12}(?:删|刪|移|去掉|拿掉|清除)/,
  ],
};
