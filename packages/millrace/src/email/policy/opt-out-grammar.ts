/**
 * How a wish to be left alone is put together, by language: "remove" with "my address", "not" with "any more" with "write" with
 * "me". The phrases of opt-out-phrases.ts say how such wishes usually read; this hears the ones put otherwise. Data and one pure
 * function, on sentences as `sentencesOf` of opt-out-words.ts writes them: lower case, without accents.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

/** Words a sentence may hold, by what they do in it. Verbs stand as an order or a wish puts them: what was is no wish. */
interface Words {
  readonly me: string;
  /** My address, my data. */
  readonly mine: string;
  /** The list one stands on, the subscription one has. */
  readonly list: string;
  readonly remove: string;
  readonly leave: string;
  readonly cease: string;
  /** To write or to speak to. */
  readonly write: string;
  readonly send: string;
  readonly messages: string;
  /** To get, to be written to. */
  readonly receive: string;
  readonly not: string;
  readonly more: string;
  readonly want: string;
  /** One word for "want no more of". */
  readonly refuse: string;
}

const WORDS: Readonly<Partial<Record<OptOutLanguage, Words>>> = {
  en: {
    me: "me|us|this (address|e-?mail|mailbox|inbox)",
    mine: "(my|our) (company|firm|business|organi[sz]ation|team|office|domain)|(my|our|this) (e-?mail|mail|address|e-?mail address|name|data|details|contact|contact details|info|information|number|inbox|mailbox)",
    list: "lists?|databases?|mailings?|newsletters?|subscriptions?|distribution|mailing list|crm|campaigns?",
    remove:
      "remove|delete|erase|unsubscribe|drop|exclude|strike|scratch|scrub|purge|(take|keep) \\S+( \\S+){0,2} (off|out|from)|deletion|removal|erasure",
    leave:
      "leave|get off|unsubscribing|(?<=^|please |kindly |to |and |i |we )unsubscribe|cancel|cancell?ing|terminate|exit",
    cease:
      "(?<!\\b(you|we|they|he|she|who|it|ever|did|didn't|can't|cannot|won't|not|never|don't) )(stop|quit|cease|discontinue|halt(?= (all|any|these|those|this|your|the|sending|further|future|e-?mails?|mailings?|it|now|immediately)\\b))",
    write:
      "write|writing|contact|contacting|e-?mail|e-?mailing|mail|mailing|message|messaging|approach|approaching|bother|bothering|reach out",
    send: "send|sending|forward",
    messages:
      "e-?mails?|mails?|messages?|newsletters?|letters?|spam|ads|advertising|advertisements?|marketing|mailings?|promotions?|solicitations?",
    receive:
      "receive|receiving|get|getting|hear|be contacted|be e-?mailed|be written to|be approached|be messaged|be on",
    not: "not|never|no|don't|dont|do not|n't",
    more: "any ?more|more|again|further|any longer|no longer|ever|in (the )?future",
    want: "want|wish|like|care|need|desire|prefer|agree|ensure|make sure|see to it|ask|request",
    refuse: "withdraw my consent|revoke my consent|refrain|desist|abstain",
  },
  de: {
    me: "mich|mir|uns",
    mine: "(unsere[nrms]?|meine[nrms]?) (firma|unternehmen\\w*|betrieb\\w*)|(meine|unsere|diese|meinen|meiner|meines|meinem) (\\p{L}+ )?(e-?mail(-?adresse)?|mailadresse|adresse|daten|kontaktdaten|namen?|eintrags?|mail)",
    list: "verteilers?|mailverteilers?|liste|mailingliste|newsletter|datenbank|abo|abonnement|adressliste|kartei|system",
    remove:
      "streich\\w*|losch\\w*|entfern\\w*|(nehmt?|nehmen|nimm)( \\S+){0,6} (aus|von|vom|raus|heraus|runter)|austragen|(trag(en|t)?)( \\S+){0,6} aus|raus(nehmen)?|herausnehmen|tilg\\w*|abmeld\\w*|rauswerfen|werft|schmeissen|loschung",
    leave: "kundig\\w*|abbestell\\w*|abmeld\\w*|beend\\w*|storn\\w*|raus|austragen",
    cease:
      "(hor\\w* .{0,30}\\bauf|aufhoren|aufzuhoren|stopp\\w*|unterlass\\w*|lasst|sein lassen|einstell\\w*|absehen|seh(en|t)? .{0,60}\\bab|verschon\\w*|spar(en|t)? (sie )?sich)",
    write:
      "schreib(en|t|e)?|zu schreiben|anschreiben|anzuschreiben|kontaktier\\w*|mailen|melden|anmailen|belastig\\w*|kontakt\\w*|kontaktaufnahmen?",
    send: "schick(en|t|e)?|send(en|et|e)?|zuschicken|zusenden|verschicken",
    messages:
      "e-?mails?|mails?|nachrichten|newsletter|werbung|werbemails?|post|so etwas|sowas|so was|zeug|spam|zusendung\\w*|angebote mehr|anschreiben|werbe\\w*|anfragen",
    receive: "erhalten|bekommen|kriegen|horen|kontaktiert|angeschrieben|angemailt|belastigt",
    not: "nicht|nie|nichts|keine?[nrms]?|niemals",
    more: "mehr|wieder|weiter|weitere[nrms]?|langer|kunftig|zukunftig|in zukunft|nochmals?",
    want: "will|wollen|mochten?|wunschen?|wunscht|brauche?n?|bitten",
    refuse: "verbitten?|untersagen?|widersprechen?|widerrufen?",
  },
  fr: {
    me: "me|moi|m'\\w*|nous",
    mine: "(notre|mon) (societe|entreprise|organisation)|(mon|mes|notre|nos|cette|l') ?(adresse|e-?mail|mail|nom|donnees|coordonnees|contact|courriel)",
    list: "listes?|fichiers?|base( de donnees)?|newsletter|abonnement|mailing|diffusion|bases",
    remove:
      "retir\\w*|supprim\\w*|enlev\\w*|effac\\w*|ray(er|ez|e)|radi\\w*|desinscri\\w*|desabonn\\w*|sort(ez|ir)|otez|oter|suppression|effacement",
    leave: "resili\\w*|annul\\w*|quitt\\w*|me desabonner|me desinscrire|sortir|mettre fin",
    cease: "arret(e|er|ez)|cess(e|er|ez)|stop(per|pez)? (aux|les|avec|vos)",
    write:
      "(re)?(ecrire|ecrivez|contact(er|ez)|sollicit(er|ez)|demarch(er|ez)|relanc(er|ez)|importun(er|ez)|derang(er|ez))",
    send: "envo(yer|yez|ie|i|is)|adress(er|ez)",
    messages:
      "e-?mails?|mails?|messages?|courriels?|newsletters?|publicites?|pubs?|spams?|envois?|sollicitations?|relances?|demarchage",
    receive:
      "recevoir|avoir|etre (\\w+ )?(contactee?s?|sollicitee?s?|demarchee?s?|relancee?s?|derangee?s?|recontactee?s?)",
    not: "inutile|ne|n'\\w*|aucune?|pas|jamais|n",
    more: "plus|jamais|desormais|davantage|a nouveau",
    want: "veux|voulons|souhaite|souhaitons|desire|desirons|voudrais|aimerais|demande|prie|prefer\\w+|souhaiterais",
    refuse: "m'oppose|retire mon consentement|refuse de",
  },
  es: {
    me: "me|nos|\\w+(en|ar|er|ir|ad|id|e|an|a)(me|nos)",
    mine: "(mi|mis|nuestra?o?s?|este|esta) (correo( electronico)?|direccion( de correo)?|e-?mail|mail|nombre|datos|cuenta|contacto)",
    list: "listas?|base( de datos)?|boletin|newsletter|suscripcion|registros?|fichero|envios",
    remove:
      "elimin(en|e|ar|a|ad)(me|nos|lo|la)?|borr(en|e|ar|a|ad)(me|nos|lo|la)?|quit(en|e|ar|a|ad)(me|nos|lo|la)?|saqu(en|e)(me|nos)?|sacar(me|nos)?|retir(en|e|ar)(me|nos)?|den(me|nos)? de baja|dar(me|nos)? de baja|remuev(an|a)(me)?|suprim(an|a|ir)(me|nos)?|eliminacion|supresion",
    leave: "cancel(ar|en|e|o)|anul(ar|en|e|o)|darme de baja|salir|salirme|borrarme",
    cease: "dej(en|e|ar|ad|a) de|par(en|e|ar) de|ces(en|e|ar)|basta de|absteng\\w* de",
    write:
      "escrib(an|a|ir|irme|irnos|anme|ame)|contact(en|e|ar|arme|arnos|enme|eme)|molest(en|e|ar|arme)|vuelv(an|a) a \\w+",
    send: "envi(en|e|ar|arme|arnos|enme|eme)|mand(en|e|ar|arme|arnos|enme|eme)|remit(an|a|ir)",
    messages: "correos?|e-?mails?|mails?|mensajes?|publicidad|newsletters?|boletines|comunicaciones|spam|propaganda",
    receive: "recibir(los|las)?|ser (re)?contactad[oa]s?|seguir recibiendo|recibiendo|que me \\w+",
    not: "no|nunca|jamas|ningun\\w*|ni",
    more: "mas|nunca|jamas|de nuevo|otra vez|vuelv(an|a)|ya|nuevamente",
    want: "quier(o|emos)|dese(o|amos)|solicito|ruego|pido|pedimos|quisiera|interesa|prefiero|preferi\\w+|agradeceria\\w*|rogaria\\w*|gustaria",
    refuse: "me opongo|revoco mi consentimiento|retiro mi consentimiento",
  },
  it: {
    me: "mi|ci|\\w+(te|r|emi|ami|imi|i)(mi|ci)",
    mine: "(il mio|la mia|i miei|il nostro|questo|questa|mio|miei) (indirizzo|e-?mail|mail|nome|nominativo|dati|contatto|recapito)",
    list: "list[ae]|elenc\\w+|database|newsletter|iscrizione|mailing list|archivi\\w*|abbonamento|rubrica",
    remove:
      "rimuov\\w+|cancell(ate|are|i|a|armi|atemi|ami|arci)|togli\\w*|toglie\\w*|elimin(ate|are|i|a|armi|atemi)|depenn\\w+|disiscriv\\w+|tolga(mi)?|cancellazione|rimozione",
    leave: "annull(are|ate|o|i)|disdi\\w+|disiscriver\\w+|uscire|cancellarmi|recedere",
    cease: "smett\\w+|finite\\w* di|piantat\\w+|basta|interromp\\w+|cessat\\w+|evitat\\w+",
    write:
      "scriv(ete|ere|i|etemi|ermi|imi|eteci|erci)|contatt(ate|are|i|atemi|armi|ateci|arci)|disturb(ate|are|i|atemi|armi)|ricontatt\\w+",
    send: "invi(ate|are|i|a|atemi|armi|ateci)|mand(ate|are|i|a|atemi|armi)|sped(ite|ire)\\w*",
    messages: "e-?mail|mail|messagg\\w+|newsletter|pubblicita|comunicazion\\w+|spam|posta",
    receive: "ricevere|riceverne|riceverl\\w|esser\\w* (ri)?contattat\\w|avere|sentirvi|essere disturbat\\w",
    not: "non|mai|ness\\w+|no",
    more: "piu|mai piu|ancora|altr[eio]|ulterior\\w+|ricontatt\\w+|in futuro|nuovamente",
    want: "vogli(o|amo)|desider(o|iamo)|vorre(i|mmo)|chied(o|iamo)|prego|pregh\\w+|gradi\\w+|intendo|preferi\\w+",
    refuse: "diffid\\w+|mi oppongo|revoco il consenso|ritiro il consenso",
  },
  nl: {
    me: "mij|me|ons",
    mine: "(mijn|ons|onze|dit) (e-?mail(adres)?|mail(adres)?|adres|gegevens|naam|data)",
    list: "\\w*lijst(en)?|bestand|\\w*database|nieuwsbrief|abonnement|mailing(s|lijst)?|systeem|adressenbestand|deze mails|deze e-?mails",
    remove:
      "verwijder(en|t)?|verwijdering|haal|halen|schrap(pen)?|wis(sen)?|schrijf .{0,40}\\b(uit|af)|uitschrijven|uit te schrijven|verwijderd|gehaald|eraf",
    leave: "opzeggen|zeg|afmelden|uitschrijven|stopzetten|beeindig\\w*|annuleren",
    cease: "stop(pen|t)?( (alstublieft|aub|nu))?( eens)? met|houd(en)? op( met)?|ophouden|staak",
    write:
      "schrijf|schrijven|mailen|mail|benader(en)?|contacteren|contacteer|contact|lastigvallen|lastig te vallen|e-?mailen",
    send: "stuur|sturen|zend|zenden|toesturen|toezenden",
    messages: "e-?mails?|mails?|berichten|nieuwsbrie(f|ven)|reclame|post|spam|mailtjes|aanbiedingen",
    receive:
      "ontvangen|krijgen|horen|(benaderd|gemaild|gecontacteerd|aangeschreven|lastiggevallen) (te )?(worden|word)|worden (benaderd|gemaild|gecontacteerd|aangeschreven)",
    not: "niet|geen|nooit|niets",
    more: "meer|verder|verdere|langer|opnieuw|nogmaals|weer|voortaan",
    want: "wil(len|t)?|wens(en)?|graag|verzoek|hoef(t|ven)?|liever|verkies",
    refuse: "trek mijn toestemming in|maak bezwaar",
  },
  pt: {
    me: "me|nos|mim|\\w+-(me|nos)",
    mine: "((o |a |os |as )?(meus?|minhas?|noss[oa]s?)|est[ea]) (e-?mail|endereco( de e-?mail)?|nome|dados|contacto|contato|cadastro|correio)",
    list: "listas?|base( de dados)?|newsletter|subscricao|inscricao|cadastro|recebimento|assinatura|mailing|registos?|registros?",
    remove:
      "remov(am|a|er)|retir(em|e|ar)|tir(em|e|ar)|elimin(em|e|ar)|apag(uem|ue|ar)|exclu(am|a|ir)|excluam-me|descadastr\\w+|risqu\\w+|eliminacao|remocao|exclusao",
    leave: "cancel(ar|em|e|o)|anul(ar|em|e)|sair|descadastrar|deixar",
    cease: "par(em|e|ar) (com|de)|para de (me|nos)|deix(em|e|ar) de|cess(em|e|ar)|chega de|basta de",
    write: "escrev(am|a|er)|contac?t(em|e|ar)|incomod(em|e|ar)|volt(em|e|ar) a \\w+",
    send: "envi(em|e|ar)|mand(em|e|ar)|remet(am|er)",
    messages: "e-?mails?|mails?|mensage(m|ns)|publicidade|propaganda|comunicac\\w+|newsletters?|spam|correio",
    receive: "receber|ser (re)?contac?tad[oa]s?|ser incomodad[oa]s?|continuar a receber",
    not: "nao|nunca|jamais|nenhum\\w*|nem",
    more: "mais|nunca|novamente|de novo|outra vez|volt(em|e)",
    want: "quer(o|emos)|desej(o|amos)|gostaria|solicito|peco|pretendo|prefiro|preferi\\w+|agradec\\w+",
    refuse: "nao autoriz\\w+|revogo o consentimento|retiro o consentimento|oponho-me",
  },
  pl: {
    me: "mnie|mi|nas|nam|mna|nami",
    mine: "(moj|moje|mojego|moich|moja|nasz|nasze|naszego|naszych|ten) (adres\\w*|e-?mail\\w*|mail\\w*|dan\\w+|nazwisk\\w+|kontakt\\w*)|mych danych",
    list: "list[yae]|baz[yae]|newsletter\\w*|subskrypcj\\w+|mailing\\w*|prenumerat\\w+|bazie",
    remove: "usun\\w*|wypisz\\w*|wypisac|wypisanie|wykresl\\w*|skresl\\w*|skasuj\\w*|skasowa\\w*",
    leave: "anul\\w+|rezygn\\w+|wypisac sie|wypisuje sie|zakonczyc",
    cease: "przesta\\w+|zaprzesta\\w+|koniec z|dosc",
    write: "pisac|pisz(cie)?|kontaktowac|kontaktuj(cie)?|kontaktu|niepokoic|mailowac|odzywac",
    send: "wysyla\\w+|przysyla\\w+|przesyla\\w+|slac",
    messages: "maile|maili|e-?maili|wiadomosci|reklam\\w*|newsletter\\w*|spamu?|korespondencj\\w*|ofert",
    receive: "otrzymywac|dostawac|kontaktu|byc \\w+",
    not: "nie|zadn\\w+|nigdy|bez",
    more: "wiecej|juz|nigdy|dalsz\\w+|kolejn\\w+|ponownie",
    want: "chc(e|emy)|zycz(e|ymy)|prosz(e)?|prosimy|zadam|wole|wolal\\w+|prosil\\w+|chcial\\w+",
    refuse:
      "nieprzesylani\\w+|niewysylani\\w+|niekontaktowani\\w+|niepisani\\w+|wycofuje zgode|cofam zgode|sprzeciwiam sie",
  },
  sv: {
    me: "mig|oss",
    mine: "(min|mitt|mina|var|vart|vara|denna|den har) (\\w*adress|e-?post\\w*|mejl\\w*|mail\\w*|uppgifter|namn)",
    list: "\\w*lista(n)?|\\w*listor|register|registret|\\w*utskick\\w*|nyhetsbrev\\w*|prenumeration\\w*|databas\\w*",
    remove: "ta bort|radera|stryk|plocka bort|avregistrera|avanmal\\w*|rensa|lyft bort|tas bort|bli borttagen",
    leave: "avsluta|sag(a)? upp|avbryt\\w*|avregistrera|avprenumerera|lamna|ga ur",
    cease: "sluta( upp)?( att)?|upphor(a)?( att)?|lagg av( med)?|lat bli( att)?",
    write: "skriv(a|er)?|kontakta(r|t)?|mejla|maila|stora|hor(a)? av (dig|er)|kontakt",
    send: "skicka|sand(a)?",
    messages: "mejl|mail|e-?post|meddelanden|utskick|reklam|nyhetsbrev|spam|erbjudanden",
    receive: "fa|ha|ta emot|bli (kontaktad|mejlad|stord)|motta|fler",
    not: "inte|ej|aldrig|inga|ingen|inget",
    more: "mer|fler|igen|langre|ytterligare|vidare|framover",
    want: "vill|onskar|skulle vilja|behover|foredrar|helst",
    refuse: "undanber|avbojer utskick|aterkallar mitt samtycke",
  },
  da: {
    me: "mig|os|meg|oss",
    mine: "(min|mit|mine|vores|denne) (\\w*adresse|e-?mail\\w*|mail\\w*|e-?post\\w*|oplysninger|opplysninger|navn|data)",
    list: "\\w*liste(n|r)?|kartotek\\w*|register|registeret|nyhedsbrev\\w*|nyhetsbrev\\w*|abonnement\\w*|database\\w*|udsendelse\\w*",
    remove:
      "fjern\\w*|slet(tes?)?|slette|stryg|stryk|afmeld\\w*|frameld\\w*|avmeld\\w*|ta(g)? (mig|os|meg|oss) (af|ud|av)|slett",
    leave: "opsig\\w*|afmeld\\w*|frameld\\w*|avslutt\\w*|afslut\\w*|si opp",
    cease: "stop(p)?( nu| venligst)?( med)?|hold( nu| venligst)? op|slutt|lad vaere( med)?( at)?|la vaere( a)?",
    write: "skriv(e)?|kontakt(e)?|maile?|forstyr\\w*|henvend(e)?",
    send: "send(e)?",
    messages: "mails?|e-?mails?|e-?post\\w*|beskeder|meldinger|reklame\\w*|nyhedsbreve|nyhetsbrev|henvendelser|spam",
    receive: "modtage|motta|fa|have|ha|(blive|bli) (kontaktet|skrevet)|kontaktes|hore",
    not: "ikke|aldrig|aldri|ingen|ej",
    more: "mere|mer|flere|igen|igjen|laengere|lenger|yderligere|fremover",
    want: "vil|onsker|ville gerne|behover|foretraekker|helst",
    refuse: "frabeder|frasier|traekker mit samtykke",
  },
};

/** Longer sentences say more than one thing. */
const LONGEST = 130;
/** A sentence so short has room for one thing alone. */
const SHORT = 45;
/** What others do or did, and questions about it, are no wish of the one who writes. */
const OTHERS =
  /\b(they|he|she|nobody|no one|none of you|sie haben|niemand|ils|elle|personne|ellos|nadie|loro|nessuno|zij|hij|eles|ninguem|oni|nikt|ingen har|de har|han|hun|hon|why|how|warum|wieso|wie|pourquoi|comment|por que|como|perche|come|waarom|hoe|dlaczego|jak|varfor|hur|hvorfor|hvordan)\b/;
/** What came or went, or did not. */
const CAME =
  /\b(g[eo]t|gotten|received?|came|come|arriv\w+|seen|bekomm\w*|bekam\w*|erhalt\w*|erhielt\w*|kam(en)?|gekommen|recus?|recois|recevons|recib\w+|llega\w*|ricev\w+|arriva\w*|krijg\w*|kreeg|gekregen|ontv\w+|receb\w+|cheg\w+|dosta[lj]\w*|otrzym[au]\w*|geplant|planned|prevue?s?|previst[oa]s?|planerad|planlagt|fatt|far|kommit|faet|fatt|modtag\w*|kommet)\b/;
/** A question that asks for something else than to be left alone. */
const ASKS =
  /^(do|does|did|is|are|was|were|have|has|what|which|when|where|who|was|welche|wann|wo|quel\w*|quand|ou|que|cual\w*|cuando|cosa|quale|quando|wat|welke|wanneer|qual|co|kiedy|vad|nar|hvad|hvornar) .*\?$/;
/** What is left is one's own, with someone else: "our subscription with your competitor". */
const NOT_YOURS =
  /\b(our|unser\w*|notre|nos|nuestr\w+|nostr\w+|onze|noss\w+|nasz\w*|vart|vara|vores|vare|competitors?|wettbewerb\w*|konkurr\w+|concurren\w+|competidor\w*|concorren\w+|vendors?|providers?|anbieters?|fournisseurs?|proveedor\w*|fornitor\w+|leverancier\w*|fornecedor\w*|dostawc\w+|leverantor\w*|leverandor\w*|hubspot)\b/;
const CLAUSE = /[,;:]| (?:and|und|et|y|e|ed|og|och|en|oraz) /;

/** What a filter stops, or how much of it: nothing is wished. */
const FILTERED = /\b(\p{L}*filter\p{L}*|filtr\p{L}*|filtro\p{L}*|firewall)\b|\d ?%/u;

/** To be taken off, said of oneself. */
const REMOVED =
  /\b(be (removed|taken off|deleted|unsubscribed)|(gestrichen|ausgetragen|geloscht|entfernt|abgemeldet) werden|etre (desinscrite?|desabonnee?|retiree?|supprimee?|enlevee?|radiee?)|ser (eliminad[oa]|borrad[oa]|dad[oa] de baja|removid[oa]|retirad[oa]|excluid[oa])|esser[ei]? (rimoss[oa]|cancellat[oa]|tolt[oa]|disiscritt[oa])|(verwijderd|uitgeschreven|geschrapt|afgemeld) (te )?worden|zostac (usuniet\w+|wypisan\w+|wykreslon\w+)|bli(va|ve)? (borttagen|avregistrerad|struken|slettet|fjernet|afmeldt|slettet|avmeldt))\b/;
/** A wish, or a place one can be taken off. */
const FROM_WHAT =
  /\b(want|wish|like|would|please|ask|mochte|wurde|will|bitte|souhaite|veux|voudrais|demande|merci|quiero|deseo|solicito|quisiera|por favor|voglio|vorrei|chiedo|desidero|wil|graag|verzoek|quero|gostaria|desejo|peco|chce|prosze|vill|onskar|onsker|vil gerne|bede om|list\w*|verteiler|database|datenbank|fichiers?|base|elenco|bestand|lista|baz[ya]|register|kartotek)\b/;

/** Someone by title and name. */
const TITLED =
  /\b(mr|mrs|ms|miss|dr|dra|prof|professor\w*|profesora?|sir|dame|judge|herrn?|frau|mme|madame|monsieur|maitre|docteur|sra?|senora?|doctora?|sig|sigra|signora?|dott|dottoressa|dottore|avv|avvocato|ing|geom|dhr|de heer|mevr|mevrouw|meneer|senhora?|doutora?|pana|pania|pani|inz|mgr|dyrektora|prezesa|profesora|herr|fru|hr|doktor|direktor\w*) \p{L}{2}/u;
/** Another is to be put there. */
const ADDED =
  /\b(add|adding|replace|swap|put|instead|auf|ersetz\w*|hinzu\w*|ajout\w*|remplac\w*|anad\w*|reemplaz\w*|aggiung\w*|sostitu\w*|toevoeg\w*|toe te voegen|vervang\w*|adicion\w*|acrescent\w*|dodac|dodaj\w*|zastap\w*|lagg till|ersatt\w*|tilfoj\w*|erstat\w*)\b/;

type Slots = Readonly<Record<keyof Words | "writeLast" | "moreLast", RegExp>>;

const SLOTS = Object.entries(WORDS).map(([language, words]): readonly [OptOutLanguage, Slots] => [
  language as OptOutLanguage,
  Object.fromEntries(
    [...Object.entries(words), ["writeLast", `(${words.write})$`], ["moreLast", `(${words.more})$`]].map(
      ([slot, pattern]) => [slot, whole(pattern)],
    ),
  ) as Slots,
]);

function whole(pattern = ""): RegExp {
  return new RegExp(`(?<![\\p{L}\\d-])(?:${pattern})(?![\\p{L}\\d])`, "u");
}

/**
 * The language in which a sentence, as a whole, wishes for no more messages.
 * @param sentence one of `sentencesOf`; doubts are judged by the caller.
 */
export function wishByGrammar(sentence: string): OptOutLanguage | undefined {
  if (sentence.length > LONGEST || [OTHERS, ASKS, FILTERED].some((said) => said.test(sentence))) return undefined;
  const clauses = sentence.split(CLAUSE);
  return SLOTS.find(
    ([, slots]) => isEnd(sentence, slots) || clauses.some((clause) => isEnd(clause, slots) || isWishIn(clause, slots)),
  )?.[0];
}

/** "Hören Sie auf, mir zu schreiben": an order to end may go on behind a comma. Who wants to end what they do themselves is not the one written to. */
function isEnd(sentence: string, slots: Slots): boolean {
  const has = (slot: keyof Words) => slots[slot].test(sentence);
  if (has("not") || !has("cease") || NOT_YOURS.test(sentence)) return false;
  if (has("write") && has("me")) return true;
  if (has("want") && !has("receive")) return false;
  if (sentence.length < SHORT && (has("messages") || slots.writeLast.test(sentence))) return true;
  return (has("send") || has("receive")) && has("messages");
}

function isWishIn(clause: string, slots: Slots): boolean {
  const has = (slot: keyof Slots) => slots[slot].test(clause);
  if (has("not")) {
    if (has("cease") || has("remove")) return false;
    if (has("refuse")) return has("messages") || has("write");
    if (has("want") && has("receive") && (has("messages") || has("more"))) return true;
    // "No more mails": nothing is said of what came or went.
    const isAll =
      !NOT_YOURS.test(clause) &&
      clause.length < SHORT &&
      !CAME.test(clause) &&
      !has("receive") &&
      !has("want") &&
      !has("send");
    if (isAll && has("more") && has("messages")) return true;
    return has("more") && has("me") && (has("write") || (has("send") && (has("messages") || has("moreLast"))));
  }
  if (has("refuse")) return has("messages") || has("write") || has("mine") || has("more");
  if (REMOVED.test(clause) && FROM_WHAT.test(clause)) return true;
  if (has("remove") && (has("mine") || (has("me") && has("list")))) return true;
  // An assistant asks for the one the letters come to.
  if (has("remove") && has("list") && TITLED.test(clause) && !NOT_YOURS.test(clause) && !ADDED.test(clause))
    return true;
  const left = slots.leave.exec(clause);
  return left !== null && has("list") && !NOT_YOURS.test(clause) && clause.length - left.index < 50;
}
