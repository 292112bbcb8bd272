/** How absences and undeliverable letters announce themselves, whether or not their programs say that they are programs. */
import type { Phrases } from "./rule.ts";

export const ABSENCE: Phrases = {
  en: [
    /\bout[ -]of[ -](the )?office\b/,
    /\booo\b/,
    /\b(i am|i'm|we are|we're|currently|be|am|are|is) (away|absent|abroad|travell?ing|out of (the country|town))\b/,
    /\b(away|absent|out|off) (from the office |from my desk )?(from|until|till|through|on business)\b/,
    /\b(on|taking) (\w+ )?(annual |parental |maternity |paternity |sick |medical |extended |study )?(leave|vacation|holidays?|pto|sabbatical|honeymoon)\b/,
    /\b(maternity|paternity|parental|annual|sick) leave\b/,
    /\b(not|no longer) (be )?in the office (today|tomorrow|this week|until|on|from|at the moment)\b/,
    /\b(limited|no|without|not have) (any )?access to (my |the )?(e-?mails?|mails?|mailbox|inbox|messages)\b/,
    /\b(office|offices|company) (is|are|will be) (currently )?(closed|shut) (for|from|until|till|between|on)\b/,
    /\bwe are closed (for|from|until|till|between|on|over)\b/,
    /\b(off|out|home) sick\b/,
    /\b(will|to) (reply|respond|answer|return|get back)\b.{0,40}\b(when i (am|'m) back|when i return|(up)?on my return|after my return)\b/,
    /\b(back|return(ing)?) (in|to) the office (on|in)\b/,
    /\b(i (will be|am|'ll be)) (back|returning)( in the office)? (on|in)\b/,
    /\bgone fishing\b/,
  ],
  de: [
    /\b(nicht|ausser) (im|haus im) (buro|haus|hause)\b/,
    /\bausser haus\b/,
    /\b(abwesend|abwesenheit(snotiz)?|ortsabwesend)\b/,
    /\b(im|in den|in meinem|auf) (wohlverdienten )?(urlaub|ferien)\b/,
    /\b(in|auf) (elternzeit|mutterschutz|dienstreise|geschaftsreise|fortbildung)\b/,
    /\b(ab|am|erst) .{0,30}\bwieder (im (buro|haus)|fur sie da|da|erreichbar|zuruck|zu erreichen)\b/,
    /\b(bin|sind) .{0,40}\b(nicht|nur eingeschrankt|eingeschrankt|wieder) (zu )?(erreichbar|erreichen)\b/,
    /\b(buro|betrieb|praxis|unternehmen) .{0,40}\bgeschlossen\b/,
    /\bbetriebsferien\b/,
    /\bkrank(heit)?sbedingt\b|\bkrankgeschrieben\b/,
  ],
  fr: [
    /\b(absente?s?|absence) (du bureau|jusqu|du|de|ce|aujourd|pour|et|a partir|toute)/,
    /\b(actuellement|je suis|serai) (absente?|en deplacement)\b/,
    /\ben (conges?|vacances|arret maladie|deplacement|conge maternite|formation)\b/,
    /\bde retour (le|au|lundi|mardi|mercredi|jeudi|vendredi|en|a partir)\b/,
    /\bbureaux? (est|sont|seront|sera) fermes?\b/,
    /\bacces limite a (ma|mes)\b/,
    /\bhors du bureau\b/,
  ],
  es: [
    /\b(fuera|ausente) de (la|mi) oficina\b/,
    /\b(no estoy|no estare) en la oficina\b/,
    /\b(estoy|estare|encuentro|encontrare) (ausente|fuera|de viaje|de baja)\b/,
    /\b(de|en) (vacaciones|permiso|baja por)\b/,
    /\boficinas? (permanecer\w*|esta\w*) cerradas?\b/,
    /\bacceso limitado a(l)? (mi |mis )?(correo|e-?mails?)\b/,
    /\ba mi (regreso|vuelta)\b/,
  ],
  it: [
    /\bfuori (ufficio|sede)\b/,
    /\b(non sono|non saro) in ufficio\b/,
    /\b(sono|saro) (assente|in trasferta|in vacanza|in viaggio)\b/,
    /\bin (ferie|vacanza|congedo|maternita|malattia|trasferta)\b/,
    /\buffici (sono|saranno|resteranno|rimarranno) chiusi\b/,
    /\b(al mio )?rientro (in ufficio|il|lunedi|martedi|mercoledi|giovedi|venerdi)\b/,
  ],
  nl: [
    /\b(afwezig|afwezigheid)\b/,
    /\b(niet|weer) (op|in|aanwezig op) (het )?kantoor\b/,
    /\b(met|op) (vakantie|verlof|zwangerschapsverlof|reis|zakenreis)\b/,
    /\b(heb|hebben) (nu )?vakantie\b/,
    /\bkantoor is gesloten\b/,
    /\bna mijn (terugkomst|terugkeer|vakantie)\b/,
    /\b(zwangerschaps|ouderschaps)verlof\b/,
  ],
};

/**
 * A promise to answer or to read on one's return, as only an announcement makes it. Beside a phrase of absence, and with
 * nothing else said, it is one whatever a model makes of its words.
 */
export const ANSWERS_ON_RETURN =
  /\b(reply|respond|answer|read|get back|attend)\b.{0,50}\b((when|once|as soon as) (i (am|'m)|i'm|we are|we're|i return|i get) ?back|(up)?on (my|our) return|after (my|our) return|when i return)\b|\b(antworte|beantworte|melde mich|lese)\b.{0,50}\b(nach meiner ruckkehr|wenn ich (wieder|zuruck))\b|\b(repond\w+|lirai|reviendrai)\b.{0,50}\ba mon retour\b|\b(respond\w+|leere|contestare)\b.{0,50}\ba mi (regreso|vuelta)\b|\brispond\w+\b.{0,50}\b(al mio (rientro|ritorno)|quando torn\w+)\b|\b(beantwoord|reageer|lees|antwoord)\b.{0,50}\b(na mijn (terugkeer|terugkomst)|als ik terug ben|daarna|zodra ik terug)\b|\b(respond\w+|leio|lerei)\b.{0,50}\b(quando (voltar|regressar)|assim que (voltar|regressar)|no meu regresso)\b|\bodpo(wiem|wiadam)\b.{0,50}\bpo (moim )?powrocie\b|\b(svarar|aterkommer|laser)\b.{0,50}\b(nar jag (ar|kommer) tillbaka|vid min aterkomst)\b|\b(svarer|vender tilbage|laeser)\b.{0,50}\b(nar jeg (er|kommer) tilbage|efter (ferien|min ferie))\b|戻り次第|復帰(後|次第)|(回来|返回|回來|回到公司)(后|後|之后|之後).{0,10}(回复|回覆|答复|联系|聯繫)/;

/** An absence that has a program's subject. */
export const ABSENCE_SUBJECT =
  /\b(out of (the )?office|abwesenheit(snotiz)?|abwesend|reponse automatique d'absence|absence du bureau|fuera de (la )?oficina|fuori (ufficio|sede)|assenza|afwezig(heid)?)\b/;

/** What a program of a language without rules of its own says of an absence: asked of programs' mail alone. */
export const PROGRAM_ABSENCE =
  /\bnie ma mnie (w|do|na)\b|\b(olen|ollaan) (vuosi)?(lomalla|poissa|matkalla|vapaalla)\b|\bpoissa toimistolta\b|\b(jsem|budu) (na dovolene|mimo kancelar|nepritom\w*|na sluzebni ceste)\b|\b(szabadsagon|irodan kivul|tavol) (vagyok|leszek)\b|\b(izindeyim|tatildeyim|ofis disindayim)\b|\b(sunt|voi fi) (in concediu|plecat\w*)\b|\bна больничном\b|(в отпуске|в командировке|нет в офисе|відпустці|відрядженні)|(σε άδεια|εκτός γραφείου)|부재중|휴가\s?중|출장\s?중/;

export const BOUNCE: Phrases = {
  en: [
    /\b(delivery|message|mail|e-?mail) .{0,60}\b(failed (permanently|permanent)|has failed|undeliverable|could(n't| not) be delivered|wasn't delivered|was not delivered|cannot be delivered)\b/,
    /\bmail delivery (failed|subsystem)\b|\bundeliverable\b|\bdelivery status notification\b/,
    /\b(user|recipient|mailbox|address) (unknown|not found|rejected|unavailable|does not exist|doesn't exist)\b|\bunknown user\b|\bno such user\b/,
    /\b(e-?mail|mail|mailbox|address|account|inbox)( address| account)? .{0,40}\b(does(n't| not) exist|no longer (in use|active|valid|exists|monitored)|(is|has been) (deactivated|disabled)|not (valid|monitored))\b/,
    /\b5\.1\.\d{1,3}\b|\b550 5\.1\b/,
  ],
  de: [
    /\b(nachricht|mail|e-?mail) .{0,40}\b(nicht|nie) (zugestellt|zustellbar)\b|\bunzustellbar\b/,
    /\b(adresse|postfach|mailbox|konto) .{0,40}\b(existiert nicht|nicht mehr (gultig|aktiv|vorhanden|gelesen|in gebrauch)|deaktiviert)\b/,
  ],
  fr: [
    /\b(message|mail|courriel) .{0,40}\b(pas pu etre (remis|distribue|livre)|non remis|non distribue)\b/,
    /\badresse .{0,30}\b(n'existe (plus|pas)|n'est plus (utilisee|active|valide|consultee)|desactivee)\b/,
  ],
  es: [
    /\bno (se pudo|ha podido|pudo) (entregar|ser entregado|entregarse)\b/,
    /\b(direccion|cuenta|buzon) .{0,30}\b(no existe|ya no (existe|esta activ\w|se usa)|desactivad\w)\b/,
  ],
  it: [
    /\b(messaggio|mail|e-?mail) .{0,30}\bnon (e stato|e stata|puo essere|ha potuto essere) (recapitat\w|consegnat\w)\b/,
    /\b(indirizzo|casella) .{0,30}\b(non e piu (attiv\w|valid\w|in uso)|non esiste( piu)?|disattivat\w)\b/,
  ],
  nl: [
    /\b(bericht|mail|e-?mail) .{0,30}\b(niet|kan niet) (worden )?(bezorgd|afgeleverd)\b/,
    /\b(adres|e-?mailadres|postvak|mailbox) .{0,30}\b(bestaat niet( meer)?|niet meer (in gebruik|actief|geldig))\b/,
  ],
};
