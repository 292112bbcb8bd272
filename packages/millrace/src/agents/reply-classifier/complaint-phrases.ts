/**
 * More ways to complain, in twelve languages: reported to an authority by its name, to the provider, blocked with all one's addresses, and
 * seen again in court. As `plainOf` writes. What beside them makes one doubtful is in refusal-phrases.ts.
 */
import type { Phrases } from "./rule.ts";

export const MORE_COMPLAINT: Phrases = {
  en: [
    /\b(logged|raised|lodged|filed|registered|reported|passed)( it| this| you| them| your \w+| that)?( on)? (with|to) (the )?(ico|ftc|information commissioner\w*|trading standards|ofcom|data protection \w+|regulator|authorit\w+|police|abuse desk|your (hosting|host|provider|isp))\b/,
    /\b(blacklist(ed|ing)|block(ed|ing)|ban(ned|ning)|reject(s|ed|ing)) your (whole |entire |)domain\b|\breported (this|you|your \w+) to (my|our) provider\b|\breported (it|this|you) (as (junk|abuse|phishing))\b|\b(abuse desk|small claims)\b/,
    /\b(i|we)('ll| will) see you in court\b|\bnext (one|e-?mail|mail) (goes|will go) (straight )?to (my|our) (lawyer|solicitor|attorney)/,
  ],
  de: [
    /\b(melde|melden|gemeldet|angezeigt|eingereicht|weitergeleitet)\b.{0,50}\b(landesbeauftragt\w*|datenschutz\w*|beschwerdestelle|bundesnetzagentur|verbraucherzentrale|wettbewerbszentrale|eco|provider|hoster|polizei)\b|\b(landesbeauftragt\w*|beschwerdestelle|bundesnetzagentur|verbraucherzentrale|wettbewerbszentrale)\b.{0,40}\b(gemeldet|eingereicht|melde|angezeigt|informiert)\b/,
    /\bgemeldet und (blockiert|gesperrt)\b|\b(blockiert|gesperrt) und gemeldet\b|\b(eure|ihre) (ganze |gesamte |komplette )?domain (ist |wird |haben wir |wurde )*(gesperrt|blockiert|auf der blacklist)/,
    /\b(wir )?sehen uns vor gericht\b|\b(landet|geht) (direkt )?(bei|an) (meinem|unserem|meinen|unseren) (anwalt|rechtsanwalt)/,
  ],
  fr: [
    /\b(part|partira|transmis\w*|envoye|signale\w*|adresse|transmets)\b.{0,40}\b(cnil|signal spam|dgccrf|repression des fraudes|gendarmerie|hebergeur)\b/,
    /\b(votre|vos) domaines? (est|sont|a ete) (desormais )?(bloque|banni|blackliste|sur liste noire)\w*|\b(bloques?|signales?) (et|puis) (signales?|bloques?)\b/,
    /\b(au|devant le|on se (voit|verra|retrouve) au) tribunal\b.{0,30}(connaissance|verra|retrouve|$)/,
  ],
  es: [
    /\b(denunciad[oa]s?|denuncie|denuncio|denunciamos|reportad[oa]|se las paso|puse una denuncia)\b.{0,40}\b(agencia|proteccion de datos|aepd|profeco|consumo|consumidor|oficina del consumidor|proveedor|policia)\b/,
    /\b(su|vuestro|sus) dominios? (esta|queda|quedan|estan) (ya )?bloquead\w*|\bbloquead[oa]s? y denunciad[oa]s?\b|\b(cae|mando|enviare|recibiran) un burofax\b|\bnos vemos en (los tribunales|el juzgado)\b|\bboton de denunciar\b/,
  ],
  it: [
    /\b(segnalat\w+|segnalo|denunciat\w+|inoltrat\w+|porto|portero)\b.{0,40}\b(garante|polizia postale|agcom|antitrust|provider|autorita)\b/,
    /\b(il vostro|il tuo|il suo) dominio (e|e stato|viene) (ormai )?(bloccat|bannat)\w*|\bbloccat[oi] e segnalat[oi]\b|\bci (vediamo|vedremo) in tribunale\b|\bsede giudiziaria\b|\bdiffida formale\b/,
  ],
  nl: [
    /\b(melding|klacht|aangifte)\b.{0,30}\b(acm|autoriteit persoonsgegevens|spamklacht\w*|politie|provider|consuwijzer)\b|\b(gemeld|ingelicht)\b.{0,24}\b(acm|autoriteit persoonsgegevens|spamklacht\w*|politie)\b|\b(uw|jullie) provider ingelicht\b/,
    /\b(uw|jullie) (hele )?domein (staat|is) (nu )?(op (onze |de )?(zwarte lijst|zwart)|geblokkeerd)|\bgeblokkeerd en gemeld\b|\b(we zien elkaar|tot ziens) (in|voor) de (rechtbank|rechter)\b/,
  ],
  pt: [
    /\b(denunciei|denunciamos|denunciado|abriu reclamacao|abri reclamacao|participei|comuniquei|apresentei queixa)\b.{0,40}\b(procon|anpd|cnpd|policia|provedor|programa de correio|autoridade)\b|\b(cnpd|anpd) gostara de saber\b/,
    /\b(o vosso|o seu|seu) dominio (esta|foi|ja esta) bloquead\w*|\bbloqueei[,e ]+denunciei\b|\bnos vemos (no|em) tribunal\b|\bvemo-nos em tribunal\b/,
  ],
  pl: [
    /\b(zgloszon\w*|zglosil\w*|wyslal\w* zgloszenie|zawiadomil\w*|poinformowal\w*)\b.{0,40}\b(uodo|uokik|uke|policj\w*|prokuratur\w*|operator\w*|naduzyci\w*)\b/,
    /\b(wasza|panstwa|cala) domen\w+ (jest |zostala )?(zablokowan\w*|na czarnej liscie)|\bzablokowal\w* (cala |wasza )domen\w+|\b(spotkamy|zobaczymy) sie w sadzie\b|\b(trafi|pojdzie)\b.{0,16}\bdo (mojego|naszego) (prawnika|adwokata)/,
  ],
  sv: [
    /\b(anmalt|rapporterat|anmald|anmalda) (er |det |detta )?(till|hos) (imy|integritetsskydds\w*|konsumentverket|polisen|er leverantor|var leverantor)|\b(er|ert|hela er) (domain|doman) ar (nu )?(sparrad|blockerad)|\b(blockerad|blockerade) och (anmald|rapporterad)\w*|\bvi ses i ratten\b/,
  ],
  da: [
    /\b(meldt|anmeldt|indberettet|indklaget)( jer| det| dette)? (til|hos) (datatilsynet|forbrugerombudsmanden|forbrugerombudsmand|politiet|jeres udbyder|vores udbyder)|\bforbrugerombudsmanden har faet\b|\bjeres domaene er (nu )?(spaerret|blokeret)|\b(spaerret|blokeret) og (indberettet|anmeldt|meldt)\b|\bvi ses i retten\b/,
  ],
  ja: [
    /(総務省|消費者庁|個人情報保護委員会|警察|迷惑メール相談センター|プロバイダー?)(の[^。]{0,8})?(に|へ)(も)?[^。]{0,12}(情報提供|通報|申告|苦情|報告|申し立て|連絡)(を)?(し|いた|済|入れ|ま)|(法的措置|訴訟)を?[^。]{0,6}(協議中|準備|検討し|取り)/,
  ],
  zh: [
    /(法庭|法院)(上)?见|(已|已经|已經)?(向|跟|找)(12321|工信部|网信办|公安|消协|派出所|平台|邮箱服务商)[^。]{0,8}(举报|舉報|投诉|投訴|反映|报案)|域名[^。]{0,6}(已)?(被)?(拉黑|封禁|屏蔽)了?/,
  ],
};
