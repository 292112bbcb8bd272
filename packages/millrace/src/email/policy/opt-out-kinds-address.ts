/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: an address named by its beginning ("the office@ address")
 * out of a database, this address "then" out of the contacts, and by hand what the link to unsubscribe does not do. Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

export const KINDS_OF_ADDRESS: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /\b(?:delete|remove|take|drop|erase|strip|clear) (?:the |our |this )?[\w.-]+@(?:[\w.-]*)(?: address| mailbox| inbox| account)? (?:from|off|out of) (?:your|the|all) (?:\w+ )?(?:database|lists?|mailing lists?|system|records|contacts|crm|files)\b/,
    /\b(?:do|did) (?:it|this|that) (?:by hand|manually)(?: please)?,? so(?: that)? (?:i|we) (?:do not|don't|dont|no longer) (?:get|receive|have) (?:any|these|them|it|your)\b/,
  ],
  de: [
    /\b(?:losch|entfern|streich|nehm)\p{L}* sie (?:bitte |doch |gern |gerne )*(?:die|unsere) [\w.-]+@[\w.-]*[ -]?(?:adresse|mailadresse|postfach)? ?aus (?:ihrer|ihrem|ihren|der|dem) (?:datenbank|verteiler|liste|system|adressbestand|kontakten)\b/u,
    /\b(?:von hand|handisch|manuell) (?:machen|erledigen|austragen|tun),? damit (?:ich|wir) (?:nichts|keine(?: \p{L}+)?) (?:mehr|weiteren?) (?:\p{L}+ )?(?:bekomm|erhalt|krieg)\p{L}*/u,
  ],
  fr: [
    /\b(?:supprimer|retirer|enlever|effacer|supprimez|retirez|enlevez) l'adresse [\w.-]+@[\w.-]* (?:de|dans) (?:votre|vos|la) (?:base|fichiers?|listes?|contacts|systeme)\b/,
    /\b(?:faire|desinscrire) (?:a la main|manuellement),? (?:pour que|afin que) (?:je|nous) ne (?:recoiv|recev)\w* plus (?:rien|aucun|de)\b/,
  ],
  es: [
    /\b(?:borrar|quitar|eliminar|sacar|borren|quiten|eliminen) (?:la direccion|el correo) [\w.-]+@[\w.-]* (?:de|en) (?:su|sus|la|vuestra) (?:base|lista|listas|contactos|sistema)\b/,
    /\bhacerlo (?:a mano|manualmente)(?:,)? para que no (?:me|nos) (?:llegue|lleguen|manden) (?:nada|ninguno?) ?(?:mas)?\b/,
  ],
  it: [
    /\b(?:eliminare|cancellare|togliere|rimuovere|eliminate|cancellate|togliete|rimuovete) (?:l'indirizzo|la casella) [\w.-]+@[\w.-]* (?:dal|dalla|dai|dalle) (?:vostr\w|sue?|suoi) (?:database|archivi\w*|list\w|contatti|elenc\w+)\b/,
    /\b(?:tog\w+|cancell\w+|rimuov\w+|elimin\w+)(?: pure| anche| quindi| tranquillamente| per favore)* (?:questo|il (?:mio|nostro|presente)) (?:indirizzo|contatto|nominativo|recapito)(?: e-?mail)? (?:dai|dalla|dalle|dal) (?:vostr\w|sue?|suoi)\b/,
    /\b(?:farlo|cancellarmi|toglierci) (?:a mano|manualmente),? (?:cosi|in modo che|affinche) non (?:ricev\w+|mi arriv\w+|ci arriv\w+) (?:piu )?(?:niente|nulla|altro|piu)\b/,
  ],
  nl: [
    /\b(?:het|ons|dit) [\w.-]+@[\w.-]*[ -]?(?:adres|postvak)? ?(?:uit|van) (?:jullie|uw|de) (?:database|bestand|lijst|systeem|contacten) (?:halen|verwijderen|schrappen|wissen)\b/,
    /\b(?:met de hand|handmatig) (?:doen|afmelden|uitschrijven) (?:zodat|opdat) (?:ik|we|wij) (?:niets|geen \w+|niks) (?:meer )?(?:meer )?(?:krijg|ontvang)\w*/,
  ],
  pt: [
    /\b(?:apagar|eliminar|remover|retirar|tirar|apaguem|eliminem|removam|retirem|tirem) (?:o endereco|o e-?mail|o contacto|o contato) [\w.-]+@[\w.-]* (?:da|do|das|dos) (?:vossa|vosso|sua|seu|vossas|vossos)? ?(?:base|lista|listas|sistema|contactos|contatos)\b/,
    /\bfazer (?:isso|isto|o cancelamento)? ?(?:a mao|manualmente),? para (?:eu|nos|que) (?:ja )?nao (?:receb\w+|me enviem) (?:mais )?(?:nada|nenhum\w*|mais)\b/,
  ],
  pl: [
    /\b(?:usunac|wykreslic|skasowac|usuncie|wykreslcie) (?:nasz )?adres [\w.-]+@[\w.-]* (?:ze|z) (?:swojej|panstwa|waszej|swoich|tej) (?:bazy|listy|kontaktow|systemu)\b/,
    /\b(?:zrobic|wypisac mnie) (?:to )?recznie,? (?:zeb\w+|aby\w*|by\w*) (?:juz )?(?:nic|zadn\w+)(?: juz)?(?: wiecej)?(?: \p{L}+)? nie (?:dostawa|otrzymywa|przychodzi)\w*/u,
  ],
  sv: [
    /\bta (?:gärna |garna |bara |da )*bort (?:den har|var|denna|min) (?:adress\w*|e-?post\w*|mejl\w*) (?:ur|fran|i) (?:ert|era|er|ditt) (?:register|listor?|databas|utskick|kontakter)\b/,
    /\b(?:ta bort|radera|stryka|plocka bort) (?:var )?[\w.-]+@[\w.-]*[ -]?(?:adressen?|brevladan?)? ?(?:ur|fran) (?:er|ert|era) (?:databas|register|listor?|system|utskick)\b/,
    /\b(?:for hand|manuellt) sa att (?:jag|vi) (?:slipper|inte) (?:far |fa )?(?:fa )?(?:fler|mer|dem)\b/,
  ],
  da: [
    /\b(?:slette|fjerne|stryge|tage) (?:vores )?[\w.-]+@[\w.-]*[ -]?(?:adressen?|postkassen?)? ?(?:fra|ud af) (?:jeres|din|jeres) (?:database|register|kartotek|lister?|system)\b/,
    /\b(?:i handen|manuelt|med handkraft),? sa (?:jeg|vi) (?:ikke far|slipper for) (?:flere|mere|dem)\b/,
  ],
  ja: [
    /[\w.-]+@[\w.-]*の?(?:アドレス|メール|メールアドレス)を.{0,12}(?:データベース|リスト|名簿|連絡先|配信先)から(?:削除|外|消)/,
    /^(?:手動|手作業|そちら)で(?:配信を)?(?:止め|停止し|解除し|外し)て(?:いただけ|もらえ|ください|下さい|くださ|頂け)/,
  ],
  zh: [
    /(?:把|将|將)[\w.-]+@[\w.-]*(?:这个|這個)?(?:邮箱|郵箱|地址|信箱)?从(?:你们的|您的|贵司的)?(?:数据库|名单|列表|联系人|系统)(?:里|中)?(?:删|移|去掉|剔)/,
  ],
};
