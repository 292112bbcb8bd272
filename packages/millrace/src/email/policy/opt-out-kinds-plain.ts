/**
 * More kinds for opt-out-kinds.ts, in all twelve languages side by side: "please stop" and nothing else, off the list, this as one's
 * unsubscribing, that the school gets no more of these, our practice not to be written to, never signed up, for the third time. Data alone.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

const HOUSE_EN =
  "(?:practice|school|office|firm|company|clinic|business|shop|church|parish|charity|club|nursery|hotel|farm|department|team|hospital|surgery|studio|library|museum|family)";
const HOUSE_DE =
  "(?:praxis|schule|buro|firma|kanzlei|klinik|betrieb|laden|kirche|gemeinde|verein|kita|kindergarten|hotel|hof|abteilung|team|krankenhaus|werkstatt|bibliothek|museum|familie|haus)";
const HOUSE_FR =
  "(?:cabinet|ecole|bureau|societe|entreprise|clinique|boutique|magasin|eglise|paroisse|association|club|creche|hotel|ferme|service|equipe|hopital|atelier|bibliotheque|musee|famille|mairie)";
const HOUSE_ES =
  "(?:consulta|colegio|escuela|oficina|empresa|clinica|tienda|iglesia|parroquia|asociacion|club|guarderia|hotel|finca|departamento|equipo|hospital|taller|biblioteca|museo|familia|despacho)";
const HOUSE_IT =
  "(?:studio|scuola|ufficio|azienda|ditta|clinica|negozio|chiesa|parrocchia|associazione|circolo|asilo|albergo|hotel|fattoria|reparto|squadra|ospedale|officina|biblioteca|museo|famiglia|farmacia)";
const HOUSE_NL =
  "(?:praktijk|school|kantoor|bedrijf|firma|kliniek|winkel|kerk|parochie|vereniging|club|creche|hotel|boerderij|afdeling|team|ziekenhuis|werkplaats|bibliotheek|museum|gezin|familie)";
const HOUSE_PT =
  "(?:consultorio|escola|escritorio|empresa|clinica|loja|igreja|paroquia|associacao|clube|creche|hotel|quinta|departamento|equipa|equipe|hospital|oficina|biblioteca|museu|familia|gabinete)";
const HOUSE_PL =
  "(?:gabinet\\w*|szko\\w+|biur\\w+|firm\\w+|klinik\\w*|sklep\\w*|kosci\\w+|parafi\\w*|stowarzyszeni\\w*|klub\\w*|przedszkol\\w*|hotel\\w*|gospodarstw\\w*|dzial\\w*|zespol\\w*|szpital\\w*|warsztat\\w*|bibliotek\\w*|muze\\w+|rodzin\\w*|kancelari\\w*)";
const HOUSE_SV =
  "(?:mottagning(?:en)?|skola(?:n)?|kontor(?:et)?|foretag(?:et)?|firma(?:n)?|klinik(?:en)?|butik(?:en)?|kyrka(?:n)?|forsamling(?:en)?|forening(?:en)?|klubb(?:en)?|forskola(?:n)?|hotell(?:et)?|gard(?:en)?|avdelning(?:en)?|sjukhus(?:et)?|verkstad(?:en)?|bibliotek(?:et)?|museum|museet|familj(?:en)?)";
const HOUSE_DA =
  "(?:klinik(?:ken)?|skole(?:n)?|kontor(?:et)?|firma(?:et)?|virksomhed(?:en)?|butik(?:ken)?|kirke(?:n)?|menighed(?:en)?|forening(?:en)?|klub(?:ben)?|bornehave(?:n)?|hotel(?:let)?|gard(?:en)?|afdeling(?:en)?|hospital(?:et)?|vaerksted(?:et)?|bibliotek(?:et)?|museum|museet|familie(?:n)?|praksis)";
const HOUSE_JA = "(?:当院|当校|当社|弊社|当店|当園|当寺|当館|当会|当方|学校|病院|幼稚園|保育園|事務所|うち)";
const HOUSE_ZH =
  "(?:诊所|診所|学校|學校|公司|单位|單位|办公室|店里|店|幼儿园|医院|醫院|教会|协会|部门|图书馆|博物馆|工厂|家里)";

export const KINDS_OF_PLAIN: Readonly<Partial<Record<OptOutLanguage, readonly RegExp[]>>> = {
  en: [
    /\bexclude (?:it|this|them) from (?:your|all|any) (?:future )?(?:mailings?|e-?mails?|mail-?outs?|newsletters?|lists?)$/,
    /^(?:i'm|i am|we're|we are|i|we) (?:hereby |now )?(?:unsubscribing|opting out)(?: (?:now|from (?:this|these|your|all)\b.{0,24}))?$|^(?:take me |get me )?off,? please$/,
    /\b(?:would|is|might|could) it be possible (?:to no longer|not to|to stop|to not) (?:receive|receiving|get|getting) (?:these|this|them|your \w+|any more(?: of (?:these|this))?)$|\bis it possible (?:to no longer|not to) (?:receive|get) (?:these|this|them)$/,
    /^(?:please )?(?:leave|let) (?:me|us) (?:in peace|be|alone)(?: please| thanks| now)*$|\b(?:respect|accept|note) that (?:i|we) (?:do not|don't|would rather not) (?:wish|want)? ?(?:to )?be (?:contacted|written to|e-?mailed|approached)\b/,
    /\b(?:please )?(?:do not|don't) send (?:the|a|any) (?:follow-?up|reminder)s? (?:either|too),? (?:or|nor) any(?:thing)?(?: other| else)?\b|\b(?:mine's|mine is|it's|that's) a no to (?:all|any) (?:future|further|more)\b/,
    /^(?:please,? )?no spam(?: please| pls| plz| thanks)*$|^(?:can|could) this (?:please )?be the last(?: one| e-?mail| message)?(?: please)?$/,
    new RegExp(
      `\\b(?:do not|don't|never|please not|stop) (?:contact(?:ing)?|write to|writing to|e-?mail(?:ing)?|mail(?:ing)?|approach(?:ing)?) (?:this|our|my|the) ${HOUSE_EN}(?: (?:again|any ?more|any longer|ever again|in future|please|thanks))*$`,
    ),
    /\b(?:consider|take|treat|regard|count) (?:this|it)(?: e-?mail| message| reply| note)?(?: please)?(?: as| to be)? (?:my|our|a|an) (?:formal |official )?(?:unsubscribe|unsubscribing|opt-?out|unsubscription|removal request|request to (?:be removed|stop|unsubscribe)|cancellation of (?:your|the) (?:newsletter|mailings?))/,
    /\b(?:i'd|i would|we'd|we would|i|we) (?:like|want|wish|need) (?:to be |to get )?(?:off|out of) (?:this|your|the|that|any) (?:\w+ )?(?:list|mailing list|mailings?|database|newsletter)\b/,
    new RegExp(
      `\\b(?:see|make sure|ensure|arrange)(?: to it)?(?: that)? (?:our|the|this|my) ${HOUSE_EN} (?:gets?|receives?|is sent|sees) no(?:thing)? (?:more|further)(?: (?:of (?:these|this|them|it|your \\w+)|e-?mails?|mails?|messages?|from you))?$`,
    ),
    /\byou can (?:cross|strike|take|scratch) (?:us|me) (?:out|off)\b|\b(?:delete|remove|erase) (?:his|her|their) (?:address|e-?mail|name|details) and (?:do not|don't|never) (?:write|mail|e-?mail|send)\b/,
  ],
  de: [
    /^(?:ich|wir) meld(?:e|en) (?:mich|uns) (?:hiermit|vom (?:newsletter|verteiler)|von (?:ihrer|eurer|dieser|der) liste)(?: hiermit)?(?: bitte)? ab$/,
    /\b(?:ware|ist) es (?:\p{L}+ )?moglich,? (?:das|dies|diese (?:mails?|nachrichten)|solche (?:mails?|nachrichten)) nicht (?:mehr|langer|weiter) zu (?:bekommen|erhalten|kriegen)$/u,
    /^(?:bitte )?nichts (?:mehr|weiter) (?:davon|von (?:dem|all dem|ihnen|euch))(?: bitte| danke)*$|\b(?:respektier|akzeptier)\p{L}* sie(?: bitte)?,? dass (?:wir|ich) nicht (?:mehr )?(?:kontaktiert|angeschrieben|angesprochen) werden\b/u,
    /\b(?:kann|konnte|darf) (?:das|dies)(?: bitte)? die letzte (?:gewesen |mail |nachricht )*(?:sein|bleiben)$|\bkeine erinnerung(?:en)? und nichts (?:anderes|weiteres)? ?mehr (?:schicken|senden)\b/,
    new RegExp(
      `\\b(?:bitte )?(?:die|unsere?|diese|das|unser|dieses|den|unseren) ${HOUSE_DE} (?:bitte |kunftig |in zukunft )*(?:nicht mehr|nie wieder|nie mehr|nicht weiter) (?:anschreiben|kontaktieren|anmailen|behelligen|belastigen)\\b`,
    ),
    /\b(?:betracht|seh|nehm|wert|versteh)\p{L}* sie (?:das|dies|diese (?:mail|nachricht|antwort))(?: bitte)? als (?:meine |unsere |eine )?(?:\p{L}*abmeldung|abbestellung|kundigung des newsletters|widerspruch|loschantrag|austragung)/u,
    /\b(?:will|wollen|mochte|mochten) (?:bitte |gern )?(?:von|aus) (?:der|dieser|ihrer|eurer|dem|diesem|ihrem|eurem) (?:\p{L}*liste|\p{L}*verteiler|\p{L}*datenbank) (?:runter|herunter|raus|heraus|weg|verschwinden)\b/u,
    new RegExp(
      `\\b(?:sorg|schau|veranlass|mach)\\p{L}*\\b.{0,26}\\bdass (?:die|unsere?|diese|das|unser|der) ${HOUSE_DE} (?:das|so etwas|sowas|davon|diese \\p{L}+|keine \\p{L}+|nichts)(?: nicht)?(?: mehr)?(?: davon)? (?:bekommt|erhalt|kriegt)`,
      "u",
    ),
    /\b(?:nie|nicht|niemals) (?:angemeldet|eingetragen|registriert|bestellt|abonniert),? (?:also |daher |und )?(?:bitte )?(?:entfernen|loschen|streichen|austragen|abmelden)\b|\bloschen sie (?:ihre|seine) adresse und (?:schreiben|mailen|schicken) sie\b.{0,14}\b(?:nicht|nichts|nie) mehr\b/,
    /\bmocht\p{L}* (?:das|dies|so etwas|sowas) nicht (?:mehr|langer|weiter) (?:bekommen|erhalten|kriegen|haben)\b/u,
  ],
  fr: [
    /^(?:je me|nous nous) (?:desinscris|desabonne|desinscrivons|desabonnons)(?: (?:de|par la presente)\b.{0,24})?$/,
    /\b(?:serait|est)-(?:il|ce) possible de ne plus (?:recevoir|avoir) (?:ces (?:messages|mails|courriels|envois)|ceci|cela|ca|vos (?:messages|mails|courriels|envois))$/,
    /^plus rien (?:de tout ca|de tout cela|de ce genre|de votre part)(?:,? (?:merci|svp))*$|\bnotre souhait de ne (?:pas|plus) etre (?:contacte|sollicite|demarche)\w*\b|\brespecte[rz]? (?:le fait )?que (?:nous|je) ne (?:souhait|voul|veu|desir)\w+ (?:pas|plus) etre (?:contacte|sollicite)\w*/,
    /\b(?:ca|cela|ceci|ce) (?:peut|pourrait) etre le dernier(?: message| mail)?(?:,? (?:s'il vous plait|svp|merci))*$|\bn'envoyez pas (?:la|de) relance\b.{0,14}\bni aucun\w*/,
    /^(?:merci d'arreter|arretez(?: svp| merci)?|veuillez arreter|stop,? merci)(?:(?: tout)? (?:ca|cela|svp|maintenant|la|s'il vous plait))*$/,
    /\b(?:on|nous|je) (?:ne )?(?:veut|voulons|veux|souhaite|souhaitons) plus (?:recevoir|avoir|lire|voir) (?:ca|cela|ces \w+|ce genre\b.{0,20}|tout ca)$/,
    /\b(?:premiere|deuxieme|seconde|troisieme|quatrieme|enieme|derniere) (?:fois|demande|rappel)\b.{0,30}\bplus de (?:courriers?|mails?|e-?mails?|messages?|courriels?)\b/,
    new RegExp(
      `\\b(?:faites|fais|veillez|assurez)\\b.{0,20}\\bque (?:l'|la |le |notre |cette |ce )${HOUSE_FR} (?:n'en |ne )(?:recoive|recoivent|ait) plus\\b`,
    ),
    /\b(?:considerez|prenez|regardez|traitez) (?:ceci|cela|ce (?:mail|message)|cette reponse) comme (?:ma |mon |notre |une )(?:desinscription|desabonnement|opposition|demande de (?:desinscription|suppression|retrait))\b/,
  ],
  es: [
    /^(?:por la presente )?me doy de baja(?: de (?:la|esta|su) .{0,24})?$|^(?:por favor,? )?no vuelvan? a (?:escribir|contactar)(?:nos|me)?(?: por favor| gracias)*$/,
    /\b(?:seria|es) posible (?:dejar de|no) recibir (?:mas )?(?:esto|estos (?:correos|mensajes)|estas cosas|sus (?:correos|mensajes))$|^nada mas de (?:esto|eso|ustedes|estas cosas)(?:,? (?:por favor|gracias))*$/,
    /\b(?:respeten|respete|entiendan|acepten) que no (?:queremos|quiero|deseamos|deseo) (?:que (?:nos|me) (?:contacten|escriban)|ser contactad\w+)\b|^puede ser est[ea](?: correo| mensaje)? (?:el|la) ultim[oa](?: correo| mensaje)?$/,
    /\bno (?:manden|envien|mande|envie) (?:el |un )?recordatorio\b.{0,6}\bni nada mas\b/,
    new RegExp(
      `\\bno (?:vuelvan|vuelva|volvais|vuelvas) a (?:contactar|escribir|mandar|enviar|llamar)(?: con| a)? (?:nuestr[ao]|est[ae]|la|el|al|mi) ${HOUSE_ES}\\b`,
    ),
    /\b(?:ya )?no (?:queremos|quiero|deseo|deseamos) (?:seguir )?(?:recibir|recibiendo) (?:mas )?(?:esto|estas? \w+|estos \w+|eso|nada de esto)$/,
    new RegExp(
      `\\b(?:hagan|haga|procuren|asegurense|aseguren)\\b.{0,14}\\bque (?:al|a la|el|la|a nuestr[ao]|nuestr[ao]) ${HOUSE_ES} no (?:le )?(?:llegue|reciba|lleguen|envien)\\b.{0,8}\\b(?:mas|nada)\\b`,
    ),
    /\b(?:consideren|considere|tomen|tome|tenga|tengan) (?:esto|este (?:mensaje|correo))(?: como)? (?:mi|nuestra|una) (?:baja|solicitud de baja|peticion de baja|cancelacion de la suscripcion)\b/,
  ],
  it: [
    /^(?:con la presente )?mi disiscrivo(?: da(?:lla|l)? .{0,24})?$/,
    /\b(?:sarebbe|e) possibile non ricevere piu (?:queste? (?:mail|e-?mail|cose)|questi messaggi|nulla|niente)$|^niente piu di (?:queste cose|questo|tutto questo)(?:,? (?:grazie|per favore))*$/,
    /^(?:questa )?puo essere l'ultima(?: mail| volta)?(?:,? (?:per favore|grazie))*$|\bnon (?:mandate|inviate) (?:nemmeno|neanche) il (?:promemoria|sollecito)\b.{0,4}\bne altro\b/,
    new RegExp(
      `\\bnon (?:contattate|contatti|scrivete a|scriva a|disturbate|disturbi) piu (?:il nostro|la nostra|il|la|lo|questo|questa|l') ?${HOUSE_IT}\\b`,
    ),
    /\b(?:consideratel[ao]|consideri (?:questo|questa)|considerate (?:questo|questa)|prendetel[ao])\b.{0,24}\b(?:la mia |la nostra |come |una )?(?:disiscrizione|cancellazione|richiesta di (?:cancellazione|disiscrizione|rimozione))\b/,
    new RegExp(
      `\\b(?:fate|faccia|assicur)\\w*\\b.{0,14}\\bche (?:alla|al|all'|la|il|lo|l')? ?(?:nostra |nostro )?${HOUSE_IT} non (?:arriv|ricev)\\w+ piu\\b`,
    ),
  ],
  nl: [
    /\b(?:zou|is) het mogelijk(?: zijn)?(?: om)? (?:dit|deze (?:mails?|berichten)|die (?:mails?|berichten)) niet (?:meer|langer) te (?:ontvangen|krijgen)$|^niets (?:meer )?hiervan(?: meer)?(?:,? (?:graag|aub|alsjeblieft))*$/,
    /\brespecteer(?:t)?(?: u)?(?: alstublieft| alsjeblieft| aub)? dat (?:wij|we|ik) niet (?:benaderd|gecontacteerd|gemaild|aangeschreven) (?:willen|wil|wensen|wens|wenst)(?: te)? worden\b|^kan dit (?:de|het) laatste(?: mail| bericht)? zijn$/,
    /\bstuur(?:t)? (?:ook )?geen herinnering of iets anders\b/,
    /^(?:stop|hou(?:d|dt)?)(?: u| jullie)? (?:er|hier|daar)(?:mee)?(?: (?:alstublieft|alsjeblieft|aub|graag|nu|maar))*(?: mee| mee op| op)?(?: (?:alstublieft|alsjeblieft|aub|nu))*$/,
    new RegExp(
      `\\b(?:onze|ons|deze|dit|de|het|mijn) ${HOUSE_NL}(?: graag| aub)? niet (?:meer|langer|nogmaals) (?:te )?(?:benaderen|contacteren|mailen|aanschrijven|aan te schrijven|lastigvallen|lastig te vallen)\\b`,
    ),
    new RegExp(
      `\\bzorg(?:t)?(?: u)?(?: er ?voor| ervoor)?,? dat (?:de|het|onze|ons|deze) ${HOUSE_NL} (?:dit|deze \\w+|dat|er|geen \\w+)(?: niet)?(?: meer)?(?: niet meer)? (?:krijgt|ontvangt)\\b`,
    ),
    /\b(?:wil|willen|zou|zouden)(?: graag)? (?:van|uit) (?:deze|die|jullie|uw|de) (?:\w+ )?(?:\w*lijst|\w*bestand|\w*database)(?: af| weg| uit)\b/,
    /\b(?:beschouw|zie|neem)(?:t)?(?: u)? (?:dit|deze (?:mail|reactie|e-?mail))(?: graag| maar)? als (?:mijn |onze |een )?(?:afmelding|uitschrijving|opzegging|verwijderverzoek)\b/,
  ],
  pt: [
    /^(?:eu )?(?:me descadastro|descadastro-me|cancelo a minha (?:subscricao|inscricao))$/,
    /\b(?:seria|e) possivel (?:deixar de|nao) receber (?:mais )?(?:isto|isso|estes? (?:e-?mails?|mensagens)|estas mensagens)$|^mais nada (?:disto|disso|deste genero)(?:,? (?:por favor|obrigad[ao]))*$/,
    /\bdeix(?:em|e)-(?:nos|me) em paz\b|\b(?:nos|me) deix(?:em|e|a) em paz\b|^pode ser est[ea] (?:o|a) ultim[oa](?: e-?mail| mensagem)?$|\bnao (?:mandem|enviem) (?:o |um )?lembrete nem mais nada\b/,
    new RegExp(
      `\\bnao (?:contac?tem|contac?te|escrevam para|escreva para|incomodem|incomode) mais (?:o nosso|a nossa|o|a|est[ea]|ess[ea]) ${HOUSE_PT}\\b`,
    ),
    new RegExp(
      `\\b(?:facam|faca|garantam|garanta|assegurem)\\b.{0,10}\\bque (?:a|o|a nossa|o nosso) ${HOUSE_PT} nao (?:receba|receber) mais\\b`,
    ),
    /\b(?:considerem|considere|tomem|tome) (?:isto|isso|esta (?:mensagem|resposta)|este e-?mail)(?: como)? (?:o meu|a minha|o nosso|a nossa|meu|minha|um|uma) (?:cancelamento|descadastro|descadastramento|pedido de (?:remocao|cancelamento|exclusao)|remocao|anulacao)\b/,
  ],
  pl: [
    /\bczy (?:mozna by|mozna|da sie|byloby mozliwe)(?: juz)? (?:tego |tych (?:maili|wiadomosci) )?(?:juz |wiecej )?nie (?:dostawac|otrzymywac)$|^nic wiecej z (?:tych rzeczy|tego)(?:,? (?:prosze|dziekuje))*$|\bdajcie (?:nam|mi)(?: juz)? (?:swiety )?spokoj\b/,
    /\buszanowac,? ze nie (?:chcemy|chce|zyczymy)\b.{0,30}\b(?:kontakt|pisa)\w*|^czy to moze byc (?:juz )?ostatni[aey]?(?: mail| wiadomosc)?$|\bnie wysylac (?:przypomnienia|przypomnien) ani niczego innego\b/,
    /^(?:prosze|prosimy|bardzo prosze) (?:juz )?(?:przestac|zaprzestac|skonczyc)(?: (?:juz|natychmiast|z tym))*$/,
    /\b(?:pierwsza|druga|trzecia|czwarta|kolejna|ostatnia|trzeci raz|drugi raz)\b.{0,24}\b(?:zadnych|bez|koniec) (?:\w+ )?(?:maili|e-?maili|wiadomosci|ofert|reklam)\b/,
    new RegExp(
      `\\b(?:prosze|prosimy)?\\b.{0,30}\\b(?:zeby|aby|by) (?:nasz\\w* |ta |ten |to )?${HOUSE_PL} (?:juz |wiecej )?(?:tego |tych \\w+ )?(?:juz |wiecej )?nie (?:dostawal|otrzymywal)\\w*`,
    ),
    /\b(?:uznac|traktowac|potraktowac) (?:to|ta wiadomosc|ten mail|niniejsze)\b.{0,6}\b(?:za|jako) (?:moja |nasza )?(?:rezygnacj\w+|wypisani\w+|wypis|sprzeciw)\b/,
  ],
  sv: [
    /^jag (?:harmed )?(?:avregistrerar|avanmaler) mig(?: fran .{0,24})?$|\bta bort den har adressen,/,
    /\b(?:skulle det ga|gar det|vore det mojligt) att (?:slippa (?:fa )?(?:det har|de har (?:mejlen|breven)|dessa)|inte fa (?:det har|de har) (?:mer|langre))$|^inget mer av det har(?:,? tack)*$|\blamna (?:oss|mig) i fred\b/,
    /\brespektera att (?:vi|jag) inte vill (?:bli )?(?:kontakta\w*|bli kontaktade)\b|^kan det har (?:bli|vara) det sista(?: mejlet)?$|\bskicka ingen paminnelse eller nagot annat\b/,
    new RegExp(
      `\\bkontakta (?:inte|aldrig) (?:var|vart|den har|det har|min|denna) ${HOUSE_SV}(?: (?:igen|mer|langre))*$`,
    ),
    new RegExp(`\\bse till att (?:var |vart )?${HOUSE_SV} inte far (?:fler|mer|nagra fler|det har)\\b`),
    /\b(?:jag|vi) vill (?:bort|av|ur|ut)(?: bort)? (?:fran|ur|av)? ?(?:listan|den har listan|er lista|registret|utskicket|utskicken)\b/,
    /\b(?:se|betrakta|ta) (?:detta|det har|det har (?:mejlet|svaret))(?: mejl)? som (?:min|var|en) (?:avanmalan|avregistrering|uppsagning av utskicken|avprenumeration)\b/,
  ],
  da: [
    /^jeg (?:hermed )?(?:framelder|afmelder) mig(?: fra .{0,24})?$/,
    /\b(?:ville det vaere|er det) muligt ikke at (?:modtage|fa) (?:det her|de her (?:mails?|breve)|disse)(?: mere| laengere)?$|^ikke mere af det her(?:,? tak)*$|\b(?:lad (?:os|mig) vaere i fred|lad (?:os|mig) i fred)\b/,
    /\brespekter,? at (?:vi|jeg) ikke vil (?:kontaktes|skrives til|have henvendelser)\b|^kan det her vaere den sidste(?: mail)?$|\bsend (?:heller )?ikke (?:en )?rykker eller noget andet\b/,
    /^(?:stop|hold op)(?: (?:venligst|tak|nu|med det|det der))*$/,
    new RegExp(`\\bkontakt (?:ikke|aldrig) (?:vores|denne|min|den her) ${HOUSE_DA}(?: (?:igen|mere|laengere))*$`),
    new RegExp(`\\bsorg for,? at (?:vores )?${HOUSE_DA} ikke (?:far|modtager) (?:flere|mere)\\b`),
    /\b(?:jeg|vi) vil (?:vaek|af|ud) (?:fra|af)? ?(?:listen|den her liste|jeres liste|kartoteket|registret)\b/,
    /\b(?:betragt|se|tag|opfat) (?:dette|det her|denne (?:mail|besked))(?: her)? som (?:min|vores|en) (?:afmelding|framelding|opsigelse af udsendelserne)\b/,
  ],
  ja: [
    /^(?:この)?(?:配信|購読|メルマガ)(?:の登録)?を(?:解除|停止|終了)(?:します|いたします)$/,
    /(?:今後|もう)?受け取らないように(?:する|できる)|(?:連絡|営業|案内|メール)を望まない(?:こと|旨)|そっとしておいて(?:くだ|下さ|ほし|もらえ)/,
    new RegExp(
      `${HOUSE_JA}[^。]{0,4}(?:へ|に|宛)(?:の)?(?:ご?連絡|営業|メール|送信|配信)[^。]{0,4}は?[^。]{0,8}(?:お断り|ご遠慮|辞退|拒否)`,
    ),
    /(?:もう|二度と|今後|これ以上)[^。]{0,4}届かないように(?:して|お願い|願)/,
    /(?:これ|本メール|この返信|このメール)を(?:もって|以て|以って)[^。]{0,8}(?:配信停止|解除|退会|登録解除|購読停止)[^。]{0,4}(?:申し出|申し込み|依頼|希望|連絡|申請|手続き)/,
    /^(?:すぐに|至急)?(?:削除|解除|抹消)して(?:ください|下さい|もらえますか|いただけますか)$/,
  ],
  zh: [
    /^我(?:要|想)?(?:退订|退訂|取消订阅|取消訂閱)(?:了)?$|(?:把|将|將)(?:这个|這個|本|该|此)(?:地址|邮箱|郵箱)(?:去掉|删掉|刪掉|移除|拿掉)/,
    /^(?:请问)?(?:能不能|可不可以|能否|可否)(?:麻烦)?(?:以后)?不再(?:收到|接到)(?:这些|這些|你们的)?(?:邮件|信息|东西)?(?:了|吗)?$|^(?:这|這)(?:能|可以)(?:算)?是最后一封(?:了)?(?:吗|嗎)?$/,
    new RegExp(
      `(?:保证|保證|确保|確保|让|讓)(?:我们|我們|这个|這個)?${HOUSE_ZH}(?:以后|今后)?(?:不再|别再|不会再|不要再)(?:收到|接到)(?:这些|這些|你们|你們|邮件|此类|这类|了|$)`,
    ),
    /(?:把|将|將)(?:这|這|此|本)(?:封)?(?:信|邮件|郵件|回复|回覆)?(?:当作|當作|视为|視為|当成|當成|作为|作為)(?:我|我们|我們)?的?(?:退订|退訂|取消订阅|取消訂閱|拒收)/,
  ],
};
