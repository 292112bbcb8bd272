/**
 * What people ask for when they want to go on: a call, a time, an offer, a contract, a trial. A sentence that turns it around
 * ("do not send me an offer") is no request; cues.ts looks.
 */
import type { Phrases } from "./rule.ts";

export const REQUEST: Phrases = {
  en: [
    /\b(send|share|forward|shoot|email|mail|drop|pass)( me| us)?( over| across| along)? (a|an|the|your|some|us a|more)? ?(\w+ ){0,2}(quote|offer|proposal|contract|paperwork|agreement|invite|invitation|slot|slots|times?|calendar|pricing|price list|order form|details|information|info|deck|material|link)\b/,
    /\b(arrange|schedule|set up|set something up|organi[sz]e|book|fix|line up) (a|an|some|something|me|us|the|that|it|for)\b|\bset (something|it) up\b/,
    /\b(call|ring|phone|ping|text) me\b(?! back in)|\bgive (me|us) a (call|ring|shout)\b|\breach me (at|on)\b/,
    /\b(would|'d) like (a|an|to (see|order|buy|start|try|have|get|book|sign)) ?(\w+ ){0,2}(quote|offer|demo|trial|walkthrough|seats?|licen[cs]es|call|meeting|it|this|started|one)\b/,
    /\b(when|what (day|days|time|times)|which (day|time))\b.{0,25}\b(are you|is good|would|suits?|works?|free|available|convenient|can (you|we))\b|\b(does|would|is|how about|what about) .{0,25}\b(\d{1,2}([.:]\d\d)?( ?[ap]m)?|monday|tuesday|wednesday|thursday|friday|tomorrow|next week|lunch)\b.{0,20}\b(suit|work|fine|good|ok|okay|convenient|possible)/,
    /\b(\d{1,2}([.:]\d\d)? ?([ap]m|o'clock)|monday|tuesday|wednesday|thursday|friday|tomorrow|next week)\b.{0,25}\b(works|suits|is (fine|good|perfect|great|ok)|would be (fine|good|perfect|great|ideal)|sounds good|it is|fits)\b/,
    /\b(where|how) do (i|we) (sign|start|begin|order|get started|proceed)\b|\blet's (do (this|it)|go( ahead)?|get (started|going|moving)|start|proceed)\b|\bcount (me|us) in\b|\b(i'm|we're|i am|we are) (in|sold|on board)\b|\bsign (me|us) up\b/,
    /(?<!\b(you|you'll|you'd|you'd better|may|should) )\b(want|ready|like|happy|keen|eager) to (buy|order|sign|purchase|go ahead|proceed|move forward|get started|hop on|jump on|chat|talk|meet|discuss|learn more|hear more|see (a|the|more|it|this)|take a look|test|try)\b|\b(would|we'll|i'll) (buy|order|take) (it|\d+|the|ten|twenty)\b/,
  ],
  de: [
    /\b(schicken|senden|mailen|schick|sende) (sie |du )?(mir|uns)?.{0,20}\b(angebot|einladung|unterlagen|vertrag|termin\w*|link|kalender\w*|infos?|informationen|preisliste|vorschlag|material)\b|\b(um|bitte um) (ein )?(angebot|ruckruf|einladung|terminvorschl\w+|vertrag|unterlagen)\b|\b(hatten|hatte|mochten|mochte|wollen) .{0,25}\b(angebot|demo|termin|test\w*|ausprobieren|bestellen|kaufen|ansehen|sehen|kennenlernen)\b/,
    /\b(rufen sie|ruf) (mich|uns)\b|\btelefonieren\b(?! (nicht|wir nie))|\bmelden sie sich (gern(e)? )?(telefonisch|bei mir)\b/,
    /\b(montag|dienstag|mittwoch|donnerstag|freitag|morgen|nachste woche|\d{1,2}([.:]\d\d)? uhr)\b.{0,40}\b(passt|ware (gut|ideal|perfekt|super)|geht|gut|in ordnung)\b|\bwann (passt|haben sie|hatten sie|konnen wir|ware)\b|\b(bin|sind) (gern )?dabei\b|\b(einverstanden|machen wir|los geht's|passt)\b[,.! ]|\bnehmen das angebot an\b/,
  ],
  fr: [
    /\b(envoyez|envoie|faites|adressez|transmettez)[- ](moi|nous)?.{0,25}\b(devis|offre|proposition|contrat|invitation|lien|tarifs?|documentation|infos?|informations)\b|\b(convenir|fixer|prendre|prenons|organiser|planifier|caler) .{0,15}\b(rendez-vous|rdv|date|creneau|appel|reunion|point)\b/,
    /\b(rappelez|appelez|telephonez)[- ](moi|nous)\b|\b(je veux|j'aimerais|nous aimerions|nous voulons|je souhaite|nous souhaitons|je voudrais|nous voudrions) (bien )?.{0,25}\b(demo\w*|voir|essayer|tester|devis|offre|commander|acheter|rendez-vous|en savoir plus|continuer|demarrer)\b/,
    /\b(lundi|mardi|mercredi|jeudi|vendredi|demain|semaine prochaine)\b.{0,30}\b(me va|me convient|convient|parfait|c'est bon|serait (bien|parfait|ideal))\b|\bquand (etes|seriez|pouvez|peut|pouvons)[- ]?(vous|on|nous)?\b|\b(c'est|est) (entendu|d'accord|bon) pour\b|\bon y va\b/,
  ],
  es: [
    /\b(envi|mand|pas|rem[ií]t)\w{1,4}(me|nos|en|e|a)? .{0,25}\b(presupuesto|oferta|propuesta|contrato|invitacion|enlace|precios?|tarifas?|informacion|documentacion)\b|\b(llam[ea](me|nos|n)?|llameme|llamenos|agendemos|agendar|fijemos|quedamos|concertar|concertemos)\b/,
    /\b(queremos|quiero|quisiera|quisieramos|me gustaria|nos gustaria|me encantaria) (ver|probar|contratar\w*|comprar|pedir|saber mas|verlo|conocer|una? (demo|reunion|llamada|oferta|presupuesto))\b/,
    /\b(lunes|martes|miercoles|jueves|viernes|manana|semana que viene)\b.{0,30}\b(me viene bien|le viene bien|va bien|perfecto|puedo|esta bien)\b|\bcuando (puede|podemos|podriamos|esta|tiene|le viene)\b|\b(cuenten|cuenta) con(migo| nosotros)\b/,
  ],
  it: [
    /\b(mand|invi|spedisc)\w{1,5}(mi|ci|temi|teci)? .{0,25}\b(preventivo|offerta|proposta|contratto|invito|link|prezzi|listino|informazioni|materiale)\b|\b(chiamat[ei]mi|mi chiami|chiamami|sentiamoci|fissiamo|vediamoci|incontriamoci|ci sentiamo)\b/,
    /\b(vorrei|vorremmo|vogliamo|voglio|ci piacerebbe|mi piacerebbe) .{0,20}\b(vedere|provare|acquistare|comprare|ordinare|offerta|preventivo|demo|sapere|incontro|chiamata|licenze)\b/,
    /\b(lunedi|martedi|mercoledi|giovedi|venerdi|domani|settimana prossima)\b.{0,30}\b(va bene|mi va|perfetto|ottimo|ok)\b|\bquando (e|siete|sei|possiamo|potete|puo|avete)\b.{0,20}\b(liber\w|disponibil\w|sentir\w*|veder\w*|incontrar\w*)?/,
  ],
  nl: [
    /\b(stuur|mail|zend) (me|mij|ons)?.{0,20}\b(offerte|voorstel|contract|uitnodiging|link|prijzen|prijslijst|informatie|info)\b|\b(bel|app) (me|mij|ons)\b|\blaten we .{0,20}(bellen|praten|afspreken|beginnen|kijken)\b/,
    /\b(willen|wil|zouden|zou) (we |ik |wij )?(graag )?.{0,20}\b(demo|proberen|bestellen|kopen|offerte|afspraak|zien|(?<!eerst )weten(?! (met wie|hoe u|hoe jullie|waar u|waarom))|testen)\b|\b(maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|volgende week)\b.{0,30}\b(past|schikt|prima|goed|akkoord)\b|\bwanneer (kunt|kunnen|past|schikt|ben|bent)\b|\bik ben erbij\b|\bafgesproken\b/,
  ],
  pt: [
    /\b(envi|mand)\w{1,4}( -?me| -?nos)? .{0,25}\b(orcamento|proposta|contrato|convite|link|precos?|informac\w+|oferta)\b|\b(ligue|liga|liguem)(-me| me)?\b|\b(marcar|marquemos|agendar|agendamos|combinar) (uma|um|a|o)\b/,
    /\b(queremos|quero|gostaria|gostariamos|gostava) (de )?(contratar|comprar|experimentar|testar|ver|saber mais|encomendar|uma? (demo\w*|reuniao|proposta))\b|\b(segunda|terca|quarta|quinta|sexta|amanha|proxima semana)(-feira)?\b.{0,30}\b(funciona|pode ser|serve|esta bem|perfeito|ok|combinado)\b|\bpode ser (segunda|terca|quarta|quinta|sexta|amanha)\b/,
  ],
  pl: [
    /\b(prosze|poprosze|prosimy) .{0,25}\b(o oferte|oferte|umowe|zaproszenie|link|cennik|zadzwonic|telefon|przeslac|przeslanie|rezerwowac|umowic|wycene)\b(?! (nie|wiecej))|\b(chcielibysmy|chcialbym|chcialabym|chcemy|chce) .{0,25}\b(oferte|zobaczyc|przetestowac|kupic|zamowic|sprobowac|umowic|poznac|wycene|demo)\b|\b(poniedzialek|wtorek|srode|sroda|czwartek|piatek|jutro)\b.{0,30}\b(pasuje|idealn\w+|odpowiada|moze byc|ok)\b/,
  ],
  sv: [
    /\b(skicka|mejla|maila) (mig |oss |garna |over |en |ett )*.{0,15}\b(offert\w*|inbjudan|avtal\w*|lank\w*|prislista|information|forslag|kontrakt)\b|\b(ring) (mig|oss|pa|i)\b|\b(vill|skulle vilja) (garna )?(ha|se|testa|prova|kopa|bestalla|boka|traffas|veta mer)\b|\b(mandag|tisdag|onsdag|torsdag|fredag|i morgon|nasta vecka)\b.{0,30}\b(passar|funkar|gar bra|perfekt|blir bra)\b/,
  ],
  da: [
    /\b(send|mail) (mig |os |meg |oss |gerne |gjerne |venligst |en |et )*.{0,15}\b(tilbud\w*|invitation|invitasjon|kontrakt\w*|avtale\w*|link|lenke|prisliste|information|informasjon|forslag)\b|\b(ring) (til |pa )?(mig|os|meg|oss|pa|i)\b|\bvil (meget )?(gerne|gjerne) (have|ha|se|prove|teste|kobe|kjope|bestille|booke|modes|motes|vide mere|hore)\b|\b(mandag|tirsdag|onsdag|torsdag|fredag|i morgen|naeste uge|neste uke)\b.{0,30}\b(passer|fungerer|perfekt|er fint|er godt|gar fint)\b/,
  ],
  ja: [
    /(見積(もり|書)?|請求書|契約書|資料|招待|提案書|料金表).{0,12}(お送り|送って|送付|ください|お願い)|(打ち合わせ|商談|デモ|面談|お電話|説明).{0,12}(お願い|可能|いただけ|できますか|しましょう|設定)|(月|火|水|木|金)曜日?.{0,12}(可能|大丈夫|お願い|空いて|都合が(良|よ)|問題)|お話(を|が)?(聞かせ|聞き|伺|うかが)/,
  ],
  zh: [
    /(请|請|麻烦)?(给|給|发|發|寄|提供).{0,8}(报价|報價|合同|邀请|邀請|资料|資料|方案|价目表)|(打|给我|給我).{0,3}(电话|電話)|(周|星期|礼拜|禮拜)[一二三四五].{0,14}(可以|方便|没问题|沒問題|行|好)|(安排|约|約).{0,6}(会议|會議|演示|时间|時間|见面|電話|电话)|(想|要)(买|買|购买|購買|订|試|试)/,
  ],
};
