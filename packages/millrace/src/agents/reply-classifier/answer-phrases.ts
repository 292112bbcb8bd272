/** How people say yes, ask something, and say that they are the wrong person. */
import type { Phrases } from "./rule.ts";

export const WRONG_PERSON: Phrases = {
  en: [
    /\b(the|my|our) (boss|manager|owner|head|person|one)( (for|of|in charge of) \w+)?('s| is)( called| named)? (mr|mrs|ms|dr|miss)\b|\b(the|our) (boss|manager|owner)( (for|of|in charge of) \w+)? (is called|goes by|'s called)\b/,
    /\b(wrong (person|guy|address|department|contact|[a-z]+ i think))\b|^(sorry )?wrong [a-z]+$/,
    /\b(no longer|not) (responsible|in charge|the (right|correct) (person|contact)|my (area|department|responsibility|job)|the decision maker|the one (who|to))\b/,
    /\b(i|he|she|they) (left|have left|has left|no longer works?|does(n't| not) work|don't work) (that|the|this|here|there|at|us|in that)\b/,
    /\b(has|have) (left|moved|retired)\b.{0,20}\b(company|firm|us|role)\b|\bi('ve| have) retired\b|\bretired in\b/,
    /\b(you|you'll|you'd|you should|please) (want to |better |should )?(talk|speak|reach out|write|contact|get in touch|ask|address) (with |to )?(instead|our [a-z ]{2,30} instead|[a-z ]{2,30}, not me)\b/,
    /\b(changed|moved to another) (jobs?|roles?|teams?|departments?)\b/,
    /\bdon't work in that\b|\bi don't (handle|deal with)\b/,
  ],
  de: [
    /\b(der|die|unser|unsere|mein|meine) (chef|chefin|leiter|leiterin|inhaber|inhaberin|zustandige)( dafur)? (heisst|ware|ist (herr|frau|der herr|die frau))\b/,
    /\b(nicht|nicht mehr) (dafur )?(zustandig|der (richtige )?ansprechpartner|die (richtige )?ansprechpartnerin|verantwortlich)\b/,
    /\b(arbeitet?|bin|ist) nicht mehr (dort|hier|bei|im unternehmen)\b|\b(unternehmen|firma) verlassen\b/,
    /\b(falsche(r|n)? (person|ansprechpartner)|da sind sie bei mir falsch|abteilung gewechselt)\b/,
    /\b(richtige(r)?|zustandige(r)?) (ansprechpartner(in)?|kontakt|kollege|kollegin) (ist|ware)\b/,
  ],
  fr: [
    /\b(le|la|mon|ma|notre) (patron|patronne|chef|cheffe|directeur|directrice|gerant|gerante|responsable),? (c'est|est|s'appelle) (m\b|mme|monsieur|madame|mr)/,
    /\bpas (la bonne personne|le bon (contact|interlocuteur)|mon (service|domaine))\b|\btrompez d'interlocuteur\b/,
    /\bne (m'occupe|travaille|fais|fait) plus (de|chez|partie|ici|dans)\b|\bquitte (cette|l'|la) ?(entreprise|societe)\b/,
    /\bpas moi qui (m'en|m'|gere|traite|suis|suit|decide|s'en|ai|a)\b/,
    /\b(suivi|gere) par (ma|mon|notre) (collegue|confrere|directeur|responsable)\b/,
  ],
  es: [
    /\b(el|la|mi|nuestr[oa]) (jef[ea]|duen[oa]|director|directora|encargad[oa]|responsable) (es|se llama) (el senor|la senora|don|dona)\b/,
    /\bno soy (la persona|el|la) (adecuad|indicad|correct|responsable|encargad)\w{0,3}\b|\bequivocado de persona\b/,
    /\bya no (trabajo|formo parte|trabaja|llevo)\b|\bdejo la empresa\b/,
    /\b(se encarga|lo lleva|lo gestiona) (mi|nuestr\w) (companer\w|coleg\w)\b|\bno llevo (ese|este) tema\b/,
  ],
  it: [
    /\b(il|la|mi[oa]|nostr[oa]) (capo|titolare|direttore|direttrice|responsabile) (e|si chiama) (il signor|la signora|il dottor|la dottoressa)\b/,
    /\bnon sono (la persona|il|la) (giust\w|corrett\w|referente|responsabile)\b|\bsbagliato persona\b|\bnon e di mia competenza\b/,
    /\bnon (lavoro|lavora|faccio|fa) piu (li|qui|parte|per|con)\b|\blasciato l'azienda\b/,
    /\bse ne occupa (il|la) (mi\w )?colleg\w\b|\bsi occupa (il|la) (mi\w )?colleg\w\b/,
  ],
  nl: [
    /\b(de|mijn|onze) (baas|chef|eigenaar|directeur|leidinggevende) (heet|is (de heer|mevrouw|meneer))\b/,
    /\bniet (de juiste|de goede) (persoon|contactpersoon)\b|\bverkeerde (voor u|persoon)\b|\bdaar ga ik niet over\b/,
    /\b(werk|werkt) (daar|hier|er) niet meer\b|\buit dienst\b|\bgeen deel meer uit\b/,
    /\b(collega \w+ (gaat|doet|is)|via mijn collega)\b/,
  ],
};

export const POSITIVE: Phrases = {
  en: [
    /^(yes|yep|yeah|yup|sure|absolutely|definitely|certainly|of course|gladly|interested|count me in|i'm in|sounds (good|great|interesting)|sign me up|let's (do it|talk|go)|works for me)( please| thanks| thank you| to me)?$/,
    /\b(i|we)('d| would| am|'m|'re| are)? (be )?(very |definitely |really |certainly )?(love|interested|keen|happy|glad|delighted) (to|in) (see|learn|hear|talk|meet|chat|speak|have|find|know|jump|discuss|take a look|seeing|learning|hearing|a demo)/,
    /\b(let's|let us|happy to|can we|could we|shall we) (schedule|set up|book|arrange|jump on|hop on|have|do|find|get) (a|an|some|this|it|\d+)\b.{0,20}\b(call|demo|meeting|chat|time|walkthrough|minutes|scheduled)\b/,
    /\b(send|drop|shoot) (me |over |us )?(an |the |a )?(invite|invitation|calendar link)\b|\bbook (me in|something in)\b/,
    /\b(monday|tuesday|wednesday|thursday|friday|tomorrow|next week|that)( \w+){0,3} (works|suits|is fine|is good|would work)( (well|best|great))?( for)?( me| us)?\b/,
    /\byes,? (let's|tuesday|monday|wednesday|thursday|friday|i'm interested|i am interested|please|happy|sounds)/,
    /\b(sounds|looks) (very |really )?(interesting|great|good|promising),? (let's|can you|could you|send|please|when|tell|happy)/,
  ],
  de: [
    /^(ja|ja gerne?|gerne?|klar|einverstanden|passt|sehr gerne?|klingt (gut|spannend|interessant))( bitte| danke)?$/,
    /^ja,? (gerne?|das|bitte|sehr|wir|lassen)\b/,
    /\b(lassen sie uns|konnen wir|wann konnen wir) .{0,20}\b(sprechen|telefonieren|reden|treffen)\b|\b(um|bitte um) einen termin\b/,
    /\bpasst (mir|uns|bei mir) (gut|sehr gut|super)\b|\b(wir sind|ich bin) (sehr )?interessiert\b|\bich habe interesse\b/,
  ],
  fr: [
    /^(oui|d'accord|volontiers|avec plaisir|ok|parfait|entendu|bien sur)( merci| avec plaisir| volontiers)?$/,
    /^oui,? (avec plaisir|volontiers|je|nous|cela|ca|montrez)\b/,
    /\b(cela|ca|votre \w+) (m'|nous )interesse\b(?! pas)|\b(prenons rendez-vous|parlons-en|organisons (une|un))\b|\b(me|nous) convient\b/,
  ],
  es: [
    /^(si|claro|vale|de acuerdo|perfecto|por supuesto|adelante)( gracias| por favor)?$/,
    /^si,? (me interesa|nos interesa|claro|por favor|hablemos|podemos)\b/,
    /(?<!no )\b(me|nos) interesa mucho\b|(?<!no )\bestamos interesados\b|\bme encantaria\b|\bagenda(r)? una reunion\b/,
  ],
  it: [
    /^(si|certo|volentieri|va bene|d'accordo|perfetto|con piacere)( grazie| volentieri)?$/,
    /^si,? (volentieri|grazie|parliamone|mi interessa|certo)\b/,
    /(?<!non )\b(mi|ci) interessa, |(?<!non )\bsiamo interessati\b|\bfissiamo (un|per)\b|\bparliamone\b/,
  ],
  nl: [
    /^(ja|ja graag|graag|prima|akkoord|zeker|klinkt goed)( bedankt| dank)?$/,
    /^ja,? (graag|prima|laten|leuk|dat)\b/,
    /\b(plan maar|laten we (afspreken|bellen|praten)|stuur (maar )?(een|de) uitnodiging|spreekt ons aan|hebben interesse|lijkt me (leuk|goed|interessant))\b/,
  ],
};

/** Asked for by their words; a question mark alone decides nothing. */
export const QUESTION: Phrases = {
  en: [
    /^(who are you|who is this|what is this( about)?|pricing|price|cost|how much|what do you (actually |exactly )?(do|sell|offer)|have we met|huh|why|what)\b.{0,20}\?/,
    /\b(how much (does|is|would|do)|what (does|would|will|do) (it|this|that|you) (cost|charge)|what's the (price|cost)|how did you get my|where did you (get|find) my)\b/,
    /\b(does|do|is|are|can|could) (it|your|you|the|this|there) .{0,60}\b(integrate|connect|support|compliant|certified|compatible|api|free (plan|trial|tier))\b.{0,40}\?/,
  ],
  de: [
    /\b(was kostet|wie viel (kostet|wurde)|was (wurde|sind) .{0,20}kosten?|wer sind sie|woher haben sie|von wem haben sie|worum geht es|was (genau )?bieten sie)\b/,
  ],
  fr: [
    /\b(combien (ca |cela )?coute|quel(s|le|les)? (est|sont|serait|seraient) (le|la|les|vos|votre) (prix|tarifs?|couts?|conditions)|qui etes-vous|comment avez-vous (eu|obtenu)|d'ou tenez-vous|de quoi s'agit)/,
  ],
  es: [
    /\b(cuanto (cuesta|vale|sale)|que precio|cual(es)? (es|son) (el|los|su|sus) (precios?|tarifas?|costes?|costos?)|quien(es)? (es|eres|son)|de donde (ha|han|has)|como consiguio|de que se trata|a que se dedica)/,
  ],
  it: [
    /\b(quanto (costa|viene)|che prezzo|qual[ei]?( e|'e| sono) (il|i|le|la|vostr\w) (vostr\w )?(prezz\w|tariff\w|cost\w)|chi siete|come avete avuto|dove avete (trovato|preso)|di cosa (si tratta|vi occupate))\b/,
  ],
  nl: [
    /\b(wat kost|wat (is|zijn) de (prijs|kosten)|wie bent u|wie zijn jullie|hoe (komt|komen) (u|jullie) aan|waar gaat dit|wat doen jullie)\b/,
  ],
};

/** Words of stopping that may mean something else: together with a model in doubt, they stop. */
export const STOP_WORDS =
  /\b(unsubscri\w{1,6}|unsubcri\w{1,4}|opt(ed|ing)?[ -]?out|remove (me|us|my|this|our)|remove|stop(?! by\b)|quit sending|no more (e?-?mails?|messages)|(take|get) (me|us|my|this) (off|out)|off (your|this|the) list|abmelden|abbestellen|austragen|verteiler|streichen|desabonn\w{1,6}|desinscri\w{1,6}|retirez|(dar|darme|den|denme|dame) de baja|cancella(temi|mi|rmi|teci)|disiscri\w{1,8}|uitschrijven|afmelden|schrijf me uit)\b/;

/** "We have changed our e-mail addresses, please use …": what a program says of an address that will end. */
export const NEW_ADDRESS =
  /\b(new|changed|updated|different) (our |my |the )?e-?mail (address(es)?|account)|\b(e-?mail )?address(es)? (has|have) (changed|moved)|\bchanged (our|my|the) e-?mail|\b(please )?(use|update to|write to|contact me (at|on)|note) (my |our |the )?new (e-?mail )?(address)?|\bneue (e-?mail-?)?adresse|\be-?mail-?adresse (hat sich geandert|lautet (jetzt|nun|kunftig))|\bnouvelle adresse( e-?mail| mail)?|\badresse (e-?mail )?a change|\bnueva direccion|\bnuovo indirizzo|\bnieuw (e-?mail)?adres|\bnovo (endereco|e-?mail)|\bnowy adres|\bny (e-?post|mejl|mail)?adress|\bny (e-?mail|mail)?-?adresse|新しい(メール)?アドレス|アドレスが変(わ|更)|新(的)?邮箱|新(的)?郵箱|邮箱(已)?(更换|变更)/;
