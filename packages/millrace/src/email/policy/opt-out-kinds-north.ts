/** The kinds of opt-out-kinds.ts in Swedish, Danish and Polish. Data alone. */

const MAIL_SV = "(?:mejl\\w*|mail\\w*|e-?post\\w*|meddelanden?|utskick\\w*|reklam\\w*|nyhetsbrev\\w*|brev)";
const MAIL_DA =
  "(?:e-?mails?|mails?|mailen|beskeder?|henvendelser?|reklame\\w*|nyhedsbrev\\w*|udsendelser?|e-?post\\w*|opfolgning\\w*)";
const MAIL_PL =
  "(?:e-?mail\\w*|mail\\w*|wiadomosc\\w*|ofert\\w*|reklam\\w*|korespondencj\\w*|newsletter\\w*|informacji handlow\\w+|spamu?)";
const OUT_PL = "(?:wypis|wykresl|skresl|usun|wywal|wyrzuc|skasuj|skasow|wyrejestr|wymaz)\\w*";

export const KINDS_OF_NORTH = {
  sv: [
    /(?:^|[,;:] |\b(?:snalla|vanligen|och|sa|kan ni|kan du|far ni|ni kan) )(?:(?:ta|plocka|lyft|kasta|slang)(?: genast| nu)? (?:bort|ut|av)|stryk(?:a)?|radera|avregistrera) (?:mig|oss|den har adressen|min adress)(?: (?:fran|ur) (?:den|det|detta|dar|allt|listan))?(?: tack| genast| nu| omedelbart)*$/,
    /\b(?:ta|plocka|lyft|stryk|ryck)(?: bort| ut)? (?:mig|oss|min adress) (?:ur|fran) (?:era|alla|de|edra|ert|ditt)\b/,
    /\b(?:radera|ta bort|rensa|stryk|slang) (?:genast |allt |alla )?(?:mina|vara|min|var) (?:\p{L}+ )?(?:\p{L}*uppgifter|data|\p{L}*adress|e-?post\p{L}*|mejl\p{L}*|information)(?! (?:nar|efter)\b)/u,
    /\b(?:begar|kraver|ber om|onskar|vill)\b.{0,16}\b(?:att )?(?:mina|vara|alla|all) (?:\p{L}+ )?(?:\p{L}*uppgifter|data|information)\b.{0,14}\b(?:raderas|tas bort|slangs|forstors)\b/u,
    /\b(?:motsatter|invander)\b.{0,50}\b(?:marknadsforing|reklam|utskick|uppgifter|behandling\p{L}*)\b/u,
    /^(?:snalla |vanligen )?(?:hor|hors|aterkom|skriv|mejla|maila) (?:inte|aldrig) (?:av er |av dig )?(?:igen|mer|nagot mer|langre|fler ganger)$/,
    new RegExp(
      `\\b(?:lat|hoppas|vill|onskar|se till)\\b.{0,10}\\b(?:detta|det har|det)\\b.{0,8}\\b(?:blir?|vara|ar|var)\\b.{0,4}\\b(?:det|ert|sista|allra)\\b.{0,10}\\b(?:sista )?(?:${MAIL_SV}|gangen)`,
    ),
    /\b(?:tackar nej|sager nej|nej tack) till (?:all |alla |era |fler |mer |vidare |framtida |ytterligare )+(?:\p{L}+ )?(?:reklam\p{L}*|utskick|mejl|mail|e-?post|nyhetsbrev|kontakt\p{L}*)/u,
    /\b(?:sparra|blockera) (?:min|var|den har|mig|oss)\b ?(?:\p{L}*adress|doman|hos er)?/u,
    /\b(?:satt|lagg|skriv|for) (?:upp )?(?:mig|oss|min adress)\b.{0,8}\b(?:pa|i) (?:er|en|din|eran) (?:sparrlista|sparrlistan|svarta lista|blocklista|nix-?\p{L}*|blockeringslista)/u,
    /\b(?:ni|du) har (?:inte|aldrig|inget)\b.{0,14}\b(?:samtycke|tillatelse|medgivande|godkannande)\b/,
    /\b(?:jag|vi) har (?:aldrig|inte)\b.{0,20}\b(?:samtyckt|gett|godkant|lamnat|gatt med pa)\b.{0,40}\b(?:samtycke|tillatelse|mejl|mail|reklam|utskick|adress|uppgifter|kontakt\p{L}*)/u,
    /^(?:snalla |vanligen )?(?:sluta|lagg av|upphor)(?: nu| genast)? (?:med )?(?:att )?(?:tjata|tjatandet|trakassera|spamma|jaga|stora|plaga|pusha)\b(?: mig| oss| pa mig| pa oss| pa)?(?: tack| nu)*$/,
    /\b(?:anvand|anvanda) (?:inte|aldrig) (?:den har|denna|min|var) (?:\p{L}*adressen?|mejlen?|inkorgen?|brevladan?)\b(?!.{0,16}\butan\b)/u,
    /\b(?:herr|fru|dr|doktor|prof\p{L}*|direktor\p{L}*|var vd|var chef|rektor|var rektor)\b.{0,24}\b(?:vill|onskar) (?:inte|ej)\b.{0,24}\b(?:kontakt\p{L}*|mejl|mail|utskick|reklam|igen|fa)/u,
    /\b(?:be|bed|sag till|sag at|fa) (?:dem|honom|henne|avsandaren|foretaget)\b.{0,10}\b(?:sluta|upphora|inte)\b.{0,16}(?:skriv|mejl|mail|skick|kontakt)/,
    /^(?:jag |vi )?(?:vill|orkar|onskar) inte (?:ha|se|fa|ta emot) (?:detta|det har|sant har|sadant|sant|dessa|era \p{L}+)(?: mer| langre| fler)*(?: tack)?$/u,
    /\bslutar? (?:skicka|mejla|maila|kontakta|skriva) (?:till )?(?:mig|oss)\b.{0,10}\?$/,
  ],
  da: [
    /(?:^|[,;:] |\b(?:venligst|og|sa|kan i|kan du|vil i) )(?:(?:tag|tage|pil|pille|smid|fa|hiv|luk)(?: venligst)? (?:mig|os|min adresse)(?: venligst)? (?:af|ud|vaek|fra)|(?:slet|fjern|stryg|slette|fjerne) (?:mig|os|min adresse|denne adresse))(?: (?:den|det|igen|af (?:den|det)))?(?: tak| nu| straks| venligst)*$/,
    /\b(?:tag|tage|pil|pille|fjern|fjerne|slet|slette|stryg|hold|lad) (?:venligst )?(?:mig|os|min adresse|vores adresse)(?: venligst)? (?:ud )?(?:af|fra|ud af|vaek fra|ude af|ude fra) (?:listen|listerne|jeres|den liste|denne liste|mailinglisten|registret|udsendelse\p{L}*|kartoteket|databasen|alle|det her)(?! (?:vente|gaeste|deltager))/u,
    /\b(?:slet|fjern|destruer|slette|fjerne) (?:straks |venligst |alle |alt )*(?:mine|vores|min|vor) (?:\p{L}+ )?(?:\p{L}*oplysninger|data|\p{L}*adresse|mail\p{L}*|e-?mail\p{L}*)/u,
    /\b(?:sletning|fjernelse) af (?:alle )?(?:mine|vores|min) (?:\p{L}+ )?(?:\p{L}*oplysninger|data|adresse)/u,
    /\b(?:gor|gor hermed|rejser|nedlaegger) indsigelse\b|\bmodsaetter mig\b.{0,40}\b(?:markedsforing|brug|behandling)/,
    /\bundlad(?: venligst)? (?:at |fremover at )?(?:kontakte|skrive|maile|sende|rykke|henvende|forstyrre)\b/,
    new RegExp(
      `\\b(?:lad|haber|vil|onsker|sorg for|glad for)\\b.{0,12}\\b(?:det|dette|det her)\\b.{0,8}\\b(?:vaere|er|bliver|blive|var)\\b.{0,4}\\b(?:den|jeres|det|sidste)\\b.{0,10}\\b(?:${MAIL_DA}|gang)\\b`,
    ),
    /\b(?:spaer|bloker|blokere|spaerre) (?:min|vores|denne|mig|os)\b ?(?:\p{L}*adresse|domaene|hos jer)?/u,
    /\b(?:saet|skriv|laeg|for|put) (?:mig|os|min adresse)\b.{0,8}\b(?:pa|i) (?:jeres|en|den) (?:spaerreliste|spaerrelisten|sortliste|sorte liste|blokeringsliste|robinsonliste\p{L}*|nej-?\p{L}*)/u,
    /\b(?:i|du) har (?:ikke|aldrig|intet)\b.{0,14}\b(?:samtykke|tilladelse|accept)\b/,
    /\b(?:jeg|vi) har (?:aldrig|ikke)\b.{0,20}\b(?:samtykket|givet|accepteret|sagt ja)\b.{0,40}\b(?:samtykke|tilladelse|mails?|reklame\p{L}*|udsendelser|adresse|kontakt\p{L}*|markedsforing)/u,
    /^(?:jeg |vi )?(?:gider|orker|vil|onsker) (?:altsa |bare |virkelig )?(?:ikke|ingen) (?:have |se |fa |modtage |mere af )*(?:de her|det her|disse|jeres|flere|saadan noget|sadan noget|den slags)(?: \p{L}+)?(?: mere| laengere)*$/u,
    /(?:^|[,;:] |\b(?:venligst|kan i|kan du|vil i) )(?:stop|stoppe|hold op|holde op|lad vaere)(?: nu| venligst)? med at (?:rykke|plage|spamme|forstyrre|skrive til|maile|kontakte|genere|chikanere|jagte) (?:mig|os|til mig|til os)?/,
    /\b(?:fa|bed|bede|sig til) (?:dem|ham|hende|afsenderen|firmaet)\b.{0,12}\b(?:at )?(?:holde op|stoppe|lade vaere|ikke)\b.{0,16}(?:skriv|mail|send|kontakt)/,
    /\bbrug (?:ikke|aldrig) (?:denne|min|vores|den her) (?:\p{L}*adresse|mail\p{L}*|indbakke|postkasse)\b(?!.{0,16}\bmen\b)/u,
    /\b(?:hr|fru|dr|doktor|prof\p{L}*|direktor\p{L}*|vores direktor|vores chef|min chef|rektor)\b.{0,24}\b(?:vil|onsker) (?:ikke|ej)\b.{0,24}\b(?:kontakt\p{L}*|mails?|reklame\p{L}*|igen|have)/u,
    /^(?:venligst )?(?:skriv|mail|kontakt|ring|henvend dig) (?:ikke|aldrig)(?: til)?(?: mig| os)? (?:igen|mere|flere gange)$/,
  ],
  pl: [
    new RegExp(
      `(?:^|[,;:] |\\b(?:prosze|prosimy|i|wiec|natychmiast|mozecie|moze pan|moze pani) )${OUT_PL} (?:mnie|nas|ten adres|moj adres)(?: (?:stad|stamtad|z tego|z tej listy|natychmiast|juz|prosze|wreszcie|z tych|dziekuje))*$`,
    ),
    new RegExp(
      `\\b(?:prosze|prosimy|zadam|wnosze|uprzejmie) (?:\\w+ )?(?:o )?(?:wypisanie|wykreslenie|skreslenie|usuniecie|wyrejestrowanie|skasowanie|zaniechanie|zaprzestanie|wstrzymanie|niewysylanie|nieprzysylanie|niekontaktowanie)(?: (?:mnie|nas|mojego|naszego|moich|naszych|tego adresu|kontaktu|dalsz\\w+|wszelki\\w+|wysyl\\w+|sie|${MAIL_PL}|z (?:waszej|panstwa|tej|listy|bazy)).{0,50})?$`,
    ),
    new RegExp(
      `\\bnie (?:zycz|zgadz)\\w+ (?:sobie|sie)(?: na)? (?:juz |wiecej |dalsz\\w+ |kolejn\\w+ |zadn\\w+ |takich |tych |panstwa |waszych |otrzymywania |dostawania )*(?:${MAIL_PL}|kontaktu|kontaktow|telefonow)`,
    ),
    new RegExp(
      `\\bnie (?:wyrazam|wyrazamy|wyrazilam|wyrazilem|wyrazalam|wyrazalem|dawalam|dawalem|mam|macie|maja)\\b.{0,14}\\b(?:zgody|pozwolenia)\\b.{0,50}\\b(?:${MAIL_PL}|informacj\\w+|kontakt\\w*|marketing\\w*|danych|adresu|przesyl\\w+|wysyl\\w+)`,
    ),
    /\b(?:cofam|wycofuje|odwoluje|cofamy)\b.{0,12}\bzgod\w+\b/,
    /\b(?:na podstawie|zgodnie z|w mysl|powolujac sie na)\b.{0,24}\b(?:rodo|art\w*|ustaw\w+)\b.{0,30}\b(?:zadam|prosze|wnosze|sprzeciw\w+)\b.{0,30}\b(?:usuniec\w+|danych|przetwarzani\w+)/,
    new RegExp(
      `\\b(?:niech|oby|prosze,? (?:aby|zeby|by)|chce,? (?:aby|zeby|by)|mam nadzieje,? ze)\\b.{0,10}\\bto\\b.{0,8}\\b(?:bedzie|byl\\w*|jest|byla)\\b.{0,8}\\b(?:ostatni\\w*) (?:raz|${MAIL_PL})`,
    ),
    new RegExp(
      `(?:^|[,;] |\\b(?:prosze|i) )(?:zadnych|dosc|koniec|bez) (?:\\w+ )?${MAIL_PL}(?: (?:wiecej|juz|prosze|handlow\\w+|reklamow\\w+|od was|od panstwa|na ten adres))*$`,
    ),
    /\b(?:powiedz|popros|przekaz|niech|prosze powiedziec)\b.{0,10}\b(?:im|mu|jej|nadawcy|tej firmie)\b.{0,10}\b(?:zeby|aby|by|niech)\b.{0,14}\b(?:nie|przestali|przestal\w*)\b.{0,14}(?:pisal|wysylal|kontaktow|mailow)?/,
    /^(?:prosze |prosimy )?(?:mnie |nas )?(?:juz |wiecej )?nie (?:nekac|meczyc|niepokoic|zadreczac|nagabywac|spamowac|molestowac|nekajcie|meczcie|spamujcie)(?: mnie| nas| wiecej| juz)*$/,
    /^(?:prosze )?nie (?:wysyl|przysyl|przesyl|slij)\w*(?: (?:tego|mi|nam|wiecej|juz|takich|tych|zadnych|niczego|nic))* (?:na (?:moja|moj|nasza|ta|ten|nasz) (?:\w+ )?(?:skrzynk\w+|adres|maila?|poczt\w+)|wiecej)$/,
    /\bnie (?:kontaktowac|kontaktujcie|odzywac|odzywajcie|zwracac) sie (?:ze mna |z nami |do mnie |do nas )?(?:ponownie|wiecej|juz|nigdy)\b/,
    /\b(?:wpis|dopis|dodac|dodaj|umiesc|umieszcz)\w*\b.{0,16}\b(?:na|do) (?:panstwa |waszej |wasza |liste |czarna |czarnej )*(?:list\w+ )?(?:niechcac\w+|czarn\w+ list\w+|czarnej|zablokowan\w+|wykluczen\w*|blokad\w*|robinson\w*)/,
    /\b(?:zablok\w+|blok\w+) (?:moj|nasz|ten) (?:adres|mail|e-?mail)\w*/,
    /\b(?:pan|pani|dyrektor\w*|prezes\w*|dr|prof|szef\w*)\b.{0,24}\bnie (?:chce|zyczy sobie) (?:\w+ )?(?:otrzymywa\w+|dostawa\w+|kontakt\w*|by\b|aby\b|zeby\b)/,
    /\bnie (?:uzywa\w+|wykorzystywa\w+|korzysta\w+) (?:z )?(?:tego|mojego|naszego) (?:adresu|maila|e-?maila)\b(?!.{0,16}\b(?:tylko|lecz)\b)/,
    /\b(?:ten|moj|nasz) (?:adres|mail) nie (?:jest|sluzy) (?:do|na) (?:reklam\w*|marketing\w*|ofert\w*|spamu|takich)(?!.*(?:@|\btylko do\b))/,
  ],
} as const;
