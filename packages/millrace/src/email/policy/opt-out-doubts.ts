/**
 * What makes words of stopping doubtful: they are about something else, for a while, for another channel, conditional, turned
 * around, or beside a yes. Doubtful words end nothing: a person reads them. Patterns read what `sentencesOf` writes.
 */

import { TURNED } from "./opt-out-turned.ts";

export interface Doubt {
  readonly why: string;
  readonly pattern: RegExp;
}

export const ABOUT_ONE_THING = "about one thing, not about every message";

/** Looked for in the sentence that asks to stop. */
export const DOUBTS: readonly Doubt[] = [
  ...TURNED,
  {
    why: "a condition, not a wish",
    pattern:
      /\bse (preferisc\w+|desider\w+|vuole|vuoi|volete|preferir\w*|quiser\w*|desejar\w*)\b|\bsi (prefier\w+|dese[ae]\w*|quier\w+|ustedes|preferez|souhaitez)\b|\b(jesli|jezeli) (pan|pani|panstwo|nie chc\w+|wol\w+)\b|\b(tell me|let me know|let us know|me lo dica|me lo faccia sapere|geben sie (mir|uns) bescheid|dites-le[- ]moi|digamelo|avise-me|e so avisar|laat het (me|ons) weten|prosze dac znac|sag bara till|sig bare til)$|\b(if|when|whenever|should) (you|one|people|recipients|they|customers|users|someone)\b|\bto (unsubscribe|opt[ -]?out|stop receiving|be removed)\b.{0,20}\b(click|visit|reply|use|follow|go to)\b|\b(unless|otherwise|except)\b|\b(wenn|falls|sofern) (sie|du|ihr|man|jemand)\b|\bes sei denn\b|\b(si|lorsque) (vous|tu|on|quelqu'un)\b|\bsauf si\b|\bsi (usted|no (desea|quiere)|alguien)\b|\ba menos que\b|\bse (lei|non (vuole|desidera|vuoi)|qualcuno|voce|nao (quiser|deseja))\b|\ba meno che\b|\b(als|indien) (u|je|jullie|iemand)\b|\btenzij\b|\b(jesli|jezeli|gdyby) |\b(om|ifall) (du|ni|man)\b|\b(hvis|dersom) (du|i|man|dere)\b|если (вы|кто)|(ご希望|不要)の(方|場合)|場合は|如果(您|你)|若(您|你)|如需/,
  },
  {
    why: "another channel, not silence",
    pattern:
      /\b(instead|rather than)\b|\bby (phone|telephone|fax|post|sms|text|whatsapp)\b|\b(come (over|by|round|and see)|stop by|drop in|kommen sie (her|vorbei|zu)|kommt (her|vorbei)|venez (nous|me|ici|chez)|passez (nous|me|chez)|(venga|vengan|pase|pasen) (a|por) |venite (qui|da)|venga (qui|da) |kom (maar |liever |gewoon )?(langs|hierheen)|(venham|passem|venha|passe) (ca|aqui|por)|(przyjedzcie|prosze przyjechac|wpadnijcie)|kom (hit|forbi|over|forbi))\b|お越し|来てください|\bon my (mobile|cell|phone|private|personal)\b|\b(but|and|,) (please )?(call|ring|phone|text|use|share|upload|send (it|them|me))\b|\be-?mail is (better|fine|best|ok)\b|\b(telefonisch|per (telefon|post|fax|sms|whatsapp))\b|\b(sondern|stattdessen|lieber)\b|\b(rufen sie|ruf|anrufen)\b|\b(plutot|a la place|appelez|par (telephone|courrier))\b|\b(en su lugar|sino|llame(me|nos|n)?|llama(me|nos)|por telefono|en vez de)\b|\b(invece|piuttosto|chiam(i|a|ate)(mi|ci)?|mi chiami|per telefono)\b|\b(maar|liever|in plaats)\b.{0,20}\b(bel|bellen|stuur|telefoon|app)\b|\bbel (me|mij|ons)\b|\b(ligue|por telefone|em vez|telefonem)\b|\b(zadzwon|telefonicznie|dzwonic|zamiast)\b|\b(ring|i stallet|i stedet|telefon)\b|позвоните|вместо|(電話|お電話)(で|を|して|にて|ください)|代わりに|打电话|打電話|电话联系|改(用|为|成)/,
  },
  {
    why: ABOUT_ONE_THING,
    pattern:
      /\b(wait(ing)?[ -]?list|guest ?list|wachtlijst|warteliste|gasteliste|liste d'attente|lista de espera|lista d'attesa|lista oczekujacych|vantelista\w*|venteliste\w*)\b|\b(more|further|any) (documents?|files?|details|information|info|material|slides|samples)\b|\b(the|this|that|your last|those|these|any) (final |signed |old |wrong |draft )?(contracts?|offer|quotes?|invoices?|pdfs?|brochures?|documents?|files?|attachments?|links?|position|items?|orders?|drafts?|versions?|catalogu?e|samples?|proposals?|presentations?|decks?|spreadsheets?|reports?|reminders?|invitations?|invites?|calendar)\b|\bpdfs?\b|\b(position|item|line|row|point|step|section) \d|\b(vertrag|rechnung(en)?|angebot|datei(en)?|anhang|anhange|position|bestellung|katalog|entwurf|einladung(en)?|erinnerung(en)?|artikel)\b|\b(devis|factures?|contrats?|piece jointe|pieces jointes|catalogue|invitation|brochure|ligne \d)\b|\b(contrato|facturas?|presupuesto|archivo|adjunto|catalogo|folleto|invitacion|pedido)\b|\b(contratto|fattur[ae]|preventiv[oi]|allegat[oi]|catalogo|invito|ordine)\b|\b(contract|factuur|offerte|bijlage|catalogus|uitnodiging|bestelling)\b|\b(fatura|proposta|orcamento|anexo|convite)\b|\b(umow\w*|faktur\w*|oferte|tej oferty|zalacznik\w*|zaproszeni\w*|prob(ek|ki|kami))\b|\b(avtalet|fakturan?|offerten|bilagan?|kontrakten|fakturaen?|fakturor|vedhaeftningen|tilbuddet)\b|договор|счет|вложени|契約書|見積|請求書|添付|合同|报价|發票|发票|附件|退订单|退訂單/,
  },
  {
    why: "for a while, not for good",
    pattern:
      /\b(for now|for the moment|until|till (next|the|monday|tuesday|wednesday|thursday|friday|january|june|july|september)|before|at the moment|right now|this (week|month|quarter|year)|today|tomorrow|tonight|during|on (mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|weekends?)|next (week|month)|again (before|until)|so (often|early|late)|every day|daily)\b|\b(vorerst|bis (zum|zur|ende|nach|montag|januar)|diese woche|momentan|heute|morgen|so oft|vor (ende|dem))\b|\b(jusqu|avant (la|le|fin)|pour l'instant|cette semaine|aujourd'hui|demain)\b|\b(hasta|antes de|por ahora|esta semana|hoy)\b|\b(fino a|prima di|per ora|questa settimana|oggi)\b|\b(voorlopig|tot (na|en met|eind)|deze week|vandaag|voor \d)\b|\b(ate (o|a|ao)|por enquanto|antes de|esta semana|hoje)\b|\b(na razie|do (konca|poniedzialku|stycznia)|w tym tygodniu|dzisiaj)\b|\b(tills vidare|forrän|just nu|denna vecka|idag|indtil(?! da\b)|forelobig|denne uge|i dag)\b|まで(は|の間)|当面|今週|今日|暂时|暫時|目前|这周|本周|今天|之前/,
  },
  {
    why: "about mails gone astray",
    pattern:
      /(?<!\b(sonst|sinon|otherwise|or else|or i|anders|altrimenti|annars|ellers|inaczej)\b.{0,40})\b(in|into|to|im|dans|en|nella?|nel|in de|in het|no|na|i|w|do) (the |my |our |den |die |meinem |unserem |le |les |mes |nos |la |el |los |de |het |mijn |onze |o |a |meu |min |mit |var )?(spam\w*|junk\w*|promotions|clutter|indesirables|no deseado\w*|indesiderat\w+|skrap\w*|uonsket|ongewenst\w*)\b|\b(verpass\w*|verlieren|verliere|verloren|miss|missing|missed|missen|missar|missa|misser|gar glip|ga glip|kwijt\w*|perdre|perdions|perdons|perder|perdamos|perdere|perdiamo|przegapi\w*|zgubi\w*|(lose|losing) (any|some|more|your|these|those|them|e-?mails|mails|messages))\b|見逃|漏掉|错过|錯過/,
  },
  {
    why: "about how many, not about none",
    pattern:
      /\b(more than|mehr als|plus de|mas de|piu di|mais (?:de|do que|que)|meer dan|mer an|mere end|wiecej niz) (one|two|three|four|five|ten|once|twice|ein\w*|zwei\w*|drei\w*|une?|deux|trois|fois|uno?s?|una|dos|tres|due|tre|dois|duas|twee|drie|een|en|ett|tva|to|jed\w+|dw\w+|trz\w+|\d+)\b/,
  },
  {
    why: "turned around",
    pattern:
      /\b(nehm|trag|meld|setz)(en|t|e)?\b.{0,80}\b(auf|ein|an|hinzu|drauf)(,? (bitte|danke|gern))?$|\bmeld(en|et|e)?\b.{0,20}\b(mich|uns) (bitte )?(zum|fur)\b|\b(schrijf|meld)(t)? (mij|me|ons) (aub |alstublieft )?(in|aan)\b|\b(inschrijven|aanmelden)\b|\b(aufnehmen|eintragen|hinzufugen|anmelden)\b|\b(do not|don't|didn't|did not|never|no need to|without|not want to|rather than|wouldn't|won't|wrongly|accidentally|by mistake|by accident|not) (to )?(be )?(unsubscrib|remov|opt|tak(e|en) (me|us) off|delet|drop)|\bkeep (me|us) (on|in|posted)\b|\b(undo|cancel|revert|reverse)\b.{0,20}\b(unsubscri|opt)|\b(resubscribe|subscribe me (again|back))\b|\bnicht (ab(zu)?melden|abbestellen|austragen|streichen|loschen|entfernen)\b|\bversehentlich\b|\b(pas|jamais) (me )?(desabonner|desinscrire|retirer|supprimer)|\bpar erreur\b|\bno (quiero|deseo) (darme|dar) de baja\b|\bpor error\b|\bnon (voglio|vorrei) (disiscriver|cancellar)|\bper (errore|sbaglio)\b|\bniet (uitschrijven|afmelden|verwijderen)\b|\bper ongeluk\b|\bnao quero (sair|cancelar|ser removid)|\bpor engano\b|\bnie (wypisuj|usuwaj|wypisywac|usuwac)|\bprzez pomylke\b|\bav misstag\b|\bved en fejl\b|間違えて|誤って|误(点|操作)|誤點/,
  },
  {
    why: "about leaving as a subject of its own",
    pattern:
      /\b(kontakte|empfanger\w*|kunden|abonnenten|contacts|recipients|subscribers|customers|leads|people|destinataires|abonnes|clients|contactos|destinatarios|suscriptores|clientes|contatti|iscritti|destinatari|clienti|contacten|ontvangers?|klanten|abonnees|contatos|assinantes|kontakty|odbiorc\w+|klien(t|c)\w*|kontakter|mottagare|kunder|prenumeranter|modtagere?|mottakere?|abonnenter)\b.*\?|(した|する)(人|方)|(顧客|ユーザー|受信者|客户|客戶|用户|用戶|联系人|聯絡人|收件人).{0,40}(か|吗|嗎|？|\?)$|\b(?<!\b(add|put|place|include|move|enter) (me|us|this address|my \w+) (to|on|in|onto|into) (your|the|a) )(unsubscrib\w*|opt[ -]?out|opt-outs?|suppression|abmelde\w*|desinscription|desabonnement|baja|disiscrizione|afmeld\w*) (link|links|button|rate|rates|page|header|list|lists|handling|feature|function|management|process|flow|request|requests|option|options|logic)\b|\b(abmeldelinks?|abmeldequote|abmeldefunktion|afmeldlink|lien de des\w+|enlace de baja)\b|\b(your|the|our|a) (tool|product|platform|system|software|service|crm)\b.{0,40}\b(unsubscrib|opt[ -]?out|stop)|^(can|could|does|will|would) (your|the) (tool|product|platform|system|software|service|crm)\b|\b(unsubscrib\w*|opt[ -]?out)\b.{0,60}\b(customers?|users|recipients|subscribers|prospects|our (own )?(list|newsletter|contacts))\b|\bwhat do you mean\b|\bwas meinen sie\b/,
  },
  {
    why: "about what they do themselves",
    pattern:
      /^(we|i) (want|need|plan|decided|have|had|would like) to (stop|quit|cease) (?!receiving|getting|hearing|being)|^(wir|ich) (wollen|mochten?|will) (gern )?(aufhoren|damit aufhoren)|^(nous voulons|je veux) (arreter|cesser) (de |d')(?!recevoir)|^(queremos|quiero) dejar de (?!recibir)|^(vogliamo|voglio) smettere di (?!ricevere)|^(queremos|quero) (parar|deixar) de (?!receber)|^(wij|we|ik) wil(len)? stoppen met (?!ontvangen|krijgen)|^(chcemy|chce) przestac (?!otrzymywac|dostawac)|^(vi|jag) vill sluta (?!fa |ta emot|bli )|^(vi|jeg) vil (stoppe|holde op|slutte) (med )?(at |a )?(?!fa |modtage|motta|blive )/,
  },
  {
    why: "on behalf of another person",
    pattern:
      /\b(remove|delete|unsubscribe|stop (e?-?mailing|contacting)|contact|e?-?mail) (him|her|them|bob|my (boss|colleague|wife|husband|assistant|former)|our (ceo|cto|former|old|ex)|the (old|former))\b|\b(he|she|they|a (client|customer|colleague)) (asked|wants|told|says|said|would like)\b/,
  },
  {
    why: "beside a link",
    pattern:
      /https?:\/\/|www\.|\bclick(ing)? (here|below|the|on)\b|\b(hier|unten) klicken\b|\bcliquez\b|\bhaga clic\b|\bclicca\b|\bklik\b|\bkliknij\b|\bklicka\b|クリック|点击|點擊/,
  },
];

/** Someone who writes one of these in another sentence wants something: then a wish to stop beside it is for a person. */
const WANTS =
  /\b((y|e|i|asi) (firmamos|fechamos|firmiamo|compramos|compriamo)|(lo|la|las|los) compramos|abbiamo deciso per|(wir|ich) (bestelle|bestellen|nehme|nehmen|unterschreibe\w*) (auch so|gern\w*|jetzt|das|die|es|sie|beide\w*|zwei|drei)|dann bestelle?n? (wir|ich)|on signe|nous signons|j'ai signe|(we|ik) (nemen|neem|kopen|koop|tekenen|teken) (het|hem|ze|gewoon)|dan bestell?en? (we|wij|ik)|podpisal\w+|podpisujemy|bierzemy|(vi|jag|jeg) (tar|tager|koper|kober|skriver under)|skriver vi under|we'll (take|sign|buy)|we will (take|sign|buy)|i've signed|i have signed|i signed)\b|契約し(ます|たい)|签约|我们签|我們簽|成交|\b(interested in|very interested|(am|are|i'm|we're) interested|let's (talk|meet|speak|schedule|go ahead|do it)|works for (me|us)|suits (me|us)|looking forward|send (me |us |over )?(a|an|the|your|some) (offer|quote|proposal|contract|price|pricing|invoice|demo|details|invite|link)|send prices|(want|like|ready) to (buy|order|sign|start|see|try|book|schedule|hear (from you|more)|continue|proceed|move)|(show|give) (me|us) (a )?demo|call me (on|at|tomorrow|today|next|monday|tuesday|wednesday|thursday|friday|please)|please call|book (a|me|us)|sounds (good|great|interesting)|would buy|then we (sign|buy|order)|order this|talk (on )?(monday|tuesday|wednesday|thursday|friday|tomorrow)|see you|happy to (talk|meet|chat)|exactly what (i|we)|send (it|them) (to )?(me|us|over)|(tell|send) (me|us) more)\b|\b(genau das|(schicken|senden) sie (mir|uns) (mehr|das|die|den|ein\w*))\b|\b(bin|sind|waren) (sehr )?interessiert\b|\b(interessiert (uns|mich)|klingt (gut|interessant|spannend)|bestellen (wir|mochten)|mochten (bestellen|kaufen|testen)|dann bestellen?|freue mich|ruf(en sie|t|e)? (halt |doch |einfach |gern |dann |ruhig )*(mich|uns)|passt (mir|uns|gut)|angebot (bitte|schicken|senden))\b|\b(interessant|interesse)[!,.]?$|\b(m'interesse|nous interesse|interesses?|rappelez|appelez)[- ]?(moi|nous|beaucoup)?\b|\b(me interesa|nos interesa|interesad[oa]s?|llameme|llamenos|me encantaria)\b|\b(mi interessa|ci interessa|interessati|mi chiami|chiamatemi|volentieri)\b|\b(geinteresseerd|interesse in|bel me|graag een (?!bevestiging)|lijkt me (leuk|goed))\b|\b(tenho interesse|interessa-me|me interessa|interessad[oa]s?|ligue-me|me ligue)\b|\b(zainteresowan[yai]|prosze (zadzwonic|o oferte)|chetnie)\b|\b(intresserade?|interesserede?|gerne (hore|se|mode)|garna (traffas|prata|veta)|ring (du |bara |bare |gerne |garna |sa )?mig|ring til)\b|興味があります|お願いしたい|ぜひ|お電話ください|電話をください|相談しましょう|決めましたから|日取り|私でよければ|打给我|打給我|感兴趣|感興趣|想了解|请报价|请打电话/;

/** Words that turn a wish around: "we are no longer interested". */
export const NEGATED =
  /\b(not|no|never|none|n't|don't|isn't|aren't|without|nicht|kein\w*|nie|pas|plus|jamais|aucun\w*|no|nunca|tampoco|non|mai|nessun\w*|niet|geen|nooit|nao|nem|nunca|nie|zadn\w*|inte|ej|ikke|ingen|inget)\b|n't\b|ません|ない|不|没|沒/;

/** Where a sentence turns: "not the basic plan, but send an offer for the other one". */
const TURN =
  /,? \b(?:but|however|aber|jedoch|sondern|mais|pero|sino|tuttavia|ma|maar|mas|porem|ale|jednak|men)\b |[,，、](?:但|但是|不过|不過|ただ|ですが)|ですが、?|ますが、?/;

/** @returns the parts of a sentence that may say different things. */
export function clausesOf(sentence: string): readonly string[] {
  return sentence.split(TURN).filter((clause) => clause.trim() !== "");
}

/** True when a part of the sentence asks for something to go on, and nothing in that part turns it around. */
export function isWish(sentence: string): boolean {
  return clausesOf(sentence).some((clause) => WANTS.test(clause) && !NEGATED.test(clause));
}
