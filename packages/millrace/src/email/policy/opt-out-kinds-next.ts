/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: to be passed over next time, nothing more from there, no
 * mail more to this house, an end of the subscription, an address to be forgotten, to be struck everywhere. Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

export const KINDS_OF_NEXT: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /(?:^|[,;:] |\b(?:please|kindly|just|so|and|pls) )(?:remove|delete|unsubscribe|erase|(?:take|cross|strike|sign) (?=(?:me|us) off)) ?(?:me|us)(?: (?:off|from (?:it|this|everything|all of (?:it|this)|everywhere|wherever .{1,30})))?(?: (?:please|now|thanks))*$/,
    /\b(?:skip|leave out|pass over|omit|leave) (?:me|us)(?: out)? (?:in|of|from|with|for|on) (?:your|the|any|all|whatever|every|future)(?: \w+){0,2} ?(?:mailings?|rounds?|sends?|send-outs?|blasts?|batch\w*|campaigns?|newsletters?|e-?mails?|messages?|you send.{0,10})\b/,
    /\b(?:get|receive|want|hear|expect|to have|to see) (?:nothing (?:more|else|further)|no more)(?: \w+)? (?:from|of) (?:you|your \w+|yours|this (?:company|sender))\b(?!.{0,20}\b(?:until|before|than)\b)/,
    /\b(?:do not|don't|never) (?:want|wish|care|need|like) (?:to (?:find|see|hear from|hear|read|get|meet) )?(?:you|anything from you|any ?more (?:\w+ )?(?:advertising|ads|mails?|e-?mails?|marketing|spam|of (?:this|these|it))|anything (?:more|else|further))(?: from you)?(?: in (?:my|our|this) (?:inbox|mailbox|mail))?(?: (?:again|any ?more|any longer|ever))*$/,
    /\bno(?:t one| single)? (?:more |further |other )?(?:letters?|mails?|e-?mails?|messages?|ads|mailings?)(?: more)? (?:to|for|into|at) (?:this|my|our|the) (?:house|home|address|office|inbox|mailbox|firm|school|door|place|parish|shop|farm)\b/,
    /(?<!\b(?:don't|not|never|to|i|we|you|will|might|may) )\b(?:forget|lose|bin|scrap) (?:this|my|our) (?:\w+ )?(?:address|inbox|mailbox|e-?mail|contact|details|name)\b/,
    /\bstop (?:filling|clogging|cluttering|flooding|polluting|stuffing|littering) (?:up )?(?:my|our|this) (?:\w+ )?(?:inbox|mailbox|mail|e-?mail)\b/,
    /\b(?:never|not|didn't|did not) (?:subscribe|sign|opt|ask|register|enrol)\w*\b.{0,30}[;,.] (?:so |please )*(?:end|stop|cancel|remove|delete|undo) (?:it|this|that|me|us)\b/,
    /\b(?:these|your|the) (?:e-?mails?|mails?|messages?|mailings?) (?:ceased|stopped|ended|came to an end|to cease|to stop|to end)\b(?! (?:coming|arriving|working|in|because|when|last))/,
  ],
  de: [
    /\blass\p{L}*(?: sie)? (?:mich|uns)(?: bitte)? (?:bei|in|aus)\b.{0,40}\b(?:aus|weg|raus)$|\b(?:uberspring|ubergeh)\p{L}* (?:sie )?(?:mich|uns)\b(?!.*\bnicht\b)/u,
    /\b(?:sorg|schau|veranlass|mach)\p{L}*\b.{0,10}\bdass\b.{0,14}\b(?:von (?:ihnen|euch)|hier|bei mir|bei uns)\b.{0,10}\b(?:nichts|keine \p{L}+|nix)(?: mehr| weiter)* (?:kommt|ankommt|eintrifft|geschickt wird)/u,
    /\bkeine?(?:n)? (?:weiteren? )?(?:\p{L}*briefe?|\p{L}*mails?|post|sendung\p{L}*|schreiben|\p{L}*werbung)(?: mehr)? (?:in|an|fur) (?:dieses|unser|mein|diese|unsere|meine)\p{L}* (?:haus|buro|adresse|firma|postfach|praxis|schule|betrieb)\b/u,
    /\b(?:beend|kundig|stornier|losch)\p{L}* (?:sie )?(?:mein|unser|dieses) (?:(?!test|probe)\p{L}*abo\p{L}*|eintrag\p{L}*|bezug)|\b(?:meine|unsere|diese) (?:adresse|daten)\b.{0,30}\b(?:nichts verloren|nichts zu suchen)\b/u,
    /\b(?:vergess|vergiss|streich)\p{L}* (?:sie )?(?:meine|unsere|diese) (?:\p{L}*adresse|nummer|kontakt\p{L}*)(?!.{0,10}\bnicht\b)|\b(?:uberall|aus allem|von allen listen) (?:loschen|streichen|austragen|entfernen|abmelden)\b/u,
    /\b(?:will|mochte|wollen|mochten)\b.{0,10}\b(?:nix|nichts) mehr (?:hom|haben|horen|kriegen|lesen|sehen)?(?: von (?:eich|euch|ihnen))?\b/,
  ],
  fr: [
    /\b(?:saut|oubli|omett)\w*[ -](?:moi|nous)\b.{0,10}\b(?:dans|lors|pour|au|a|aux)\b.{0,10}\b(?:vos|prochain\w*|envois?|mailing\w*)|\bne (?:m'|me |nous )(?:inclu|compt|ajout|mett)\w+ (?:plus|pas) (?:dans|parmi|sur)\b/,
    /\bplus rien\b.{0,10}\b(?:ne )?(?:m'|me |nous )?(?:arriv|parvien|vien|recev|recoiv|envoy)\w*\b.{0,20}(?:vous|votre part|$)|\b(?:veux|voudrais|souhaite) plus rien (?:recevoir|avoir|de vous)/,
    /\bplus (?:de|aucune?|une) (?:seule )?(?:lettres?|mails?|courriers?|messages?|pubs?)(?: a| dans| pour)? (?:dans |a )?(?:cette|ma|notre|chez) (?:maison|adresse|boite|entreprise|ecole|moi|nous)\b/,
    /\b(?:mettez|mettre) fin a mon (?:abonnement|inscription)|\b(?:retir|enlev|supprim|effac)\w*[ -](?:moi|nous) (?:de )?partout/,
  ],
  es: [
    /\bno (?:me|nos) (?:incluy|cuent|met|pong|tengan en cuenta|consider)\w* (?:mas )?(?:en|para|entre)\b.{0,24}\b(?:envios?|correos|campan\w+|lista\w*|boletin\w*)|\b(?:salten|omitan|saltense|excluyan)(?:se)?(?:me|nos)\b/,
    /\bni un[ao]? (?:carta|correo|mail|mensaje|sol[ao] \w+) mas (?:a|en|para) (?:esta|mi|nuestra|este)\b|\b(?:pongan|ponga|poner|den|dar) fin a mi (?:suscripcion|alta|inscripcion)/,
    /\bno (?:quiero|queremos) (?:saber|oir|recibir|tener) (?:mas|nada mas|nada) (?:de|con) (?:ustedes|vosotros|usted|su empresa)|(?<!\bno )\bolvid(?:en|e|ad) (?:mi|esta|nuestra) (?:direccion|correo)/,
    /\b(?:asegur|procur|hag)\w*\b.{0,8}\bque no (?:me|nos) (?:llegue|envien|manden)\b.{0,10}\b(?:nada|mas)/,
  ],
  it: [
    /\bnon (?:contat|includ|consider|mett)\w*(?:mi|ci) (?:piu )?(?:nei|nelle|tra|fra|per|in)\b.{0,24}\b(?:invii|mail|campagn\w+|liste?|spedizion\w+)|\bsalt(?:ate|a|i)(?:mi|ci)\b/,
    /\b(?:nessun'?altra|non una|neanche una|nemmeno una|nessuna) (?:lettera|mail|e-?mail|comunicazione)(?: in piu| di piu)? (?:a|in|per) (?:questa|questo|casa)\b|\bmett(?:ete|a|i) fine alla mia (?:iscrizione|sottoscrizione)/,
    /\b(?:fate|faccia|assicur)\w*\b.{0,14}\bche non (?:mi|ci) arrivi\w*\b.{0,10}\b(?:niente|nulla|piu|altro)|(?<!\bnon )\bdimentic(?:ate|hi|a) (?:il mio|questo|il nostro) indirizzo|\bnon voglio piu (?:mail|e-?mail|niente|nulla|messaggi)/,
  ],
  nl: [
    /\bsla(?:at)?(?: u)? (?:mij|me|ons)(?: graag| aub)? (?:voortaan |dan )?over\b|\blaat (?:mij|me|ons)\b.{0,30}\b(?:uit|weg)$|\b(?:schrap|verwijder|haal|wis) (?:mij|me|ons) (?:overal|uit alles|van alles)/,
    /\bgeen (?:enkele |verdere )?(?:brieven|brief|mails?|post|berichten|reclame)(?: meer)? (?:in|naar|op|aan|voor) (?:dit|ons|mijn|deze) (?:huis|adres|kantoor|postvak|bedrijf|school|praktijk)\b/,
    /\bzorg(?:t)?(?: u| er ?voor| ervoor)*,? dat\b.{0,14}\b(?:van (?:u|jullie)|hier|bij mij|bij ons)\b.{0,10}\b(?:niets|niks|geen \w+)(?: meer)? (?:komt|binnenkomt|aankomt)|\bvergeet (?:dit|mijn|ons) \w*adres\b(?!.{0,6}\bniet\b)/,
    /\b(?:beeindig|stop|zeg) (?:mijn|dit|ons) abonnement\b/,
  ],
  pt: [
    /\bnao (?:me|nos) (?:inclu|cont|coloq|ponh)\w+ (?:mais )?(?:nos|nas|em|entre)\b.{0,24}\b(?:envios?|e-?mails?|campanh\w+|lista\w*|disparos)|\bpul(?:em|e)(?:-me|-nos)?\b.{0,16}\b(?:envio|lista|disparo)/,
    /\b(?:nem mais um[a]?|nenhum[a]?(?: outr[ao])?|mais nenhum[a]?) (?:carta|e-?mail|mensagem)(?: mais)? (?:para|a|n)\w* (?:est[ae]|minha|nossa|ess[ae]|o meu)\b|\b(?:ponham|ponha|por|deem) (?:fim|termo) a minha (?:subscricao|assinatura|inscricao)/,
    /(?<!\bnao )\b(?:esquec|perc)(?:am|a|er) (?:o )?(?:meu|este|nosso) (?:endereco|e-?mail|contac?to)|\b(?:apag|remov|retir|tir|exclu)\w+-(?:me|nos) de (?:tudo|todo lado|todas)/,
    /\b(?:garant|assegur|fac)\w*\b.{0,8}\bque nao (?:me |nos )?cheg\w+\b.{0,10}\b(?:nada|mais)/,
  ],
  pl: [
    /\b(?:prosze|prosimy)? ?(?:mnie|nas) (?:pomin|pomij)\w*|(?<!\bnie )\b(?:pomin|pomij)\w* (?:mnie|nas)\b.{0,24}\b(?:wysyl|mailing|lis)\w*|\b(?:mnie|nas) zewszad (?:wykresl|usun|wypis|skresl)\w*|\b(?:wykresl|usun|wypis|skresl)\w* (?:mnie|nas) zewszad/,
    /\b(?:ani jednego|zadnego|zadnych) (?:listu|listow|maila|maili|wiadomosci)(?: wiecej)? (?:do|na) (?:tego|ten|mojego|naszego|nasz|moj)\b|(?<!\bnie )\bzapomni\w* (?:moj|ten|nasz|o moim|o tym|o naszym) adres\w*/,
    /\b(?:zeby|aby|by)\b.{0,8}\bnic (?:wiecej |juz )*(?:od (?:was|panstwa) )?nie (?:przychodzi|dostaw|otrzym)\w*/,
  ],
  sv: [
    /\bhoppa over (?:mig|oss)\b|\b(?:inga|inte ett|inget) (?:fler |mer )?(?:brev|mejl|mail|utskick|reklam)(?: mer)? (?:till|hem till|i) (?:det har|den har|mitt|vart|min|var)\b|\bglom (?:min|mitt|den har|var|bort min) \p{L}*(?:adress|mejl|nummer)/u,
    /\bse till att\b.{0,6}\b(?:inget|inga|ingenting)(?: mer| fler)?(?: \p{L}+)? (?:kommer|skickas|dyker upp)\b.{0,10}(?:fran er|hit|$)|\bvill (?:inte|aldrig) (?:hora|fa|se|lasa) (?:nagot )?(?:mer|igen|av er|fran er)\b/u,
    /\bavsluta min prenumeration\b|\b(?:stryk|ta bort|radera) (?:mig|oss) (?:overallt|fran allt|ur allt)/,
  ],
  da: [
    /\bspring (?:mig|os) over\b|\b(?:ikke|ingen) (?:flere |et )?(?:breve?|mails?|reklamer|beskeder)(?: mere)? (?:til|i) (?:dette|denne|mit|vores|min|det her)\b|\bglem (?:min|mit|vores|denne) \p{L}*(?:adresse|mail|nummer)/u,
    /\bsorg for,? at\b.{0,6}\b(?:der )?(?:intet|ikke|ingenting)(?: mere| flere)?(?: \p{L}+)? (?:kommer|sendes)\b|\bvil (?:ikke|aldrig) (?:hore|have|se|laese) (?:noget )?(?:mere|igen|fra jer)\b|\b(?:slet|fjern|stryg) (?:mig|os) (?:overalt|fra alt)/u,
  ],
  ja: [
    /(?:すべて|全て|全部|一切|次回?の?(?:配信|送信|案内)|今後の?(?:配信|送信|リスト))(?:から|より)(?:私|当方|弊社|こちら)?(?:を|は)?(?:外し|除い|除外|抜い|削除|飛ばし)/,
    /(?:アドレス|連絡先)(?:は|を|のことは)?(?:もう)?(?:忘れて|お忘れ)|(?:もう|二度と|これ以上|今後)(?:何も|一切)?[^。]{0,8}(?:受け取りたく|見たく|読みたく|もらいたく|欲しく|ほしく)(?:ない|ありません)|(?:もう|今後)?何も(?:来|届か|送ら)ない(?:よう|で)/,
    /(?:書いてくる|送ってくる|書く|メールする|連絡してくる)の(?:を|は)(?:もう)?(?:やめ|止め|控え)|(?:購読|配信|登録)(?:を|は)(?:もう)?(?:終わり|おしまい|打ち切り)/,
  ],
  zh: [
    /(?:下次|以后|以後|今后|今後)[^。]{0,8}(?:群发|群發|发送|發送|名单|名單|邮件|郵件|推送)[^。]{0,4}(?:别|別|不要|请勿|請勿)(?:再)?(?:带上|帶上|算上|包括|加上|发给|發給)(?:我|我们|我們)/,
    /(?:别|別|不要|请勿|請勿)(?:再)?(?:给我|給我|给我们|給我們|往这|往這|往我|向我|朝我)?[^。]{0,6}(?:写信|寫信|来信|來信|寄信|发信|發信|写邮件|寄东西|寄東西)(?:给我|給我|给我们|来|了|過来|过来|$)/,
    /(?:确保|確保|保证|保證)[^。]{0,12}(?:不再|别再|不会再|不要再)(?:发|發|寄|推|来|來|出现|出現)|(?:忘掉|忘了|忘记|忘記)(?:我|我们|我們|这个|這個)的?(?:邮箱|郵箱|地址)|(?:我|我们|本人)的?(?:邮箱|地址|资料)[^。]{0,14}(?:删掉|删了|刪掉|删除|拿掉|去掉)(?:$|吧|谢谢)/,
  ],
};
