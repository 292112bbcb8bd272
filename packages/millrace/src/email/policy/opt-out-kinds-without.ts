/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: from now on without me, not to stand on these lists, nothing
 * to this address, an end of "these sendings", our firm out of your files, and orders that call the mails "them". Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

export const KINDS_OF_WITHOUT: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /\b(?:from (?:now|here) on|in future|in the future|henceforth|going forward),? (?:please )?(?:without|minus|not) (?:me|us)\b|^(?:please )?(?:count|leave) (?:me|us) out (?:from now on|in future|henceforth|going forward)$/,
    /\b(?:do not|don't|no longer|never|not) (?:want|wish|care|like|agree) to (?:be|stand|appear|feature|stay|remain|figure|sit) (?:on|in) (?:your|any|any of your|these|such|this) (?:\w+ )?(?:lists?|databases?|files?|records|mailings?|distribution)\b/,
    /\b(?:do not|don't|dont|never) (?:send|mail|e-?mail) (?:me |us )?(?:any |anything|stuff|things|mail|this|these|your) ?(?:stuff|thing|mail|e-?mails?|of (?:this|these))? ?(?:here|to (?:this|my|our) (?:\w+ )?(?:address|inbox|mailbox|house|home))\b/,
    /\b(?:must|have to|need to|want to|would) (?:now |kindly |politely )?(?:ask|request|urge|beg) (?:you|your \w+|that you) (?:to |kindly )*(?:discontinue|stop|end|cease|refrain from|desist from|halt) (?:writing|mailing|e-?mailing|sending|contacting|the|these|this|all|your|any)\b/,
    /(?<!\b(?:to|they|we|you|will|don't|not|never|can't|cannot) )\b(?:stop|quit) sending (?:them|it|those|these|that)(?: (?:please|here|to (?:me|us)))*$|\b(?:turn|switch) (?:these|them|those|this) off for (?:me|us|this address)\b/,
    /(?<!\b(?:not|don't|never|to) )\b(?:strike|remove|delete|cross|take|drop|scratch|purge|crossed|removed|took|struck) (?:our|my|this) \w+(?: \w+)?(?: (?:off|from|out of) (?:your|the|all|any|every)(?: \w+){0,2} ?(?:lists?|files?|records|databases?|books|mailings?|crm|system)| off)$/,
    /\b(?:being|be|to be|get|getting) (?:left|taken|kept|struck|dropped|crossed) (?:off|out of|from) (?:any |all |your |the |these )*(?:future |further )?(?:mail-?outs?|mailings?|e-?mails?|mails?|lists?|sends?|campaigns?|rounds?)\b/,
    /\b(?:don't|do not|no longer) (?:need|want) any of (?:this|these|it) (?:in|on|at) (?:my|our|this) (?:mail|inbox|mailbox|e-?mail|desk)\b/,
    /\b(?:have|get|want|had) (?:it|that|them|my (?:name|address|details)|me) (?:deleted|erased|removed|struck|purged|taken off)(?: (?:please|now|then|at once))*$/,
  ],
  de: [
    /\b(?:kunftig|in zukunft|ab (?:jetzt|sofort)|zukunftig|von nun an|nachstes mal)(?: bitte)? ohne (?:mich|uns)\b|\bbitte (?:kunftig |ab jetzt |in zukunft )?ohne (?:mich|uns)$/,
    /\b(?:will|wollen|mochte|mochten)\b.{0,8}\b(?:nicht|nicht mehr|nicht langer|auf keiner) (?:auf|in|mehr auf|mehr in)? ?(?:ihren?|eure[rn]?|ihrer|irgendeiner|keiner) (?:\p{L}+ )?(?:\p{L}*listen?|\p{L}*verteilern?|datenbank|datei\p{L}*|kartei) (?:stehen|sein|auftauchen|gefuhrt werden)\b/u,
    /\bbitte nichts (?:mehr )?(?:hierher|an diese adresse|hierhin)(?: (?:schicken|senden|schreiben))?$|\b(?:schick|send)\p{L}* (?:sie )?(?:bitte )?nichts (?:mehr )?(?:hierher|an diese adresse|hierhin)/u,
    /\b(?:muss|mussen|mochte|mochten|darf|durfen) (?:ich |wir )?(?:sie|euch) (?:daher |nun |hoflich )*bitten,? (?:\p{L}+ ){1,4}(?:zu beenden|einzustellen|zu unterlassen|zu stoppen|zu unterbinden)/u,
    /\b(?:mails?|e-?mails?|newsletter|werbung|zusendung\p{L}*|nachrichten)\b.{0,40}, (?:bitte )?(?:einstellen|unterlassen|beenden|sein lassen|damit aufhoren|aufhoren)(?: bitte)?$/u,
    /(?<!\bnicht )\b(?:streich|losch|entfern|nehm|nimm|trag)\p{L}* (?:sie )?(?:bitte )?(?:unsere?n?|mein\p{L}*) (?!test|probe|termin|bestell)\p{L}+ (?:bitte )?(?:uberall|aus (?:ihr|eur|all|de[mnr])\p{L}*|von (?:ihr|eur|all|de[mnr])\p{L}*)(?! ?(?:warteliste|rechnung))(?!.*\bnicht\b)/u,
  ],
  fr: [
    /\b(?:a l'avenir|desormais|dorenavant|la prochaine fois),? (?:ce sera )?sans (?:moi|nous)\b/,
    /\bne (?:veux|souhaite|desire|voulons|souhaitons) (?:plus|pas) (?:figurer|apparaitre|etre|rester) (?:dans|sur|parmi) (?:vos|votre|ces|aucune) (?:\w+ )?(?:listes?|fichiers?|bases?|envois?|destinataires)/,
    /\bn'(?:envoyez|adressez|expediez) (?:plus )?(?:rien|quoi que ce soit)(?: de plus)? (?:ici|a cette adresse|sur cette (?:boite|adresse)|par ici)/,
    /\b(?:d'|de |a )?(?:interrompre|arreter|cesser|suspendre|stopper) (?:ces|vos|tous ces|tout) (?:envois?|mails?|e-?mails?|courriels?|messages|courriers|sollicitations)|\b(?:mails?|messages|courriels?|envois)\b.{0,40}, merci d'(?:arreter|en finir)$/,
    /(?<!\bne )\b(?:ray|retir|supprim|enlev|effac|ot)(?:ez|er|e) (?:notre|mon|ma|nos) (?!essai|rendez)\w+ (?:de|des|du) (?:vos|votre|tous vos|la|ce) (?:\w+ )?(?:listes?|fichiers?|bases?|envois?|mailing\w*)/,
  ],
  es: [
    /\b(?:en adelante|en el futuro|a partir de ahora|la proxima),? sin (?:mi|nosotros)\b/,
    /\bno (?:quiero|queremos|deseo) (?:figurar|estar|aparecer|seguir) en (?:ninguna|sus?|vuestras?|estas?) (?:\w+ )?(?:listas?|base\w*|ficheros?|envios)/,
    /\bno (?:me |nos )?(?:manden?|envien?|mandeis|envieis) (?:mas )?nada (?:mas )?(?:aqui|a esta direccion|a este correo|por aqui)/,
    /\b(?:que|debo pedirles que|pido que|de) (?:interrumpan?|cesen?|suspendan?|detengan?|paren) (?:con )?(?:estos|los|sus|estas|todos los) (?:envios|correos|mensajes|mails?|comunicaciones)|(?<!\bno )\b(?:dejen|dejad|paren) de (?:enviar|mandar)(?:los|las|lo|me|nos)\b/,
    /(?<!\bno )\b(?:tach|borr|quit|elimin|retir|saqu)(?:en|ad|e) (?:nuestra|nuestro|mi) \w+ de (?:sus?|vuestr\w+|todas|la) (?:\w+ )?(?:listas?|base\w*|ficheros?|archivos?|registros?)/,
  ],
  it: [
    /\b(?:d'ora in poi|in futuro|da adesso|la prossima volta),? senza di (?:me|noi)\b/,
    /\bnon (?:voglio|vogliamo|desidero) (?:piu )?(?:comparire|essere|stare|figurare|apparire) (?:nei|nelle|in|su|sui) (?:vostr\w+|nessun\w*|quest\w+) ?(?:elench\w+|list\w+|archivi\w*|database|invii)/,
    /\bnon (?:mandate|inviate|spedite|mandi|invii) (?:piu )?(?:niente|nulla) (?:qui|a questo indirizzo|a questa casella)/,
    /(?<!\bnon )\b(?:depenn|cancell|togli|rimuov|elimin)(?:ate|ete|a|i) (?:il nostro|la nostra|il mio|la mia) \w+ (?:da|dai|dalle|dalla|dal|dagli) (?:vostr\w+|tutt\w+)? ?(?:elench\w+|list\w+|archivi\w*|database|rubric\w+)/,
  ],
  nl: [
    /\b(?:voortaan|in het vervolg|vanaf nu|volgende keer)(?: graag| dan)? zonder (?:mij|ons|me)\b/,
    /\bwil(?:len)? niet (?:meer |langer )?(?:op|in) (?:uw|jullie|deze|een) (?:\w+ )?(?:\w*lijst(?:en)?|bestand(?:en)?|database) (?:staan|voorkomen)/,
    /\b(?:stuur|mail|zend)(?: u| je)? hier (?:niets|niks|nooit iets)(?: meer)? (?:naartoe|heen|naar toe)|\b(?:stuur|mail)(?: u| je)? (?:niets|niks)(?: meer)? (?:hierheen|naar dit adres)/,
    /\b(?:verzoek\w*|vragen|vraag|moet u|moet ik u)\b.{0,24}\b(?:deze|uw|jullie|de) (?:mailings?|mails?|e-?mails?|berichten|zendingen) (?:te )?(?:beeindigen|staken|stop te zetten|stoppen)|\b(?:mails?|berichten|reclame)\b.{0,30}, stop (?:ermee|daarmee|hiermee)$/,
    /\b(?:schrap|haal|verwijder|wis)(?:t)?(?: u)? (?:onze|ons|mijn) (?!proef)\w+ (?:uit|van) (?:uw|jullie|alle|de) (?:\w+ )?(?:\w*lijst(?:en)?|bestand(?:en)?|database|systeem|systemen)(?!.*\bniet\b)/,
  ],
  pt: [
    /\b(?:daqui em diante|de agora em diante|no futuro|da proxima),? sem (?:mim|nos)\b/,
    /\bnao (?:quero|queremos|desejo) (?:constar|estar|figurar|aparecer|ficar) (?:d[ae]s?|nas?|em) (?:vossas?|suas?|nenhuma|qualquer) (?:\w+ )?(?:listas?|bases?|ficheiros?|cadastros?)/,
    /\bnao (?:me )?(?:mandem?|enviem?) (?:mais )?(?:nada|coisas)(?: mais)? (?:para aqui|aqui|para ca|para este (?:endereco|e-?mail)|pra ca)/,
    /\b(?:que|de) (?:interrompam?|cessem?|suspendam?|parem|interromper|cessar) (?:com )?(?:estes|esses|os|todos os|estas) (?:envios|e-?mails?|mensagens|disparos|contac?tos)|(?<!\bnao )\bparem de (?:os |as |me |nos )(?:enviar|mandar)\b|(?<!\bnao )\bparem de (?:envia|manda)-?l[oa]s\b/,
    /(?<!\bnao )\b(?:risqu|tir|remov|retir|apag|exclu)(?:em|am|uem) (?:a nossa|o nosso|a minha|o meu) \w+ d[aeo]s? (?:vossos?|vossas?|seus?|suas?|todas?) (?:\w+ )?(?:listas?|ficheiros?|bases?|cadastros?)/,
  ],
  pl: [
    /\b(?:na przyszlosc|od teraz|w przyszlosci|nastepnym razem),? (?:prosze )?(?:beze mnie|bez nas)\b/,
    /\bnie (?:chce|chcemy|zycze sobie) (?:juz |wiecej )?(?:byc|figurowac|widniec|widniec) na (?:zadnej|waszej|panstwa|tej)(?: \w+)? ?(?:lis\w+|baz\w+)/,
    /\b(?:prosze )?(?:nic|niczego) (?:tu|tutaj|na ten adres|na te skrzynke) (?:wiecej )?nie (?:wysyla|przysyla|przesyla)\w*|\bprzesta\w+ (?:je|to|ich|mi to|nam to) (?:wysyla|przysyla|przesyla)\w*/,
    /\b(?:prosic|prosze|prosimy|zadam) (?:\w+ )?o (?:zakonczenie|wstrzymanie|przerwanie|zaprzestanie) (?:tej|tych|tego|dalszej|wszelkich|wysylki|waszych|panstwa)/,
  ],
  sv: [
    /\b(?:i fortsattningen|framover|fran och med nu|nasta gang)(?: garna)?,? utan (?:mig|oss)\b/,
    /\bvill inte (?:langre )?(?:sta|finnas|vara) (?:pa|i|med pa|med i) (?:era|er|nagra|nagon|de har) (?:\p{L}*list\p{L}*|register|utskick)/u,
    /\b(?:skicka|mejla|sand) (?:ingenting|inget|inte nagot|aldrig nagot)(?: mer)? (?:hit|till den har adressen)/,
    /\b(?:ber|be|vadjar till|uppmanar) (?:er|dig) (?:att )?(?:upphora|sluta|avsluta|avbryta)\b.{0,8}\b(?:med )?(?:utskick\p{L}*|mejl\p{L}*|detta|reklam\p{L}*)/u,
    /\b(?:stryk|ta bort|radera) (?:var|vart|min|mitt) \p{L}+ (?:ur|fran) (?:era|ert|er|alla) \p{L}*(?:register|listor|lista|databas\p{L}*)/u,
  ],
  da: [
    /\b(?:fremover|fra nu af|i fremtiden|naeste gang)(?: gerne)?,? uden (?:mig|os)\b/,
    /\bvil ikke (?:laengere )?(?:sta|vaere|optraede) (?:pa|i|med pa|med i) (?:jeres|nogen|de her|disse) (?:\p{L}*liste\p{L}*|register|registre|udsendelser)/u,
    /\bsend (?:ikke noget|intet|aldrig noget)(?: mere)? (?:her ?til|hertil|til denne adresse|herhen)|(?<!\bikke )\bhold (?:nu )?op med at (?:sende|maile|skrive) (?:dem|det|mig|os|til mig|til os)\b/,
    /\b(?:bede|beder|opfordre|ma bede) (?:jer|dig) (?:om )?(?:at )?(?:indstille|standse|stoppe|ophore med|afslutte) (?:\p{L}+ )?(?:udsendelse\p{L}*|mails?|beskeder|reklame\p{L}*|det)/u,
    /\b(?:stryg|fjern|slet) (?:vores|min|mit|vor) \p{L}+ (?:af|fra|ud af) (?:jeres|alle|det) \p{L}*(?:register|registre|liste|lister|kartotek\p{L}*|database\p{L}*)/u,
  ],
  ja: [
    /(?:今後|次回|これから)[^。]{0,4}(?:私|当方|弊社|うち)(?:は|を)?(?:抜き|なし|除い|外し)|(?:リスト|名簿)に(?:載って|載り|入って|入り|登録されて)[^。]{0,4}(?:たく(?:ない|ありません)|いたくありません|いたくない)/,
    /(?:送付|送信|配信|案内|メール)(?:の|を)(?:打ち切|中断|取りやめ|終了)[^。]{0,8}(?:お願い|願|ください|くださ|求め|要請)|(?:ここ|このアドレス|こちら)(?:に|へ|には|へは)[^。]{0,6}(?:何も|一切)[^。]{0,4}送らないで/,
  ],
  zh: [
    /(?:以后|以後|今后|今後|下次)[^。]{0,4}(?:别|別|不要|不用)(?:再)?(?:算上|带上|帶上|加上)(?:我|我们|我們)|(?:不想|不愿|不願|不希望)(?:再)?(?:出现|出現|留|待|列)(?:在)?[^。]{0,8}(?:名单|名單|列表|资料库|資料庫)/,
    /(?:别|別|不要|请勿|請勿)(?:再)?(?:往|向|朝)(?:这里|這裡|这儿|這兒|此处|此邮箱|这个邮箱|這個信箱|本邮箱)(?:再)?(?:发|發|寄|送)|(?:请|請|麻烦|麻煩)(?:立即|马上)?(?:停发|停發|停寄|停推)|(?:终止|終止|停止|中止|停掉)(?:这种|這種|这些|這些|此类|此類|这类|這類)(?:发送|發送|邮件|郵件|推送|群发)/,
  ],
};
