/** How people complain, say no, and say not now. */
import type { Phrases } from "./rule.ts";

export const COMPLAINT: Phrases = {
  en: [
    /\b(report|reported|reporting|flag|flagged) (you|this|it|these|your \w+|as) ?(\w+ )?(as (spam|junk)|spam\b|to (the )?(ico|ftc|authorit\w+|police|regulator|data protection|privacy|consumer|your (provider|isp|host|domain)|spamcop|google|microsoft))/,
    /\b(passed|forwarded|sent|reported|referred) (this|it|your \w+) (on )?to (the )?(ico|ftc|data protection|privacy commission\w*|regulator|authorit\w+|police)\b/,
    /\b(file|filing|filed|lodge|lodging|lodged|make|making) (a |an )?(formal |official )?complaint\b(?! (procedure|process|form|management|handling|system))/,
    /\b(legal action|see you in court|sue you|cease and desist|hear from (my|our) (lawyer|attorney|solicitor)s?)\b/,
    /\b(my|our) (lawyers?|attorneys?|solicitors?) (will|has been|have been|is going)\b.{0,30}\b(touch|contact|informed|notified|write|letter)/,
    /\b(hear|hearing) from (my|our) (lawyers?|attorneys?|solicitors?|legal (team|department))\b/,
    /\b(you|your|this|these|it)\b.{0,40}\b(breach|violat\w{1,5}|infring\w{1,6}) .{0,30}\b(gdpr|can-spam|ccpa|privacy|data protection)\b/,
    /\b(gdpr|can-spam|ccpa) .{0,40}\b(breach|violation|fined|complaint|unlawful|illegal|regulator|authorit)/,
    /^(this is |reported |blocked )?spam\W{0,3}(reported)?\W{0,3}$/,
    /\bblocked and reported\b|\bspammers?\b.{0,40}\breport/,
  ],
  de: [
    /\bschalten? .{0,30}\b(rechts)?anwalt\w* ein\b|\b(rechts)?anwalt\w* (einschalten|eingeschaltet)\b|\b(unerlaubte|unzulassige|rechtswidrige|illegale|verbotene)\w? (werbung|werbemails?|e?-?mail-?werbung|zusendung\w*)\b/,
    /\b(rechtliche schritte|abmahnung|unterlassungs\w+|strafanzeige)\b|\b(anwalt|anwaltin|rechtsanwalt)\b.{0,40}\b(informiert|eingeschaltet|einschalten|beauftragt|horen|meldet|melden|schickt|schreibt)\b|\bhoren von (meinem|unserem) (anwalt|rechtsanwalt)/,
    /\b(datenschutz\w*|aufsichtsbehorde|bundesnetzagentur|verbraucherzentrale)\b.{0,30}\b(gemeldet|melden|melde|angezeigt|weitergeleitet)\b/,
    /\b(beschwere\w*|beschwerde)\b.{0,60}\b(datenschutz\w*|behorde|einreichen|einlegen)\b|\bdatenschutz\w* .{0,40}\bbeschwer/,
    /\b(verstosst|verstoss) gegen (die )?(dsgvo|uwg|datenschutz)/,
    /\bspam\b.{0,40}\bgemeldet\b/,
  ],
  fr: [
    /\b(plainte|saisir|signaler\w*|signale) .{0,20}\bcnil\b|\bdepose(r)? (une )?plainte\b/,
    /\b(mise en demeure|poursuites judiciaires)\b/,
    // A lawyer threatens by what they do: one who reads the contract or asks how long it runs is a good sign.
    /\b(mon|notre) avocat\w*\b.{0,30}\b(contact|ecrir|ecrit|saisi|informe|prevenu|mandate|prendra|se chargera|poursui)\w*|\b(nouvelles|entendre parler|main|mains|transmis|transmets) .{0,24}\b(de|a) (mon|notre) avocat/,
    /\b(non[- ]respect|ne respectez pas|violation|contraire) .{0,15}\brgpd\b/,
  ],
  es: [
    /\b(denunciar\w*|denuncia|reclamacion) .{0,30}\b(agencia|aepd|proteccion de datos|ante)\b|\bpresentare una (denuncia|reclamacion|queja)\b/,
    /\bacciones legales\b|\b(mi|nuestr[oa]) abogad[oa]\b.{0,24}\b(les|os|le|te) (escrib|contact|denunci|demand)\w*|\b(mi|nuestr[oa]) abogad[oa]\b.{0,30}\b(avisad|informad|se pondra|tomara)\w*|\b(noticias|pasad[oa]|manos)\b.{0,24}\b(de|a) (mi|nuestr[oa]) abogad[oa]/,
  ],
  it: [
    /\b(segnal\w{1,6}|reclamo|denunci\w{1,5}) .{0,20}\b(al )?garante\b|\bpresentero un reclamo\b/,
    /\b(vie legali|azioni legali)\b|\b(il mio|il nostro) avvocato\b.{0,24}\b(vi |la |le )?(scriver|contatter|diffid|denunc|querel|procedera|si mettera|informat|avvisat)\w*|\b(notizie|sentirete|parlerete|passat\w|mani)\b.{0,20}\b(dal|del|al|con il) (mio|nostro) avvocato/,
  ],
  nl: [
    /\bklacht .{0,30}\b(autoriteit|indienen|ap)\b|\b(dien|ga) (ik )?een klacht (in|indienen)\b/,
    /\bjuridische stappen\b|\b(mijn|onze) advocaat\b.{0,30}\b(neemt (met u |met jullie )?contact|schrijft (u|jullie)|ingelicht|ingeschakeld|sommeert|dagvaard)\w*|\b(hoort|horen|bericht)\b.{0,16}\bvan (mijn|onze) advocaat/,
  ],
};

export const NOT_NOW: Phrases = {
  en: [
    /\b(try|ask|contact|write|call|ping|reach out|check in|circle back|follow up|get back|come back|get in touch|reconnect|email|mail|remind)( to| with)?( me| us)?( again| back)? (in|after|next|around|later|once|from) (\w+ ){0,2}(quarter|q[1-4]|years?|months?|weeks|summer|autumn|fall|winter|spring|january|february|march|april|may|june|july|august|september|october|november|december|holidays|easter|christmas|[a-z]+ months)\b/,
    /^(not|maybe later|later|not just) ?(right )?(now|yet|today|at this time|at the moment|at present|for now|currently)?( sorry| thanks| please)?$/,
    /\bnot (interested |ready |needed |looking )?(right now|at the moment|at this (time|point|moment)|at present|just yet|for now|this (year|quarter))\b/,
    /\b(now|this) is(n't| not) (a |the )?(good|right|best) (time|moment)\b/,
    /\b(maybe|perhaps|possibly) (later|next (year|quarter|month)|in the (new year|future)|in (spring|summer|autumn|fall|winter))\b/,
    /\b(bad timing|timing is(n't| not) right|timing is (off|bad|wrong)|too early for us)\b/,
    /\blet's (revisit|talk|speak|reconnect|pick this up|park)( this| it)?( again)? (in (q[1-4]|\w+ months|the (new year|autumn|fall|spring|summer))|next (year|quarter)|until|after)\b/,
    /\bbudgets? (is|are|has been|have been) (frozen|closed|spent|used up|gone)\b/,
  ],
  de: [
    /\b(melden|fragen|kontaktieren|kommen|schreiben) sie (sich |mich |uns )?(bitte |gern(e)? )?.{0,40}\b(wieder|nochmal|noch einmal|erneut)\b/,
    /\b(im moment|momentan|derzeit|aktuell|zur ?zeit|im augenblick|vorerst|gerade) (leider )?(nicht|kein|keine|keinen)\b/,
    /\b(noch nicht|nicht jetzt|jetzt nicht|vielleicht (spater|nachstes jahr))\b/,
    /\bbudget .{0,30}\b(verplant|aufgebraucht|ausgeschopft|eingefroren)\b/,
    /\bauf eis\b|\b(nachstes|kommendes) jahr (wieder|nochmal|erneut|gern)/,
  ],
  fr: [
    /\bpas (pour le moment|pour l'instant|maintenant|encore|avant (la |le |l')?\w+)\b/,
    /\b(re)?(contactez|venez vers|relancez|rappelez|essayez)[- ](moi|nous|vers moi)? ?.{0,20}\b(rentree|printemps|automne|hiver|ete|trimestre|an(nee)? prochaine?|mois|janvier|fevrier|mars|avril|mai|juin|juillet|septembre|octobre|novembre|decembre)\b/,
    /\b(peut-etre|plutot) plus tard\b|\bl'an(nee)? prochaine?\b/,
    /\bce n'est pas le (bon )?moment\b|\btrop tot pour nous\b/,
  ],
  es: [
    /\b(ahora|de momento|por ahora|por el momento|en este momento) no\b|\btodavia no\b/,
    /\bno es (un )?buen momento\b|\bquizas? (mas adelante|el ano que viene)\b/,
    /\b(escrib\w{1,6}|contact\w{1,6}|llam\w{1,6}|hablamos|hablemos|intentelo|volvamos) .{0,25}\b(enero|febrero|marzo|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|verano|otono|primavera|trimestre|ano (que viene|proximo)|proximo ano|dos meses|tres meses)\b/,
  ],
  it: [
    /\b(al momento|per (ora|adesso|il momento)|in questo momento) no(n)?\b|\bnon ancora\b/,
    /\bnon e il momento( giusto)?\b|\bmagari piu avanti\b|\bl'anno prossimo\b/,
    /\b(ricontatt\w{1,6}|risent\w{1,8}|riparl\w{1,8}|riprov\w{1,5}|scriva) .{0,25}\b(gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre|estate|autunno|primavera|trimestre|mesi)\b/,
  ],
  nl: [
    /\b(nu|op dit moment|momenteel|voorlopig) (even )?(niet|geen)\b|\bnog niet\b/,
    /\b(misschien|liever) (later|volgend jaar|over een paar maanden)\b|\bvolgend jaar\b/,
    /\b(probeer|neem|mail|bel|kom|vraag) .{0,40}\b(nog eens|contact op|terug|weer)\b.{0,10}$/,
  ],
};

export const NEGATIVE: Phrases = {
  en: [
    /^(no|nope|nah|no way|pass|not for us|not for me|no interest)( thanks| thank you| thx| sorry| but thanks)?$/,
    /\b(not|n't|no longer|never) (really |at all |particularly |actually )?(interested|intrested|keen)\b(?! (until|before|at the moment|right now|at this|at present))/,
    /\bno (interest|need) (in|for|here|on our side|from our side)\b|\bof no (interest|use)\b/,
    /\b(do not|don't|have no|no|zero) need (this|it|that|for|any|your)\b/,
    /\b(happy|satisfied|fine|content) with (our|what|the|my) (current|existing|present|we have)\b/,
    /\b(sticking|stick|staying|stay) with (our|what|the)\b/,
    /\b(will|'ll|must|have to|going to|am going to) (have to )?(pass( on)?|decline)\b/,
    /\b(decided|chosen|choose|decision|gone|went|opted) (against|another|to go with (another|someone|a different)|with (another|someone else|a different)|a different (direction|supplier|vendor|provider))\b/,
    /\b(a|hard) (no from us|no from me|pass from)\b|\bit's a no\b|\bthe answer is (still )?no\b|\bstill no\b/,
    /\bnot (a fit|a match|a good fit|for us|for me|our thing|relevant|something we)\b/,
    /\b(don't|do not|doesn't|does not) (want|wish) to (proceed|continue|go ahead|move forward)\b|\b(won't|will not) be (moving forward|proceeding)\b/,
  ],
  de: [
    /^(nein|ne|nee|no)( danke| vielen dank)?$/,
    /\b(kein(e|erlei)?|nicht) (interesse|interessiert|bedarf|verwendung)\b/,
    /\b(haben|besteht) (daran |dafur |leider )?kein(en)? (bedarf|interesse)\b/,
    /\bbrauchen wir (nicht|nichts)\b|\bpasst (leider )?nicht zu uns\b|\bnichts fur uns\b|\bkommt .{0,20}nicht in frage\b/,
    /\b(dagegen|fur einen anderen|fur eine andere) .{0,30}\bentschieden\b|\babsag(e|en)\b/,
    /\bsind (damit |sehr |gut )?(zufrieden|versorgt)\b|\bbleiben bei (unser|dem|der)/,
  ],
  fr: [
    /^non( merci)?$/,
    /\b(pas|aucunement) (du tout )?interesse(e|s|es)?\b|\baucun interet\b|\bne m'interesse pas\b|\bne nous interesse pas\b/,
    /\b(pas|plus) (besoin|donner suite)\b|\bne (donnerons|donnerai) pas suite\b|\bpas pour nous\b/,
    /\b(deja) (un prestataire|un fournisseur|equipes?|une solution)\b|\bautre (fournisseur|prestataire|solution)\b/,
    /\b(decline|declinons|sans facon)\b|\bne nous concerne pas\b|\brestons (chez|avec)\b/,
  ],
  es: [
    /^no( muchas)?( gracias)?$/,
    /\bno (me|nos) interesa\b|\bno (estoy|estamos) interesad\w{1,2}\b/,
    /\bno (lo )?(necesitamos|necesito|vamos a (seguir|contratar))\b|\bno (es|encaja) (para|con) \w+/,
    /\bya (tenemos|usamos|contamos con) (un|otr|una)\w* ?(proveedor|herramienta|solucion)?\b/,
    /\b(rechazar|declinar|declinamos|rechazamos) (su|la|vuestra)\b|\bgracias,? pero no\b/,
  ],
  it: [
    /^no( grazie)?$/,
    /\bnon (ci|mi) interessa\b|\bnon (siamo|sono) interessat\w\b/,
    /\bnon (ne )?(abbiamo bisogno|intendiamo|fa per noi|e per noi)\b/,
    /\b(abbiamo|usiamo) gia (un|una|un altr\w)\b|\bdeclin\w{2,6} (la|il|l'|vostra)/,
    /\bdeciso di non\b|\bma no\b$/,
  ],
  nl: [
    /^(nee|neen)( bedankt| dank je| dank u)?$/,
    /\bgeen (interesse|behoefte|belangstelling)\b|\bniet geinteresseerd\b/,
    /\b(niet nodig|niets voor ons|zien ervan af|niet relevant)\b/,
    /\b(hebben|gebruiken) al (een|iets)\b|\bandere (partij|leverancier) gekozen\b|\bniet (verder|mee verder)( te)?( gaan)?\b/,
    /\bmaar nee\b$/,
  ],
};

/** Beside these a phrase of a complaint is about something else: a contract, a product, a procedure. */
export const COMPLAINT_DOUBT =
  /\b(contracts?|agreement|nda|dpa|terms|paperwork|compliance|comply|procedure|prevent|avoid|help|product|tool|software|feature|customers?|vertrag|vertrage|avv|agb|contrat|contrato|contratto|contract|umow\w*|avtal\w*|kontrakt\w*|not (going to )?(report|complain|sue)|no complaints?|(complaint|complained|complaining|beschwerde|plainte|queja|reclamo|klacht) (about|with|against|uber|contre|contra|sobre|over) (our|my|their|the|unser\w*|notre|nuestr\w+|il nostro|onze) (\w+ )?(vendor|supplier|provider|tool|system|software|agency|anbieter|lieferant\w*|fournisseur|prestataire|proveedor|fornitore|leverancier)|won't|keine beschwerde)\b|契約|合同|協議|协议/;
