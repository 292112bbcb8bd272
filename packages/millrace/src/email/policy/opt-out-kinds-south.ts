/** The kinds of opt-out-kinds.ts in French, Spanish, Italian and Portuguese. Data alone. */

const MAIL_FR =
  "(?:e-?mails?|mails?|messages?|courriels?|courriers?|envois?|relances?|newsletters?|sollicitations?|pub|publicites?|prospection|demarchage)";
const MAIL_ES =
  "(?:correos?|e-?mails?|mails?|mensajes?|envios?|publicidad|propaganda|comunicaci(?:on|ones)|boletin(?:es)?|informacion|ofertas)";
const MAIL_IT =
  "(?:e-?mail|mail|messagg\\w+|comunicazion\\w+|invi[oi]?|newsletter|pubblicita|letter[ae]|offert[ae]|sollecit\\w+)";
const MAIL_PT =
  "(?:e-?mails?|mails?|mensage(?:m|ns)|contac?t[oa]s?|envi[oa]s?|comunicac\\w+|newsletters?|publicidade|propaganda|ofertas|divulgac\\w+)";
const OUT_ES = "(?:elimin|borr|quit|sac|saqu|retir|tach|exclu|remuev|suprim|desuscrib|desapunt)";
const OUT_IT = "(?:rimuov|cancell|togli|toglie|elimin|lev|depenn|disiscriv|esclud|escludete|tir)";
const OUT_PT = "(?:remov|retir|tir|elimin|apag|exclu|risqu|desinscrev|descadastr)";

export const KINDS_OF_SOUTH = {
  fr: [
    /(?:^|[,;:] |\b(?:merci|svp|alors|et|veuillez) )(?:retir|enlev|supprim|radi|ray|effac|sort|vir|desinscriv|desabonn|ot)\w*[ -](?:moi|nous)(?:[ -](?:de la|de ca|d'ici|en|de tout))?(?: (?:svp|merci|tout de suite|immediatement|vite))*$/,
    /\b(?:inscri\w+|mett\w+|ajout\w+|plac\w+|not\w+)[ -]?(?:moi|nous|mon adresse|cette adresse)? ?(?:\w+ )?(?:sur|dans|a|en) (?:votre|la|une|vos) (?:liste|listes) (?:d'opposition|noire|rouge|d'exclusion|de blocage|de desinscription|de desabonnes)\b/,
    /\bbloque[zr] (?:mon|notre|cette|l') ?(?:adresse|e-?mail|domaine)\b/,
    new RegExp(
      `\\b(?:que|si|souhaite que|espere que|veux que|faites que|prefererais que)\\b.{0,6}\\b(?:ce|ceci|cela|ca|celui-ci|c') ?(?:soit|etait|sera|serait|est|reste)(?: bien)? (?:le|votre) (?:tout )?dernier (?:${MAIL_FR})\\b`,
    ),
    /^(?:non )?(?:merci,? )?(?:et )?(?:plus jamais|jamais plus)(?: ca| merci)?$/,
    /\b(?:oubliez|perdez|jetez|detruisez)[ -](?:moi|nous|cette adresse|mon (?:adresse|mail|e-?mail|numero|contact)|notre \w+|mes coordonnees)\b/,
    /^n'insistez (?:plus|pas davantage|pas)(?: merci)?$|^n'insistez (?:plus|pas),? (?:et )?(?:oubli|retir|supprim|cess|arret)/,
    /\b(?:effac|supprim|detrui|retir)\w*\b.{0,8}\b(?:toutes?|tout|l'ensemble|l'integralite)\b.{0,20}\b(?:donnees|informations|coordonnees|ce que vous avez sur moi|me concernant|nous concernant)\b/,
    /\b(?:effacement|suppression) (?:de |des )(?:toutes )?(?:mes|nos|l'ensemble de mes) (?:donnees|coordonnees|informations)\b/,
    /\bvous n'avez (?:pas|jamais|aucun\w*)\b.{0,14}\b(?:mon|notre|consentement|autorisation|accord|permission)\b/,
    /\b(?:je|nous) n'(?:ai|avons) (?:jamais|pas|aucunement) (?:donne|accepte|consenti|autorise|demande)\b.{0,40}\b(?:consentement|accord|mails?|messages?|adresse|recevoir|publicites?|prospection|newsletter|contacte\w*)\b/,
    /\b(?:ne pas|ne plus|n')\b.{0,8}\butilis\w+\b.{0,16}\b(?:cette|mon|notre) (?:adresse|boite|messagerie|e-?mail)\b(?!.{0,20}\bmais\b)/,
    /\bcette (?:adresse|boite|messagerie) n'est pas (?:faite |destinee |prevue |la )?(?:pour|a|aux) (?:la |le |les |des |vos )?(?:prospection|pub|publicites?|demarchage|offres commerciales|sollicitations)(?!.*(?:@|mais))/,
    new RegExp(`\\bmettre (?:un terme|fin) a (?:ces|vos|tous|cette|votre) (?:\\w+ )?${MAIL_FR}`),
    /\b(?:m|mme|monsieur|madame|dr|docteur|notre direct\w+|le direct\w+|la direct\w+)\b.{0,24}\bne (?:souhaite|veut|desire) (?:plus|pas) (?:recevoir|etre (?:contacte|sollicite|relance|demarche)\w*|qu'on)/,
    /\b(?:dis|dites|demande|demandez|fais|faites)\b.{0,10}\b(?:leur|lui|a l'expediteur|a cette boite|a ces gens)\b.{0,20}\b(?:d'arreter|de cesser|de ne plus|d'en finir)\b/,
  ],
  es: [
    new RegExp(
      `\\b${OUT_ES}(?:a|e|en|ad|an|ar|uen|ue|an|id|dme|ime|enme)?(?:me|nos)(?: (?:de (?:ahi|aqui|alli|esto|eso|inmediato|una vez|ella|todo)|ya|inmediatamente|por favor|cuanto antes|gracias))*$`,
    ),
    /\b(?:que|si) (?:me|nos) (?:quit|sac|saqu|borr|elimin|retir|exclu|dieran?|diesen?)\w* (?:ya )?(?:de|del)\b(?! (?:dudas|la duda))/,
    /\bdej(?:ad|en|a|e)(?:me|nos) (?:ya )?(?:en paz|tranquil\w+|fuera de (?:su|esta|la|vuestra) lista)\b/,
    /\b(?:favor|ruego|rogamos|pido|pedimos|agradec\w+|por favor)\b.{0,12}\b(?:de |que )?no (?:volver a |vuelvan a |volvais a |vuelva a )(?:contactar|escribir|enviar|mandar|molestar|comunicar)\w*/,
    new RegExp(
      `\\b(?:que|ojala|espero que)\\b.{0,6}\\b(?:este|esta|eso|esto)? ?(?:sea|fuera|fuese)(?: de verdad)? (?:el|la|su|vuestro) ultim[oa] (?:vez|${MAIL_ES})\\b`,
    ),
    /^(?:por favor,? )?ni (?:un|una|uno) mas$|^(?:por favor,? )?no insist(?:an|a|ais|as) mas$/,
    new RegExp(
      `(?:^|[,;] |\\b(?:favor de|por favor|solicito|pido) )(?:ces(?:en|e|ad|ar)|suspend(?:an|a|er)|interrump(?:an|a|ir)|deteng(?:an|a)|par(?:en|e|ad))(?: inmediatamente| ya)? (?:los|las|el|la|sus|vuestros|estos|estas|con (?:los|las|sus|estos|estas)|de (?:mandar|enviar)\\w*) ?(?:${MAIL_ES}|esto|eso|estas cosas|mas)?$`,
    ),
    /\b(?:incluy|pong|met|anad|agreg|inscrib)\w*(?:me|nos)?\b.{0,14}\b(?:en|a) (?:su|la|una|vuestra|tu) lista (?:de exclusion|negra|robinson|de bloque\w+|de no contact\w+)\b/,
    /\bbloque(?:en|e|ad|ar) (?:mi|esta|nuestra|este) (?:direccion|correo|e-?mail|dominio)\b/,
    /\b(?:no|nunca|jamas) (?:autorice|autorizo|autorizamos|di|dimos|he dado|hemos dado|doy|consenti|acepte|he autorizado|hemos autorizado|tienen? mi|teneis mi|cuentan con mi)\b.{0,40}\b(?:consentimiento|permiso|autorizacion|correos?|datos|direccion|publicidad|mensajes|contact\w+)\b/,
    /\b(?:borr|elimin|suprim|destruy)\w*\b.{0,8}\b(?:todos?|todo)\b.{0,20}\b(?:datos|informacion|sobre mi|lo que tengan)\b/,
    /\b(?:don|dona|senora?|sra?|dra?|doctora?|director\w*|mi jef[ea])\b.{0,24}\bno (?:quiere|desea) (?:que (?:le|la|lo) (?:vuelvan|escriban|contacten|manden|envien|molesten)|recibir|seguir recibiendo|ser contactad[oa])/,
    /\b(?:dile|diles|digale|digales|pideles|pidele|decidles|avisales)\b.{0,12}\bque\b.{0,10}\b(?:no|dejen|paren)\b.{0,16}(?:escrib|mand|envi|contact|molest)/,
    /\beste correo no es para (?:publicidad|ventas|propaganda|ofertas|eso|estas cosas)(?!.*(?:@|sino))|\besta direccion no es para (?:publicidad|ventas|propaganda|ofertas|eso|estas cosas)(?!.*(?:@|sino))/,
    /\bno (?:se )?(?:pongan?|pongais) (?:mas |nunca mas )?en contacto (?:conmigo|con nosotros)\b/,
  ],
  it: [
    new RegExp(
      `(?:^|[,;:] |\\b(?:per favore|prego|allora|e|potete|puoi|dovete) )${OUT_IT}(?:ete|ate|i|a|ere|are|er|ar|e|ite)?(?:mi|ci)(?: (?:da (?:li|qui|questa|tutto|ogni cosa|questa lista|quella lista)|subito|immediatamente|per favore|grazie|pure))*$`,
    ),
    new RegExp(
      `\\b(?:che|spero che|vorrei che|facciamo che)\\b.{0,8}\\b(?:questa|questo)? ?(?:sia|fosse)(?: davvero)? (?:l'ultim[oa]|la vostra ultima|il vostro ultimo)(?: (?:volta|${MAIL_IT}))?\\b`,
    ),
    new RegExp(
      `\\b(?:sospend|interromp|cess|ferm|blocc|termin)\\w*\\b.{0,4}\\b(?:l'|gli |ogni |qualsiasi |ulteriori |altri |questi |queste |i vostri |le vostre |con )(?:\\w+ )?${MAIL_IT}`,
    ),
    /\b(?:preg\w+|prego|chied\w+|richied\w+|favore|gentilmente|invito|invitat\w)\b.{0,12}\b(?:di |a )?(?:non|evitare di) (?:piu )?(?:invi|mand|scriv|contatt|sped|disturb|sollecit)\w+\b.{0,14}\b(?:piu|ulterior\w+|altr[eio]|in futuro|oltre)\b/,
    /\b(?:mett|inser|aggiung|iscriv)\w*(?:mi|ci)?\b.{0,16}\b(?:nella|nelle|in|alla) (?:vostra |una |tua |vostre )?(?:blacklist|lista (?:nera|di esclusione|di blocco|opposizion\w+)|black list|registro delle opposizioni)\b/,
    /\bblocc(?:ate|a|are|i) (?:il mio|questo|il nostro|la mia) (?:indirizzo|e-?mail|mail|dominio)\b/,
    /(?:^|[,;] |\b(?:no grazie e|e|grazie,) )non insist(?:ete|a|ere|i) (?:oltre|piu|ancora)$/,
    /\bnon (?:avete|ha|hai) (?:mai avuto |mai ricevuto )?(?:il )?(?:mio|nostro|alcun) (?:consenso|permesso|autorizzazione)\b/,
    /\bnon (?:ho|abbiamo) (?:mai )?(?:dato|prestato|autorizzato|acconsentito|fornito|concesso)\b.{0,40}\b(?:consenso|permesso|autorizzazione|mail|e-?mail|dati|indirizzo|pubblicita|contatt\w+)\b/,
    /\b(?:cancell|elimin|rimuov|distrugg)\w*\b.{0,8}\b(?:tutti|tutto|ogni)\b.{0,20}\b(?:dati|informazion\w+|su di me|che mi riguard\w+)\b/,
    /\bnon (?:usate|utilizzate|usi|usare|utilizzare) (?:piu )?(?:questo|questa|il mio|la mia) (?:indirizzo|casella|mail|e-?mail)\b(?!.{0,20}\bma\b)/,
    /\bquest[oa] (?:indirizzo|casella|mail) non (?:e|serve) (?:\w+ )?(?:per|alla|alle) (?:pubblicita|promozioni|offerte commerciali|vendit\w+|spam|queste cose)(?!.*(?:@|\bma\b))/,
    /\b(?:signora?|sig|sigra|dott|dottoressa|dottore?|dr|dssa|avv\w*|ing|prof\w*|direttore|direttrice|il (?:mio )?capo|titolare)\b.{0,24}\bnon (?:vuole|desidera|intende) (?:piu )?(?:ricevere|essere (?:ri)?contattat\w|essere disturbat\w|queste)\b/,
    /\b(?:di'|dica|dite|digli|chiedi|chiedete)\b.{0,14}\b(?:di|a questi|a loro|che)\b.{0,10}\b(?:non|smett\w+|piantarl\w+)\b.{0,14}(?:scriv|mand|invi|contatt|disturb)/,
  ],
  pt: [
    new RegExp(
      `\\b${OUT_PT}(?:am|em|a|e|uem|ue|ir|er|ar|i)?-(?:me|nos)(?: (?:dai|daqui|d[ae]ssa lista|desta lista|disto|disso|ja|por favor|imediatamente|de vez))*$`,
    ),
    new RegExp(
      `\\bme ${OUT_PT}(?:am|em|a|e|uem|ue|ir|er|ar|i)?(?: (?:dai|daqui|d[ae]ssa|desta|disto|disso|ja|logo|por favor|lista|de vez))*$`,
    ),
    new RegExp(
      `\\b${OUT_PT}(?:am|em|a|e|uem|ue|ir|er|ar|i)? (?:o |a )?(?:meu|nosso|minha|este) (?:e-?mail|endereco|contac?to|nome|numero|cadastro)(?: (?:dai|daqui|disso|d[ae]ss\\w+|d[aeo]|ja|por favor|logo).{0,24})?$`,
    ),
    /\b(?:nos termos|ao abrigo|conforme|com base|de acordo)\b.{0,24}\b(?:rgpd|lgpd|gdpr|lei)\b.{0,40}\b(?:apag|elimin|exclu|suprim|remo|oponho|esquec)\w+/,
    /\b(?:apag|elimin|exclus|remoc|supress)\w+ (?:de todos )?(?:d[oa]s )?(?:os )?(?:meus|nossos) (?:dados|contac?tos)\b/,
    new RegExp(
      `\\b(?:que|espero que|tomara que|gostaria que)\\b.{0,8}\\b(?:est[ea]|iss?o|isto)? ?(?:seja|fosse) (?:mesmo )?(?:a|o|a vossa|o seu|a sua) ultim[oa] (?:vez|${MAIL_PT})\\b`,
    ),
    /\b(?:abst(?:enham|enha|er)(?:-se)?|abstenham-se|evit(?:em|e|ar)|escus(?:em|am|a) de|dispens(?:o|amos)|dispensa-se)\b.{0,8}\b(?:de )?(?:(?:nos |me )?(?:contac?t|escrev|envi|mand|incomod)\w*|(?:mais |futur[oa]s |outr[oa]s |novos |quaisquer )(?:e-?mails?|mensagens|contac?tos|envios|propaganda|publicidade|comunicac\w+))/,
    new RegExp(
      `(?:^|[,;] |\\b(?:favor|por favor|solicito|peco) )(?:cess(?:ar|em|e)|suspend(?:er|am|a)|interromp(?:er|am|a)|par(?:ar|em|e))(?: imediatamente| ja)? (?:com )?(?:o|a|os|as|todos os|todo o|esses|estes|essas|qualquer) (?:${MAIL_PT})`,
    ),
    /^(?:por favor,? )?nao (?:insist|perturb|incomod|chatei|amol)(?:am|em|a|e|em)(?:-me|-nos)? ?mais$/,
    /\b(?:pede|peca|diz|diga|fala|digam)\b.{0,8}\b(?:a eles|a elas|para eles|lhes|ao remetente|pra eles)\b.{0,16}\b(?:nao|parar|pararem|deixarem)\b.{0,20}(?:mand|escrev|envi|contac?t|mais)/,
    /\b(?:senhora?|sra?|dona|doutora?|dra?|engenheir[oa]|director\w*|diretor\w*|o (?:meu )?chefe)\b.{0,24}\bnao (?:quer|deseja|pretende) (?:mais )?(?:receber|ser (?:contac?tad|incomodad)[oa]|que)/,
    /\bnao (?:autorizei|autorizo|autorizamos|dei|demos|consenti|tem o meu|tem a minha|tem meu|tem minha)\b.{0,40}\b(?:consentimento|permissao|autorizacao|e-?mails?|dados|endereco|publicidade|mensagens|contac?to)\b/,
    /\b(?:inclu|coloqu|coloc|ponh|adicion|bot)\w*(?:-me|-nos)?\b.{0,16}\b(?:na|em|numa) (?:sua |vossa |uma )?lista (?:de exclusao|negra|de bloque\w+|de oposicao|de nao \w+)\b/,
    /\bbloque(?:iem|ie|ar|ia) (?:o meu|meu|este|o nosso) (?:endereco|e-?mail|dominio)\b/,
    /\bnao (?:usem|use|utilizem|utilize) (?:mais )?(?:est[ea]|o meu|meu|ess[ea]) (?:endereco|e-?mail|correio|contac?to)\b(?!.{0,20}\bmas\b)/,
    /\best[ea] (?:endereco|e-?mail|caixa) nao (?:e|serve|se destina) (?:para|a) (?:propaganda|publicidade|vendas|marketing|ofertas|isso|isto)(?!.*(?:@|\bmas\b))/,
  ],
} as const;
