/**
 * Does a reply ask us to stop? By rule, before any model is asked, and on what the contact wrote (reply-text.ts), never on
 * what they quote. Only the beginning is read: who wants to leave says so first. Meant for conditions of workflows.
 */

export const OPT_OUT_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt"] as const;
export type OptOutLanguage = (typeof OPT_OUT_LANGUAGES)[number];

const SENTENCES_READ = 8;
const LETTERS_READ = 1_500;

/** A whole sentence that can mean nothing else, in any of the languages. Politeness around it is taken off before. */
const WHOLE: Readonly<Record<OptOutLanguage, RegExp>> = {
  en: /^(stop|stop it|stop this|stop now|unsubscribe|unsub|unsubscribe me|unsubscribe now|opt[ -]?out|remove|remove me|take me off|no more e?-?mails?)$/,
  de: /^((vom newsletter |von (der|ihrer) liste |aus dem verteiler |newsletter )?(abmelden|abbestellen|austragen|streichen)|abmeldung|stopp|mich (abmelden|austragen|streichen))$/,
  fr: /^(se )?(desabonner|desabonnement|desabonnez|desinscription|desinscrire|me desabonner|stop pub)( de (la|cette|votre) (liste|newsletter))?$/,
  es: /^((dar|darme|dame|darse|denme|deme) de baja|baja|solicito (la |mi )?baja|quiero (la |mi )?baja|desuscribir(me)?|cancelar (la |mi )?suscripcion|no mas (correos|e?-?mails|mensajes))$/,
  it: /^(disiscrizione|disiscrivimi|disiscrivetemi|disiscrivermi|cancellami|cancellatemi|cancellazione|annulla(re)? l'?iscrizione|basta|basta (e?-?mail|messaggi))$/,
  nl: /^(afmelden|uitschrijven|afmelding|schrijf me uit|meld me af|geen (e?-?mails?|mail|berichten) meer)$/,
  pt: /^(descadastrar|descadastre|remover|cancelar (a |minha )?inscricao|parar|pare|nao quero mais|sair da lista)$/,
};

/** Parts of sentences, written as they read without accents and in lower case. */
const PARTS: Readonly<Record<OptOutLanguage, readonly RegExp[]>> = {
  en: [
    /\b(please|kindly|pls) (just )?unsubscribe(?! (link|rate|button|page|header))/,
    /\bunsubscribe (me|us|my|this (address|e?-?mail))\b/,
    /\b(i|we)('d| would)? (also )?(want|wish|like|need) to (unsubscribe|opt[ -]?out|be (removed|taken off|unsubscribed))\b/,
    /\b(remove|delete|take) (me|us)( off)?( immediately)?( from)?( all)?( of)? (your|this|the|any|all|these)\b.{0,30}\b(lists?|database|mailings?|e?-?mails?|records|system|campaigns?|sequence|newsletters?)\b/,
    /\b(remove|delete) (my|our) (e?-?mail|address|details|data|name|contact)\b.{0,40}\b(from|database|list|records)\b/,
    /^(please )?(remove|delete) (me|us|my (e?-?mail|address|data|details))( please| now| immediately)?$/,
    /(?<!\b(to|we|can|cannot|could|will|would|not|never|don't|they|ever|didn't|won't|can't) )\bstop (e?-?mailing|contacting|messaging|writing( to)?|spamming|bothering|pestering|harassing|sending) (me|us)\b/,
    /(?<!\b(to|we|can|cannot|could|will|would|not|never|don't|they|ever|didn't|won't|can't) )\bstop (sending )?(all |the |these |this |those |your |any |more )+(e?-?mails?|mails?|messages|spam|newsletters?)\b/,
    /^(please )?stop (e?-?mailing|contacting|messaging|writing|spamming)( please)?$/,
    /\byou to stop (e?-?mailing|contacting|messaging|writing|sending|spamming)\b/,
    /\b(do not|don't|never|not to) (ever )?(contact|e?-?mail|message|write( to)?|mail) (me|us)\b(?!.{0,20}\b(until|before|after|on|at|about|if|but|unless|instead|during)\b)/,
    /\b(do not|don't|no longer|not) (want|wish|like|care) to (receive|get|hear|be (contacted|e?-?mailed))\b/,
    /\bno more (e?-?mails?|messages|mails|newsletters?)( please| from you)?$/,
    /\bopt (me|us) out\b/,
    /\bleave (me|us) alone\b/,
    /\btake (me|us) off (your|this|the|any|all)\b/,
  ],
  de: [
    /\b(mich|meine (e?-?mail-?)?(adresse|daten)|meinen namen)\b[^,.;]{0,60}\b(ab(zu)?melden|aus(zu)?tragen|streichen|(zu )?loschen|(zu )?entfernen|abbestellen)\b/,
    /\buns\b[^,.;]{0,40}\b(verteiler|liste|newsletter|datenbank)\b[^,.;]{0,20}\b(streichen|loschen|entfernen|nehmen|austragen|abmelden)\b/,
    /\b(streichen|loschen|entfernen|nehmen|tragen|melden) sie (bitte )?(mich|uns|meine (e?-?mail-?)?(adresse|daten))\b[^,.;]{0,60}(\b(verteiler|liste|newsletter|datenbank|aus|ab|heraus|raus)\b|$)/,
    /(?<!\b(habe|haben|hatte|hatten|hat)\b.{0,40})\bkeine? (weiteren? (e?-?mails?|mails?|nachrichten|newsletter|werbung|werbemails?|zusendungen|anfragen|kontaktaufnahmen?)|(e?-?mails?|mails?|nachrichten|newsletter|werbung|werbemails)( von (ihnen|euch|dir))? mehr)\b(?! (bekommen|erhalten) (habe|haben))/,
    /\b(schreiben|kontaktieren|mailen|belastigen|anschreiben|senden|schicken) sie (bitte )?(mir|mich|uns) (bitte )?(nicht mehr|nie wieder|nicht weiter|keine (weiteren )?(e?-?mails?|mails?|nachrichten|newsletter|werbung))/,
    /\b(schreib|schreibt|kontaktiert?|mailt?) (mir|mich|uns) (bitte )?(nicht mehr|nie wieder)\b/,
    /\b(mochte|mochten|will|wollen|wunsche|wunschen)\b.{0,25}\b(nicht (mehr|weiter|langer)) (kontaktiert|angeschrieben|belastigt|angemailt)\b/,
    /\b(mochte|mochten|will|wollen|wunsche|wunschen)\b.{0,25}\bkeine (weiteren )?(e?-?mails?|mails?|nachrichten|newsletter|werbung)( von ihnen)?( mehr)? (erhalten|bekommen|haben)\b/,
    /\b(horen sie|hort|hor)( bitte)? auf\b.{0,20}\b(schreiben|mails?|senden|schicken|belastigen|kontaktieren)\b/,
    /\blass(en sie|t)? (mich|uns) (bitte )?in ruhe\b/,
    /\bnewsletter (bitte )?(abbestellen|kundigen|stornieren|abmelden)\b/,
    /\bwiderspreche\b.{0,60}\b(verarbeitung|nutzung|verwendung|werbung|kontaktaufnahme|daten)\b/,
    /\bbitte (vom newsletter |von der liste |aus dem verteiler )?(abmelden|austragen|streichen)$/,
  ],
  fr: [
    /\bdesabonne(z|r)?[ -](moi|nous)\b/,
    /\b(me|nous) desabonner\b/,
    /\bdesinscri(re|vez|s)[ -]?(moi|nous)\b|\b(me|nous) desinscrire\b/,
    /\bne plus (me |nous |m'|m' )?(re)?(ecrire|contacter|envoyer|solliciter|deranger|demarcher|relancer|importuner)\b/,
    /\bne (me|nous|m') ?(re)?(ecrivez|contactez|envoyez|sollicitez|derangez|relancez|ecris|contacte|envoie) plus\b/,
    /\bne (m'|me |nous )(re)?(ecrivez|contactez|envoyez|sollicitez|relancez|ecris|contacte|envoie) plus\b/,
    /\bne (veux|souhaite|desire|voulons|souhaitons|desirons) plus (recevoir|etre (contacte|sollicite|relance)|de vos|vos)/,
    /\b(retirez|supprimez|enlevez|radiez|rayez|effacez)[ -](moi|nous|mon (adresse|e?-?mail|mail|nom)|mes (donnees|coordonnees))\b/,
    /\b(me|nous) (retirer|supprimer|enlever|radier|rayer) de (votre|la|vos|cette)\b/,
    /\b(retirer|supprimer|effacer) (mon (adresse|e?-?mail|mail)|mes (donnees|coordonnees))\b/,
    /\blaissez[ -](moi|nous) tranquilles?\b/,
    /\barretez (de (m'|me |nous )(ecrire|envoyer|contacter|solliciter|harceler|relancer)|(vos|ces) (mails?|e?-?mails?|courriels?|messages|envois|sollicitations))/,
    /\bplus (aucun|de (vos|ces)) (e?-?mails?|mails?|courriels?|messages?|newsletters?|sollicitations?|publicites?)\b/,
  ],
  es: [
    /\b(darme|darnos|denme|dennos|deme|denos|dame|danos|dar) de baja\b/,
    /\bde baja (de|en|del) (su|la|esta|vuestra|tu|sus) ?(lista|newsletter|boletin|base)?/,
    /\bno (me|nos) (escriba|escriban|escribas|contacte|contacten|contactes|moleste|molesten|molestes|envie|envien|envies|mande|manden|mandes) (mas|nunca|ningun|otro)\b/,
    /\bno (me|nos) (envie|envien|envies|mande|manden|mandes) (correos|e?-?mails|mensajes|publicidad)\b/,
    /\bno (quiero|deseo|queremos|deseamos) (recibir|seguir recibiendo|que me (escriban|contacten|envien))( mas| ningun| sus| vuestros)?\b.{0,30}(mas|correos|e?-?mails?|mensajes|publicidad|contacten|escriban|informacion)/,
    /\b(elimin|borr|quit|saqu|sac)[a-z]{1,6}(me|nos) (de|ya|por)\b/,
    /\b(eliminen?|borren?|quiten?|elimina|borra|quita) (mi|mis|nuestro) (correo|e?-?mail|direccion|datos)\b/,
    /\b(dejen?|dejad|deja|deje|paren|pare) de (escribir|enviar|mandar|contactar|molestar)(me|nos)\b/,
    /\b(dejen?|dejad|deja|deje|paren|pare) de (enviar|mandar) (correos|e?-?mails?|mensajes)\b/,
    /\bdesuscrib(irme|anme|ame|eme)\b|\bcancelar mi suscripcion a (su|la|esta) (lista|newsletter|boletin)\b/,
  ],
  it: [
    /\b(cancellatemi|cancellami|cancellarmi|rimuovetemi|rimuovimi|rimuovermi|disiscrivetemi|disiscrivimi|disiscrivermi|toglietemi|toglimi|togliermi|eliminatemi|eliminarmi)\b/,
    /\b(mi|ci) (cancelli|rimuova|tolga|elimini|cancellate|rimuovete|togliete) (dalla|dal|da|dai)\b/,
    /\b(cancellare|eliminare|rimuovere|cancellate|rimuovete) (la mia (iscrizione|e?-?mail|mail)|il mio (indirizzo|nominativo)|i miei dati)\b/,
    /\bnon (voglio|desidero|vogliamo|desideriamo|vorrei) (piu )?(ricevere|essere (contattat|disturbat))/,
    /\bnon (mi|ci) (scriva|scrivete|scrivere|contatti|contattate|contattare|mandi|mandate|mandare|inviate|invii|inviare|disturbi|disturbate)( piu| altre| altri| nessun)/,
    /\bnon (contattatemi|scrivetemi|mandatemi|inviatemi|contattarmi|scrivermi|mandarmi|inviarmi) (piu|altre|altri)\b/,
    /\b(smett(ete|ila|etela|a|i) di|smettere di) (scriver|mandar|contattar|inviar|disturbar)/,
    /\blasci(ate|a)(mi|ci) in pace\b/,
    /\bnessun'?a? altra (e?-?mail|mail)\b|\bbasta (con )?(queste |le )?(e?-?mail|mail|messaggi)\b/,
  ],
  nl: [
    /\b(mij|me|mijn (e?-?mail)?-?(adres|gegevens))\b[^,.;]{0,60}\b(uit(te)?schrijven|uit te schrijven|uitschrijft|af(te)?melden|af te melden|afmeldt|(te )?verwijderen|verwijdert|schrappen)\b/,
    /\bons\b[^,.;]{0,40}\b(lijst|mailinglijst|nieuwsbrief|bestand)\b[^,.;]{0,20}\b(verwijderen|halen|uitschrijven|afmelden|schrappen)\b/,
    /\b(schrijf|schrijft u) (mij|me|ons) [^,.;]{0,30}\buit\b|\bmeld (mij|me|ons) [^,.;]{0,30}\baf\b/,
    /\b(verwijder|haal|schrap) (mij|me|ons|mijn (e?-?mail)?-?(adres|gegevens))\b[^,.;]{0,40}\b(van|uit|eraf|lijst|bestand)\b/,
    /(?<!\b(heb|hebben|hadden|had)\b.{0,40})\bgeen (verdere (mails|e-?mails|berichten)|(e?-?mails?|mails?|mailtjes|berichten|nieuwsbrief|nieuwsbrieven|post|reclame)( van (u|jullie|je))? meer)\b/,
    /\b(mail|e-?mail|schrijf|contacteer|benader|stuur|bel) (mij|me|ons) (alstublieft |aub |a\.u\.b\. )?(niet (meer|langer)|nooit meer|geen (mails?|e-?mails?|berichten))/,
    /\b(wil|willen|wens|wensen)\b.{0,20}\b(niet (meer|langer)) (benaderd|gecontacteerd|gemaild|lastiggevallen|worden)/,
    /\b(wil|willen|wens|wensen)\b.{0,20}\bgeen (verdere |reclame|nieuwsbrie)?(e?-?mails?|mails?|berichten|nieuwsbrie(f|ven))?( van (u|jullie))?( meer)? (ontvangen|krijgen)\b/,
    /\bstop (aub |alstublieft )?met (mailen|(mij|me|ons) (te )?(mailen|sturen|schrijven|benaderen)|het (sturen|mailen)|deze (mails|berichten))/,
    /\blaat (mij|me|ons) met rust\b/,
  ],
  pt: [
    /\b(remova|removam|remover|retire|retirem|exclua|excluam|tire|tirem)(-me|-nos| me| meu (nome|e?-?mail|contato|endereco)| o meu (nome|e?-?mail|contacto|endereco)) (da|de|do|desta|deste|das|imediatamente|por)\b/,
    /\bme (remova|removam|retire|retirem|exclua|excluam|tire|tirem|descadastre|descadastrem) (da|de|do|desta|deste|dessa|por)?/,
    /\bnao (quero|desejo|queremos|desejamos|pretendo|gostaria de) (mais )?(receber|ser (contactad|contatad|incomodad))/,
    /\bnao (me|nos) (envie|enviem|mande|mandem|escreva|escrevam|contacte|contate|contactem|contatem) (mais|nenhum|outro)/,
    /\b(parem?|deixem?|pare) de (me |nos )?(enviar|mandar|escrever|contactar|contatar|incomodar)\b/,
    /\bdescadastr(ar|e|em)(-me)? (meu|o meu|da|de|do)\b|\bcancelar (a |minha )inscricao\b/,
    /\bdeixe(m)?(-me| me) em paz\b/,
  ],
};

/** Words around an order that change nothing about it. */
const POLITE =
  /^(hi|hello|hallo|bonjour|hola|ciao|ola|dear [a-z]+|guten tag|buongiorno|please|bitte|merci de|svp|por favor|per favore|alstublieft|aub|pls|kindly)[ ,!]+|[ ,]+(please|bitte|danke|thanks|thank you|merci|svp|s'il vous plait|gracias|por favor|grazie|per favore|dank( u)?|bedankt|aub|alstublieft|obrigad[oa]|thx|now|immediately|sofort)$/g;

/**
 * @param text what the contact wrote, quotes and signature gone.
 * @returns the language whose rule says so, or false.
 */
export function asksToStop(text: string): OptOutLanguage | false {
  const sentences = sentencesOf(text);
  for (const language of OPT_OUT_LANGUAGES) {
    if (sentences.some((sentence) => says(sentence, language))) return language;
  }
  return false;
}

function says(sentence: string, language: OptOutLanguage): boolean {
  const bare = sentence.replace(POLITE, "").replace(POLITE, "").trim();
  return WHOLE[language].test(bare) || PARTS[language].some((part) => part.test(sentence));
}

/** Lower case, without accents, one sentence each; questions about leaving are no wish to leave. */
function sentencesOf(text: string): readonly string[] {
  const plain = text
    .slice(0, LETTERS_READ)
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”„«»"()[\]*_]/g, " ")
    .replace(/[‐‑–—]/g, "-");
  return plain
    .split(/(?<=[.!?;])\s+|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "")
    .slice(0, SENTENCES_READ)
    .map((sentence) => sentence.replace(/[\s.!;:,-]+$/, ""))
    .map((sentence) => sentence.replace(/^[¡¿\s-]+/, ""));
}
