/** How people answer in Swedish, and in Danish and Norwegian, as `plainOf` writes: lower case, without accents, ø as o, æ as ae. */
import type { LanguagePhrases } from "./rule.ts";

export const SWEDISH: LanguagePhrases = {
  out_of_office: [
    /\b(jag )?(har|ar pa|tar) (semester|foraldraledig\w*|tjansteresa|ledigt)\b|\b(ar|kommer att vara) (inte pa kontoret|bortrest|ledig|foraldraledig|sjukskriven|franvarande|borta fran kontoret|pa resande fot)\b/,
    /\binte (pa|inne pa) kontoret\b|\b(ater|tillbaka) (pa kontoret )?(den |pa )?\d|\b(franvaro|autosvar|franvarande)\b|\bbegransad (tillgang|access) till (mejl|mail|e-?post)\b|\bpa (semester|tjansteresa)\b|\bkontoret (ar|haller) stangt\b/,
  ],
  bounce: [
    /\b(meddelandet|mejlet|mailet) .{0,30}\bkunde inte levereras\b|\b(adressen|brevladan|kontot) .{0,30}\b(finns inte|ar avslutad|anvands inte)\b/,
  ],
  complaint: [
    /\b(anmal\w*|anmalan|anmalt)\b.{0,40}\b(imy|integritetsskydds\w*|datainspektionen|konsumentverket|er(?! (till|pa|for)\b))\b|\b(min|var) (advokat|jurist)\b.{0,25}\b(kontaktar|hor av|tar over|kommer att (kontakta|hora av|anmala|stamma)|far ta over)\b|\b(hor(a|er)? (av|fran)|kontaktad av|overlamna\w*|lamna\w*) .{0,15}\b(min|var) (advokat|jurist)\b|\brattsliga atgarder\b/,
  ],
  wrong_person: [
    /\b(chefen|agaren|min chef) heter\b/,
    /\b(inte|ej) ratt person\b|\bfel person\b|\b(jobbar|arbetar) inte (kvar|langre|har|dar)\b|\b(har slutat|slutade) (pa|hos|dar|i)\b|\bgatt i pension\b|\bbytt (tjanst|jobb|roll|avdelning)\b/,
    /\b(ansvarar inte|inte ansvarig|inte mitt (bord|omrade)|ligger inte hos mig)\b|\bkollega \w+ som (har hand|skoter|ansvarar)|\b(prata|kontakta|hor av dig till) (med )?\w+ (pa|i stallet)\b/,
  ],
  not_now: [
    /\b(inte (just )?nu|inte an|inte i ar|inte for tillfallet|for tillfallet inte|just nu (inte|har vi|ar det)|kanske (senare|nasta ar|till hosten)|tajmingen ar (inte|fel|dalig)|fel tidpunkt)\b/,
    /\b(hor av (dig|er)|kontakta|aterkom|aterkomma|fraga|ta kontakt|ring|prova)\b.{0,30}\b(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|manader|nasta ar|kvartal\w*|hosten|varen|sommaren|semestern|arsskiftet|bokslutet)\b/,
    /\b(vantar till|avvaktar|fryst|pa is)\b|\befter (semestern|sommaren|arsskiftet|mars)\b|\bandra halvaret\b/,
  ],
  negative: [
    /^nej,? tack\b|^nej$|\b(inte|ej) (langre )?intresserad\w*\b|\b(inget|saknar) intresse\b|\binget for (oss|mig)\b|\b(behover|har) (inte|inget behov)\b(?=.{0,30}(det|tjanst|er|behov|sadan))/,
    /\bhar redan (en |ett )?(leverantor|losning|partner|avtal)\b|\b(vi|jag) (avstar|tackar nej)\b|\btackar nej\b|\bgar inte vidare\b|\bvalt (en|ett) ann\w+\b|\bpassar inte\b|\bsvaret ar nej\b/,
  ],
  positive: [
    /^(ja|ja tack|ja garna|garna|absolut|sjalvklart|toppen|perfekt|visst|okej|ok)[,!. ]*(tack|garna)?$|^ja,? (garna|tack|vi|det|absolut|lat)\b/,
    /(?<!inte )\b(ar|vi ar|jag ar) (mycket |valdigt )?intresserad\w*\b|\bvill garna (se|veta|testa|traffas|prata|ha|boka)\b|\blat oss (prata|traffas|boka)\b|\blater (bra|toppen|intressant)\b.{0,40}\b(nar|boka|skicka|ring)\b/,
    /\b(ring mig|boka (en )?(tid|demo|mote)|skicka (garna )?(en inbjudan|en offert|offert|avtalet|lanken)|vi kor|jag ar med|vi hors)\b|\bpassar (mig|oss|bra)\b/,
  ],
  question: [
    /\b(vad kostar|vad ar priset|vilka ar ni|vem ar (du|ni)|hur fick (ni|du)|var fick (ni|du)|vad handlar det|finns det (en )?(gratis|prov))\b/,
  ],
};

/** Danish and Norwegian. */
export const DANISH: LanguagePhrases = {
  out_of_office: [
    /\b(jeg )?(holder|har|er pa|tager|tar) (\w+ )?(ferie|barsel|orlov|forretningsrejse|tjenestereise|fri|permisjon)\b|\b(er|vil vaere) (ikke pa kontoret|ikke til stede|bortrejst|bortreist|sygemeldt|sykmeldt|fravaerende|ude af kontoret|ute av kontoret)\b/,
    /\b(ikke pa|ude af|ute av) kontoret\b|\btilbage (pa kontoret )?(den |d\. )?\d|\btilbake (pa kontoret )?(den )?\d|\b(fravaer|autosvar|fravaerende)\b|\bbegraenset adgang til (mail|e-?mail)\b|\bbegrenset tilgang til e-?post\b|\bpa (ferie|barsel|forretningsrejse|foraeldreorlov)\b|\bkontoret (er|holder) (lukket|stengt)\b/,
  ],
  bounce: [
    /\b(mailen|beskeden|meldingen|e-?posten) .{0,30}\bkunne ikke leveres\b|\b(adressen|postkassen|kontoen) .{0,30}\b(findes ikke|finnes ikke|er nedlagt|er lukket)\b/,
  ],
  complaint: [
    /\b(anmeld\w*|klage|klager)\b.{0,40}\b(datatilsynet|forbrugerombudsmanden|forbrukertilsynet|spam|jer|dere)\b|\b(min|vores|var) (advokat|jurist)\b.{0,25}\b(kontakter|tager over|overtager|vil (kontakte|skrive til jer|anmelde)|tar over|kommer efter)\b|\b(horer? fra|kontaktet af|overgive\w*|videregive\w*) .{0,15}\b(min|vores|var) (advokat|jurist)\b|\bretlige skridt\b/,
  ],
  wrong_person: [
    /\b(chefen|ejeren|min chef|sjefen) (hedder|heter)\b/,
    /\bikke (den )?(rette|rigtige|riktige|ansvarlig)( person)?\b|\b(den )?(forkerte|feil person)\b|\b(arbejder|jobber|arbeider) (der |her )?ikke (laengere|lenger|mere|her|der)\b|\b(der|her) ikke laengere\b|\bgaet (pa|av med) pension\b|\bskiftet (stilling|job|jobb|afdeling)\b/,
    /\bikke (mit|mitt) (omrade|bord|ansvar)\b|\bkollega \w+,? (der|som) (tager|tar|star|har)\b|\b(tal|snak|snakk|kontakt) (med )?\w+ (i|pa|fra) /,
  ],
  not_now: [
    /\b(ikke (lige )?nu|ikke na|ikke endnu|ikke enna|ikke i ar|forelobig ikke|lige nu (ikke|har vi)|maske (senere|naeste ar|til efteraret)|kanskje (senere|neste ar)|timingen er (ikke|darlig)|darligt tidspunkt|darlig timing)\b/,
    /\b(vend tilbage|kontakt|skriv|ring|sporg|kom tilbake|ta kontakt)\b.{0,30}\b(januar|februar|marts|mars|april|maj|mai|juni|juli|august|september|oktober|november|december|desember|maneder|naeste ar|neste ar|kvartal\w*|efteraret|hosten|foraret|varen|ferien|arsskiftet)\b/,
    /\b(venter til|fastfrosset|frosset|pa is)\b|\befter (ferien|sommeren|nytar|marts)\b|\better (ferien|sommeren|nyttar)\b|\bandet halvar\b|\bandre halvar\b/,
  ],
  negative: [
    /^nej,? tak\b|^nei,? takk\b|^(nej|nei)$|\bikke (laengere |lenger )?interess?ere(de|t|rt)\b|\b(ingen|intet) interesse\b|\bikke (noget |noe )?for (os|mig|oss|meg)\b|\bikke (brug|bruk|behov) for\b|\bintet behov\b|\bikke interesseret\b|\bikke interessert\b/,
    /\bhar allerede (en |et )?(leverandor|losning|partner|aftale)\b|\btakker nej\b|\btakker nei\b|\bgar ikke videre\b|\bvalgt (et|en) (andet|anden|annen|annet)\b|\bpasser ikke\b|\bsvaret er ne[ji]\b|\bspringer over\b/,
  ],
  positive: [
    /^(ja|ja tak|ja takk|meget gerne|gerne|gjerne|selvfolgelig|klart|perfekt|fint|okay|ok)[,!. ]*(tak|takk)?$|^ja,? (tak|takk|meget|gerne|gjerne|vi|det|lad|la)\b/,
    /(?<!ikke )\b(er|vi er|jeg er) (meget |veldig )?(interesserede?|interessert)\b|\bvil (meget )?(gerne|gjerne) (se|hore|prove|mode|tale|snakke|have|booke|teste)\b|\blad os (tale|modes|booke)\b|\bla oss (snakke|motes)\b|\blyder (godt|spaendende)\b.{0,40}\b(hvornar|book|send|ring)\b/,
    /\b(ring til mig|ring meg|book en (tid|demo)|book (et )?mode|send (gerne )?(en invitation|et tilbud|kontrakten|et link)|vi er med|vi tales)\b|\bjeg er pa(?=\s*([,.!]|$))|\bpasser (mig|os|meg|fint|godt)\b/,
  ],
  question: [
    /\b(hvad koster|hva koster|hvad er prisen|hvem er (i|du|dere)|hvor (har|fik|fikk) (i|du|dere)|hvad drejer det sig|er der (en )?(gratis|prove))\b/,
  ],
};
