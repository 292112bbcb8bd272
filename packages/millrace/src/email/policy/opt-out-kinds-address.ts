/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: an address named by its beginning ("the office@ address")
 * out of a database, this address "then" out of the contacts, its removal by the noun ("I request the deletion of"), that it be seen to
 * that nothing more comes, one's own leaving as it is written ("hereby I unsubscribe"), and by hand what the link to unsubscribe does not do. Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

export const KINDS_OF_ADDRESS: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /\b(?:delete|remove|take|drop|erase|strip|clear) (?:the |our |this )?[\w.-]+@(?:[\w.-]*)(?: address| mailbox| inbox| account)? (?:from|off|out of) (?:your|the|all) (?:\w+ )?(?:database|lists?|mailing lists?|system|records|contacts|crm|files)\b/,
    /\b(?:do|did) (?:it|this|that) (?:by hand|manually)(?: please)?,? so(?: that)? (?:i|we) (?:do not|don't|dont|no longer) (?:get|receive|have) (?:any|these|them|it|your)\b/,
    /\b(?:see to it|make sure|ensure|arrange)(?: that)? no(?:thing| more e-?mails?)(?: else| more| further)? (?:reaches|gets to|comes to|is sent to) (?:me|us|this address|my inbox)\b/,
    /\b(?:request|requesting|ask for|asking for|demand)(?: the| a)? (?:removal|deletion|erasure|unsubscription|deregistration) of (?:the|this|my|our) (?:e-?mail )?(?:address|mailbox|subscription)\b/,
    /^(?:i|we) hereby (?:unsubscribe|opt out|withdraw)(?: (?:myself|ourselves))?(?: from (?:the|your|this|all)\b.{0,30})?$/,
  ],
  de: [
    /\b(?:losch|entfern|streich|nehm)\p{L}* sie (?:bitte |doch |gern |gerne )*(?:die|unsere) [\w.-]+@[\w.-]*[ -]?(?:adresse|mailadresse|postfach)? ?aus (?:ihrer|ihrem|ihren|der|dem) (?:datenbank|verteiler|liste|system|adressbestand|kontakten)\b/u,
    /\b(?:von hand|handisch|manuell) (?:machen|erledigen|austragen|tun),? damit (?:ich|wir) (?:nichts|keine(?: \p{L}+)?) (?:mehr|weiteren?) (?:\p{L}+ )?(?:bekomm|erhalt|krieg)\p{L}*/u,
    /\b(?:bitten? (?:hiermit )?um|beantrag\w*(?: ich| wir)?(?: hiermit)?|verlang\w*(?: ich| wir)?) (?:die )?(?:entfernung|loschung|austragung|streichung|abmeldung) (?:der|dieser|meiner|unserer) (?:e-?mail-?|mail-?)?adresse\b/,
    /\b(?:hiermit )?(?:meld|trag)(?:e|en) (?:ich mich|wir uns)(?: hiermit)? (?:vom|von (?:ihrem|eurem|dem|der|ihrer)|aus (?:ihrem|dem)) (?:\p{L}*newsletter|verteiler|\p{L}*liste|mailingliste)(?: hiermit)? (?:ab|aus)$/u,
    /\b(?:vom|von ihrem|von eurem) (?:newsletter|verteiler) meld(?:e|en) (?:ich mich|wir uns)(?: hiermit)? ab\b|^ich meld(?:e) mich (?:hiermit )?ab (?:vom|von (?:ihrem|eurem)) (?:newsletter|verteiler)$/,
  ],
  fr: [
    /\b(?:supprimer|retirer|enlever|effacer|supprimez|retirez|enlevez) l'adresse [\w.-]+@[\w.-]* (?:de|dans) (?:votre|vos|la) (?:base|fichiers?|listes?|contacts|systeme)\b/,
    /\b(?:faire|desinscrire) (?:a la main|manuellement),? (?:pour que|afin que) (?:je|nous) ne (?:recoiv|recev)\w* plus (?:rien|aucun|de)\b/,
    /\bfaire en sorte que (?:je|nous|on) ne (?:recoiv|recev)\w* plus (?:rien|aucun\w*)\b/,
    /\b(?:demand\w+|sollicit\w+|exig\w+) (?:le retrait|la suppression|la desinscription|l'effacement|la radiation|le desabonnement) de (?:l'adresse|cette adresse|mon adresse|notre adresse)\b/,
    /^(?:par la presente,? )?je me (?:desabonne|desinscris)(?: par la presente)? (?:de|du) (?:votre|vos|la|cette)\b.{0,20}$/,
  ],
  es: [
    /\b(?:borrar|quitar|eliminar|sacar|borren|quiten|eliminen) (?:la direccion|el correo) [\w.-]+@[\w.-]* (?:de|en) (?:su|sus|la|vuestra) (?:base|lista|listas|contactos|sistema)\b/,
    /\bhacerlo (?:a mano|manualmente)(?:,)? para que no (?:me|nos) (?:llegue|lleguen|manden) (?:nada|ninguno?) ?(?:mas)?\b/,
    /\b(?:hacer|conseguir|procurar) que (?:ya )?no (?:me|nos) (?:llegue|lleguen|envien|manden) (?:nada|ningun\w*)\b/,
    /\b(?:solicit\w+|pid[oe]\w*|pedimos|ruego|exij\w+) (?:la )?(?:baja|eliminacion|supresion|retirada) de (?:la|esta|mi|nuestra) (?:direccion|cuenta de correo)\b/,
    /\bme doy de baja (?:del|de su|de la|de este|de esta) (?:boletin|newsletter|lista|correo)(?: con este (?:correo|mensaje))?$/,
  ],
  it: [
    /\b(?:eliminare|cancellare|togliere|rimuovere|eliminate|cancellate|togliete|rimuovete) (?:l'indirizzo|la casella) [\w.-]+@[\w.-]* (?:dal|dalla|dai|dalle) (?:vostr\w|sue?|suoi) (?:database|archivi\w*|list\w|contatti|elenc\w+)\b/,
    /\b(?:tog\w+|cancell\w+|rimuov\w+|elimin\w+)(?: pure| anche| quindi| tranquillamente| per favore)* (?:questo|il (?:mio|nostro|presente)) (?:indirizzo|contatto|nominativo|recapito)(?: e-?mail)? (?:dai|dalla|dalle|dal) (?:vostr\w|sue?|suoi)\b/,
    /\b(?:farlo|cancellarmi|toglierci) (?:a mano|manualmente),? (?:cosi|in modo che|affinche) non (?:ricev\w+|mi arriv\w+|ci arriv\w+) (?:piu )?(?:niente|nulla|altro|piu)\b/,
    /\bfare in modo che (?:io |noi )?non (?:ricev\w+|mi arriv\w+|ci arriv\w+) piu (?:nulla|niente|alcun\w*)\b/,
    /\b(?:chied\w+|richied\w+|domand\w+|sollecit\w+) la (?:rimozione|cancellazione|eliminazione|disiscrizione) (?:dell'indirizzo|di questo indirizzo|del (?:mio|nostro) indirizzo)\b/,
  ],
  nl: [
    /\b(?:het|ons|dit) [\w.-]+@[\w.-]*[ -]?(?:adres|postvak)? ?(?:uit|van) (?:jullie|uw|de) (?:database|bestand|lijst|systeem|contacten) (?:halen|verwijderen|schrappen|wissen)\b/,
    /\b(?:met de hand|handmatig) (?:doen|afmelden|uitschrijven) (?:zodat|opdat) (?:ik|we|wij) (?:niets|geen \w+|niks) (?:meer )?(?:meer )?(?:krijg|ontvang)\w*/,
    /\bervoor zorgen dat (?:ik|we|wij) (?:niets|niks|geen \w+) meer (?:van (?:u|jullie) )?(?:ontvang|krijg)\w*/,
    /\b(?:verzoek\w*|vraag|vragen|eis\w*)(?: ik| wij| we)?(?: hierbij)?(?: om)? (?:de )?(?:verwijdering|uitschrijving|afmelding|schrapping) van (?:het|dit|mijn|ons) (?:e-?mail)?adres\b/,
    /\b(?:hierbij )?(?:meld|schrijf) ik (?:me|mij)(?: hierbij)? (?:af|uit) (?:voor|van) (?:jullie|uw|de) (?:nieuwsbrief|lijst|mailinglijst|mails)\b/,
  ],
  pt: [
    /\b(?:apagar|eliminar|remover|retirar|tirar|apaguem|eliminem|removam|retirem|tirem) (?:o endereco|o e-?mail|o contacto|o contato) [\w.-]+@[\w.-]* (?:da|do|das|dos) (?:vossa|vosso|sua|seu|vossas|vossos)? ?(?:base|lista|listas|sistema|contactos|contatos)\b/,
    /\bfazer (?:isso|isto|o cancelamento)? ?(?:a mao|manualmente),? para (?:eu|nos|que) (?:ja )?nao (?:receb\w+|me enviem) (?:mais )?(?:nada|nenhum\w*|mais)\b/,
    /\bfazer com que (?:eu |nos )?nao (?:receb\w+|me chegue) mais (?:nada|nenhum\w*)\b/,
    /\b(?:solicit\w+|pec\w+|pedimos|requeir\w+) (?:o |a )?(?:descadastramento|remocao|eliminacao|exclusao|baixa) (?:deste|do|desse|do meu|do nosso) (?:endereco|e-?mail)\b/,
  ],
  pl: [
    /\b(?:usunac|wykreslic|skasowac|usuncie|wykreslcie) (?:nasz )?adres [\w.-]+@[\w.-]* (?:ze|z) (?:swojej|panstwa|waszej|swoich|tej) (?:bazy|listy|kontaktow|systemu)\b/,
    /\b(?:zrobic|wypisac mnie) (?:to )?recznie,? (?:zeb\w+|aby\w*|by\w*) (?:juz )?(?:nic|zadn\w+)(?: juz)?(?: wiecej)?(?: \p{L}+)? nie (?:dostawa|otrzymywa|przychodzi)\w*/u,
    /\bzadbac,? (?:zeb\w+|aby\w*|by\w*) (?:juz )?(?:nic|zadn\w+)(?: juz)? wiecej(?: od \p{L}+)?(?: \p{L}+)? nie (?:dostawa|otrzymywa|przychodzi)\w*/u,
    /\b(?:wnosze|prosze|wnioskuje) o (?:wypisanie|usuniecie|wykreslenie) (?:tego |mojego |naszego )?(?:adresu|maila)\b/,
  ],
  sv: [
    /\bta (?:gärna |garna |bara |da )*bort (?:den har|var|denna|min) (?:adress\w*|e-?post\w*|mejl\w*) (?:ur|fran|i) (?:ert|era|er|ditt) (?:register|listor?|databas|utskick|kontakter)\b/,
    /\b(?:ta bort|radera|stryka|plocka bort) (?:var )?[\w.-]+@[\w.-]*[ -]?(?:adressen?|brevladan?)? ?(?:ur|fran) (?:er|ert|era) (?:databas|register|listor?|system|utskick)\b/,
    /\b(?:for hand|manuellt) sa att (?:jag|vi) (?:slipper|inte) (?:far |fa )?(?:fa )?(?:fler|mer|dem)\b/,
    /\b(?:begar|kraver)(?: att)? (?:adressen|den har adressen|min adress|var adress)(?: [\w.@-]+)? (?:tas bort|raderas|stryks|avregistreras)\b/,
    /\b(?:begars|begar|ansoker om)(?: harmed)? (?:avregistrering|borttagning|radering|strykning) av (?:denna |den har |min |var )?adress\w*/,
    /\b(?:harmed )?(?:avregistrerar|avanmaler|avprenumererar) jag (?:mig )?(?:harmed )?fran (?:ert|era|er|ditt) (?:nyhetsbrev|utskick|lista)\b/,
  ],
  da: [
    /\b(?:slette|fjerne|stryge|tage) (?:vores )?[\w.-]+@[\w.-]*[ -]?(?:adressen?|postkassen?)? ?(?:fra|ud af) (?:jeres|din|jeres) (?:database|register|kartotek|lister?|system)\b/,
    /\b(?:i handen|manuelt|med handkraft),? sa (?:jeg|vi) (?:ikke far|slipper for) (?:flere|mere|dem)\b/,
    /\bsorge for,? at (?:jeg|vi) ikke (?:far|modtager|horer) (?:noget )?(?:mere|flere)\b/,
    /\b(?:anmoder|anmodes|beder|ansoger)(?: hermed)? om (?:fjernelse|sletning|afmelding|framelding) af (?:adressen|denne adresse|min adresse|vores adresse)\b/,
  ],
  ja: [
    /[\w.-]+@[\w.-]*の?(?:アドレス|メール|メールアドレス)を.{0,12}(?:データベース|リスト|名簿|連絡先|配信先)から(?:削除|外|消)/,
    /^(?:手動|手作業|そちら)で(?:配信を)?(?:止め|停止し|解除し|外し)て(?:いただけ|もらえ|ください|下さい|くださ|頂け)/,
    /何も(?:届かない|来ない|送られ(?:て)?こない)ようにして(?:いただけ|もらえ|ください|下さい|くださ|ほし|欲し|頂け)/,
    /(?:アドレス|メール|配信).{0,10}(?:登録)?の?(?:抹消|解除|削除)を(?:申請|依頼)/,
  ],
  zh: [
    /(?:把|将|將)[\w.-]+@[\w.-]*(?:这个|這個)?(?:邮箱|郵箱|地址|信箱)?从(?:你们的|您的|贵司的)?(?:数据库|名单|列表|联系人|系统)(?:里|中)?(?:删|移|去掉|剔)/,
    /^特此(?:退订|退訂|取消订阅|取消訂閱)/,
  ],
};
