/**
 * Words of stopping that ask for the contrary, or for something beside it: not to stop, nearly to have left, another address, a
 * waiting list, someone else put in one's place, how readers of theirs may leave. Patterns read what `sentencesOf` writes.
 */
import type { Doubt } from "./opt-out-doubts.ts";

export const TURNED: readonly Doubt[] = [
  {
    why: "beside a purchase",
    pattern:
      /[,;:–-] ?¡?(ya )?(lo (compramos|queremos|tomamos)|firmamos|he firmado|podpisal\w+|bierzemy|wir (kaufen|nehmen) es|ich habe unterschrieben|on (le )?(prend|signe)|j'ai signe|lo (compriamo|prendiamo)|ho firmato|compramos|ja assinei|(we|ik) (nemen|neem|kopen|koop) (het|hem)|ik heb getekend|we'll take it|i('ve| have) signed|vi (tar|tager|koper|kober) (den|det)|jag har skrivit under|jeg har skrevet under)\b/,
  },
  {
    why: "a question of what would be",
    pattern:
      /^(und |and |so |et |y |e |en |og |och |a |i |but |aber |mais |pero |ma |maar |mas |ale |men )?(what )?(if|suppose|wenn|falls|was wenn|angenommen|si|et si|que pasa si|se|e se|als|wat als|stel|jesli|jezeli|a jesli|co jesli|om|hvis)\b.*\?$|\b(wenn|falls) (einer|jemand|wer|ein \p{L}+|eine \p{L}+|die \p{L}+|der \p{L}+)\b|\b(if|when|once) (a|an|one of|any of|some|somebody|anyone) \w+|\b(si|cuando) (la gente|alguien|un (?!dia|jour|giorno)\w+|una (?!vez|volta)\w+|uno)\b|\bsi (quelqu'un|un (?!jour|dia|giorno)\w+|une (?!fois)\w+|l'un \w+)\b|\b(se|quando) (a pessoa|alguem|um (?!dia)\w+|uma (?!vez)\w+|qualcuno|un (?!giorno|domani|jour|dia)\w+|una (?!volta|vez)\w+|la \w+ (vuole|chiede))\b|\b(als|wanneer) (iemand|een \w+|er een)\b|\b(jesli|jezeli|gdy|kiedy) (ktos|jakis|jeden|pacjent|klient|rodzic)\w*|\b(hvis|om|nar) (en|et|ett|nogen|nagon) (?!dag\b)\p{L}+ (vil|vill|onsker|onskar|beder|ber|svarer|svarar|skriver|melder|siger|sager)\b|(社員|お客|会員|利用者|ユーザー|保護者|患者|読者|誰か|人|方)(さん|様)?(が|から).{0,16}(解除|停止|退会|配信).{0,10}(とき|場合|際|たら|ときは)|(停止|解除|退会)(を|の)?(ボタンを)?(押そう|クリックしよう)とし/u,
  },
  {
    why: "a question about terms",
    pattern:
      /\b(whenever (i|we) (like|want)|(at )?any ?time|halfway through|mid-?(year|term|contract)|minimum (term|period)|notice period|jederzeit|mitten (im|in der)|mindestlaufzeit|laufzeit|kundigungsfrist|quand (je|nous) (veux|voulons)|a tout moment|en cours d'annee|engagement|preavis|cuando (quiera|queramos)|en cualquier momento|a mitad de(l)? (ano|contrato)|permanencia|con (tiempo|antelacion)|quando (voglio|vogliamo)|in qualsiasi momento|a meta (anno|contratto)|vincol[oi]|penal[ei]|op elk (moment|ogenblik)|wanneer (ik|we) (wil|willen)|halverwege|looptijd|opzegtermijn|quando (quiser|quisermos)|a qualquer momento|a meio do|fidelizacao|w kazdej chwili|kiedy (chce|chcemy)|w polowie (roku|umowy)|okres wypowiedzenia|minimalny okres|nar (jag|vi|jeg) (vill|vil)|nar som helst|nar som helst|bindningstid|uppsagningstid|binding|opsigelse\w*|mitt i|midt i)\b.*\?|(いつでも|途中で|最低契約|契約期間).{0,24}(か|？|\?)|(随时|隨時|中途|最低期限|合同期).{0,16}(吗|嗎|么|？|\?)/,
  },
  {
    why: "to stop apologising",
    pattern:
      /\b(stop|quit|no need|don't|horen|hor|hort|arrete[zr]?|cesse[zr]?|dejen?|dejad|paren|smett\w+|basta|hou|houden|parem?|deixem?|przesta\w*|sluta|hold op|holde op)\b.{0,24}\b(apologi[sz]\w+|worry\w*|being (so )?sorry|entschuldig\w*|excuser|excuses|disculpar\w*|perdon|scusar\w*|scuse|(pedir|de) desculpas?|preocupar\w*|przeprasza\w*|ursakt|undskyld\w*)|\b(sich|euch)\b.{0,30}\bentschuldig\w*|(謝|すみません|申し訳).{0,8}(ない|要|不要)|(别|別|不用|不要).{0,12}(道歉|抱歉|不好意思)/,
  },
  {
    why: "what the product does with those who leave",
    pattern:
      /\b(your|the|this) (system|tool|software|service|product|platform)\b.{0,40}\b(opt|unsubscri|remov|delet)\w*.*\?|\b(ihr|euer|das|der|ihre|die) (system|tool|software|dienst|produkt|plattform)\b.{0,40}(abmeld|austrag|losch)\p{L}*.*\?|\b(votre|vos|le) (outil|service|logiciel|produit|systeme|plateforme)\b.{0,40}(desinscri|desabonn|retir|supprim)\w*.*\?|\b(su|el|la) (herramienta|servicio|sistema|programa|plataforma)\b.{0,40}(baja|elimin|borra|quita)\w*.*\?|\b(il|vostro|la) (sistema|servizio|programma|strumento|piattaforma)\b.{0,40}(disiscri|cancell|rimuov|togli)\w*.*\?|\b(het|jullie|uw) (systeem|dienst|programma|product|platform)\b.{0,40}(afmeld|uitschrij|verwijder|lijst)\w*.*\?|\b(a|o|vosso) (ferramenta|servico|sistema|programa|plataforma)\b.{0,40}(cancel|remov|elimin|tira)\w*.*\?|\b(wasza|wasz|system|narzedzie|usluga|program)\b.{0,40}(wypis|usuwa|rezygn)\w*.*\?|\b(systemet|er tjanst|verktyget|jeres tjeneste|vaerktojet|programmet)\b.{0,40}(avregistrer|ta\w* bort|afmeld|fjern|slett)\w*.*\?|(管理|処理)(の)?(機能|システム)|(サービス|ツール|システム|製品).{0,24}(停止|解除|退会|削除).{0,24}(か|？|\?)|(系统|系統|服务|服務|工具|软件|軟體|平台).{0,24}(退订|退訂|删|刪).{0,24}(吗|嗎|么|？|\?)/u,
  },
  {
    why: "no need to take them off",
    pattern:
      /\b(no need|not necessary|unnecessary|(do not|don't|needn't) (have|need)?) ?(for you )?to (take|remove|delete|unsubscribe|strike|drop)\b|\b(mussen|brauchen|musst|brauchst|musst) (sie |ihr )?(mich|uns)\b.{0,30}\bnicht\b.{0,40}(streich|losch|entfern|nehm|austrag|abmeld)|\b(pas besoin|inutile|pas la peine|pas necessaire|nul besoin) de (me |nous |m'|mon |notre )?.{0,4}(retir|desinscri|desabonn|supprim|enlev|effac|radi)|\bno (hace falta|es necesario|es preciso|tienen? que)\b.{0,12}(quit|borr|elimin|baja|saqu)|\bnon (serve|occorre|e necessario|c'e bisogno|dovete|deve)\b.{0,12}(tolg|togli|cancell|rimuov|elimin|disiscriv)|\bhoe(ft|f|ven|fde) (u |jullie )?(mij|me|ons)\b.{0,30}\bniet\b|\b(hoeft|hoeven) niet\b.{0,30}(haal|halen|schrap|uitschrij|verwijder)|\bnao (precis\w+|e (preciso|necessario)|tem (de|que))\b.{0,12}(tir|remov|retir|apag|elimin|cancel)|\bnie (trzeba|musi\w*|potrzeba)\b.{0,12}(usuw|usun|wypis|wykresl|skresl)|\b(behover|maste) (inte|ej)\b.{0,12}(ta bort|avregistrer|stryk|radera)|\b(behover|skal) ikke\b.{0,12}(fjern|slet|stryg|afmeld|framel)|(外|削除|解除|停止)(し|して|さ)?て?(いただか)?なくて(も)?(結構|大丈夫|いい|構い)|(停止|解除|削除)(まで)?は(不要|必要)|(不用|不必|没必要|沒必要|无需|無需)(把|将|將|退订|退訂|删|刪|取消)/u,
  },
  {
    why: "was about to ask, and did not",
    pattern:
      /\b(was|were) (going|about) to (ask|write|tell|mail|e-?mail|say)\b|\bwollten? .{0,24}\b(bitten|schreiben|sagen)\b.{0,70}\b(dann|aber|doch|da (las|sah)|bis)\b|\b(j'allais|nous allions|(m'|nous )appret\w+ a)( vous)? (demander|ecrire|dire)\b|\b(m'appretais|appretais) a vous\b|\bvoulais vous (demander|ecrire)\b.{0,70}\b(mais|puis)\b|\b(iba|ibamos|estaba a punto)( a| de)? (pedir|escribir|decir)\w*|\b(queria|pensaba) (pedir|escribir)\w*.{0,70}\b(pero|entonces)\b|\b(stavo|stavamo) per (chieder|scriver|dir)\w*|\b(volevo|volevamo) (chieder|scriver)\w*.{0,70}\b(ma|poi)\b|\b(wou|wilde|ging|gingen|wilden)( \w+){0,3} (vragen|mailen|schrijven)\b.{0,70}\b(maar|toen)\b|\b(ia|iamos|estava para)( vos| lhes)? (pedir|escrever|dizer)\b|\bqueria (pedir|escrever)\b.{0,70}\b(mas|depois)\b|\b(mialam|mialem|chcialam|chcialem)( juz)? (prosic|poprosic|napisac|pisac)\b.{0,70}\b(ale|lecz)\b|\b(tankte|skulle|hade tankt|ville)( \w+){0,2} (be|skriva|mejla)\b.{0,70}\b(men|sa sag)\b|\b(ville|skulle|var ved at|taenkte)( \w+){0,2} (bede|skrive|maile)\b.{0,70}\b(men|sa sa)\b|(お願い|依頼|連絡)しよう(か)?と(思って|考えて)|(本来|本來|原本|刚想|剛想|正想)(想|要)?(让|請|请|叫)/,
  },
  {
    why: "what they do not want to do themselves",
    pattern:
      /\b(don't|do not|no longer) want (to (keep )?(send|write|sort|lose|type|print)\w*|(any )?(more )?(e-?mails?|messages) (getting|being|that get|to get) (lost|stuck|missed))|\b(wir|ich) (wollen|will|mochten|mochte)\b.{0,24}\bkeine\b.{0,24}\b(verschicken|versenden|schreiben|drucken|tippen|verlieren)\b|\b(willen|wil)\b.{0,24}\bgeen (mails?|e-?mails?|berichten|post) meer\b.{0,24}\b(sturen|versturen|schrijven|missen|sorteren)\b|\b(vill|onskar) inte (langre |mer )?(skicka|skriva|sortera|tappa)\b/,
  },
  {
    why: "in one language, and not in another",
    pattern:
      /\b(in (english|german|french|spanish|italian|dutch|polish|portuguese|swedish|danish|japanese|chinese)|auf (deutsch|englisch|franzosisch)|en (anglais|francais|allemand|ingles|espanol|catalan)|in (inglese|italiano|tedesco)|in het (engels|nederlands|duits)|em (ingles|portugues|espanhol)|po (angielsku|polsku|niemiecku)|pa (svenska|engelska|dansk|engelsk|tyska|tysk))\b|(英語|日本語)(で|の)|(英文|中文|英语|英語)(的|邮件|郵件)/,
  },
  {
    why: "another wanted to leave",
    pattern:
      /\b(colleague|boss|wife|husband|partner|assistant|secretary|co-?worker|kolleg\w*|chef(in)?|frau|mann|assistent\w*|collegue|patron\w*|femme|mari|companer[oa]|jef[ea]|coleg[ao]|mujer|marido|esposa|collega|capo|moglie|marito|baas|vrouw|man|chefe|mulher|kolezanka|kolega|szef(owa)?|zona|maz|kollega\w*|fru|konen?|manden|sambo)\b.{0,14}\b(wanted|tried|was (about|going)|wollte|wollten|voulait|allait|queria|quiso|iba|voleva|stava|wilde|wou|ia|chciala?|mial[ao]?|ville|skulle|forsokte)\b|(同僚|上司|妻|夫|部下|家内|主人)(が|は).{0,12}(しようと|するところ)|(同事|老板|老闆|领导|同僚|老婆|老公|秘书).{0,4}(想|要|本来|本來|差点|差點|打算).{0,8}(退订|退訂|取消|删)/,
  },
  {
    why: "a while, and then again",
    pattern:
      /^(?!.*\b(know where|know how to find|weiss ich|wissen wir|wo (sie|ihr)|sais ou|savons ou|se donde|sabemos donde|so dove|sappiamo dove|weet ik|weten we|sei onde|sabemos onde|wiem,? gdzie|wiemy,? gdzie|vet (jag|vi)|ved (jeg|vi))\b).*\b(in the meantime|meanwhile|until then|till then|bis dahin|in der zwischenzeit|solange|d'ici la|en attendant|entre-temps|mientras tanto|hasta entonces|entretanto|nel frattempo|fino ad allora|tot die tijd|tot dan|intussen|ondertussen|ate la|entretanto|enquanto isso|do tego czasu|w miedzyczasie|tymczasem|till dess|tills dess|under tiden|indtil da|indtil videre|imens|i mellemtiden)\b|それまで(は)?|その間(は)?|在那之前|在此之前|到那时候之前|这段时间/,
  },
  {
    why: "how long what is known of others is kept",
    pattern:
      /\b(parents|families|patients|pupils|guests|donors|tenants|eltern|patienten|schuler\w*|gaste|spender\w*|mieter\w*|familles|eleves|donateurs|locataires|padres|familias|pacientes|alumnos|donantes|genitori|famiglie|pazienti|allievi|donatori|ouders|patienten|leerlingen|gasten|donateurs|pais|familias|alunos|doadores|rodzic\w+|pacjen\w+|uczni\w+|darczync\w+|foraldra\w*|patienter\w*|elever\w*|gaster\w*|givare|foraeldre\w*|donorer\w*|gaester\w*)\b.*\?|^(for |durante |por |pendant |per |for hvor |i )?(how long|wie lange|combien de temps|cuanto tiempo|quanto tempo|hoe lang|jak dlugo|hur lange|hvor laenge)\b.*\b(data|daten|donnees|datos|dati|gegevens|dados|dane|uppgifter\w*|oplysninger\w*|details|record\w*)\b|(停止|解除|退会|退訂)(を|の)?(ご)?(希望|要望|依頼)?(し|され|する|した|された)?(た)?(人|方|者|会員|保護者|お客|ユーザー|読者|利用者)|(停止|解除|退会)(した|された)?後(の|は|も|、)|(停止|解除|退会)(の)?(手続き?|処理|対応|データ|記録|作業|業務)(は|が|を|も|について|の扱い|への).{0,24}(か|教えて.*|知りたい.*)$|(停止|解除|退会)(にし|し)ようと|(退订|退訂|取消订阅|取消訂閱)(之后|以后|之後|以後|后|後)|(已经|已經|要求|申请|申請)(退订|退訂|取消订阅)的/,
  },
  {
    why: "not to stop",
    pattern:
      /\b(do not|don't|never|please not|not to) (ever |you dare )?(stop|quit|cease)\b|\b(hor\p{L}*|stopp\p{L}*)( sie)?( bitte| bloss| ja| nur)* nicht\b|\bnicht (damit )?auf(zu)?horen\b|\bn'(arrete|cesse)\w*\b|\bno (deje|pare|cese|suspenda|interrumpa)\w*\b|\bnon (smett|finit|interromp|cess|sospend)\w+|\b(stop|hou\w*)\b.{0,20}\bniet (op )?(met|ermee)\b|\bnao (par|deix|cess|suspend)(em|e|ar|am|a|es)\b|\bnie (przesta|zaprzesta|konczcie|koncz)\w*|\b(sluta|upphor)\b.{0,20}\binte\b|\b(hold|stop)\b.{0,14}\bikke (op|med)\b|\bikke (stoppe|holde op)\b|(やめ|止め|停止し|辞め)ないで|(别|別|不要|请勿|請勿)(停止?|中断|中斷)(发|發|寄|推送|联系|$|了)/u,
  },
  {
    why: "not to be taken off",
    pattern:
      /\b(do not|don't|never|please not) (skip|forget|leave out|pass over|overlook) (me|us|our)\b|\b(mich|uns)( bitte| bloss| ja| nur)* nicht (ubergehen|uberspringen|vergessen|auslassen|weglassen)\b|\bne (nous |m'|me )(oubli|saut|laiss)\w*( surtout)? pas\b|\bno (nos|me) (salt|olvid|dej)\w*|\bnon (ci|mi) (salt|dimentic|lasci)\w*|\b(sla|vergeet) (ons|mij|me)( vooral| alsjeblieft| aub| dus)* niet\b|\bnao (nos|me) (salt|pul|esquec|deix)\w*|\b(nas|mnie) nie (pomija|zapomina|pomin|usuwa|wykresla|skresla)\w*|\bnie (pomija|zapomina)\w*|\b(glom|hoppa) inte\b|\bikke (springe|glemme) (os|mig)\b|\b(glem|spring) (os|mig)( endelig)? ikke\b|忘れないで|飛ばさないで|(别|別|不要)(忘|漏|跳过|跳過|落下)|\b(do not|don't|never|please not) (take|remove|cross|strike|drop|delete|scratch) (me|us|my|our)\b|\b(assistant|she|he|they|it|colleague|system|secretary)( will|'ll| can| may| should) (take|remove|delete|drop) (me|us)\b|\b(take|remove|drop) (me|us) (off|from) (the |this )?(cc|thread|call|invite|loop|chain|copy|conversation)\b|\b(nehm|nimm|streich|losch|entfern|trag|werf|wirf|schmeiss)\p{L}*( sie| ihr)? (mich|uns)( bitte| bloss| ja| nur| auf keinen fall)* nicht\b|\bne (nous|me) (retir|ray|supprim|enlev|effac|vir|desinscri)\w*( surtout)? pas\b|\bnon (ci|mi) (tol|togli|cancell|rimuov|elimin|depenn|lev|disiscriv)\w*|\b(ma|skal|ma endelig|maa)( endelig)? ikke (tage|fjerne|slette|stryge|afmelde|smide) (os|mig)\b|\bikke (tage|fjerne|slette|stryge|afmelde) (os|mig)\b|\b(far|fa|ska) inte (ta bort|stryka|radera|avregistrera|plocka bort) (oss|mig)\b|\bno (nos|me) (quit|borr|elimin|saqu|tach|retir)\w*|\bnon (toglie|togli|cancell|rimuov|elimin|depenn)\w*(ci|mi)\b|\b(haal|schrap|verwijder|wis)(t)?( u)? (ons|mij|me)( aub| alstublieft| alsjeblieft| graag| vooral| dus)* niet\b|\bnao (nos|me) (tir|remov|retir|exclu|apag|risqu)\w*|\bnie (usuwa|skresla|wykresla|wypisyw|usun|skresl|wykresl)\w*|\b(stryk|ta bort|radera) (oss|mig) inte\b|\b(stryk|ta|radera) inte (bort )?(oss|mig)\b|\b(stryg|fjern|slet) (os|mig) ikke\b|\b(stryg|fjern|slet) ikke (os|mig)\b|(外さ|削除し|消さ|除か)ないで|(不要|别|別|请勿|請勿)(把|将|將)(我|我们|我們)[^。]{0,14}(删|刪|移|拿掉|去掉|划|剔|除名)/u,
  },
  {
    why: "a choice of their own to stand in",
    pattern:
      /\b(short-?list\w*|auswahlliste|engeren? auswahl|preselection|finalist\w*|rosa dei candidati|lista de candidatos|groslista|lista finalistow|bieterliste)\b|入围|入圍|候補リスト|最終候補/,
  },
  {
    why: "nearly left, and did not",
    pattern:
      /\b(nearly|almost|was (just )?about to|were about to|was going to|came close to|tempted to) \w{0,8} ?(unsubscrib|opt|delet|report|remov|block|hit)\w*|\b(fast|beinahe|schon)\b.{0,20}\b(abgemeldet|ausgetragen|abbestellt|geloscht|abmelden)\b|\b(failli|presque|j'allais|sur le point de)\b.{0,12}(desabonn|desinscri|supprim|effac)\w*|\b(casi|estuve a punto de|estaba por|iba a)\b.{0,10}\b(baja|borr\w+|elimin\w+|desuscri\w+)|\b(stavo per|quasi|ero sul punto di)\b.{0,10}(cancell|disiscriv|elimin)\w*|\b(bijna|haast|op het punt)\b.{0,16}\b(af|uit|verwijder)\w*|\b(quase|ia|prestes a|por pouco)\b.{0,10}(descadastr|cancel|remov|elimin)\w*|\b(juz mial|prawie|o malo|niemal)\w*\b.{0,12}(wypis|usun|rezygn)\w*|\b(nara att|nastan|tankte|pa vag att)\b.{0,8}(avregistrer|avanmal|avslut|avprenum|ta bort)\w*|\b(lige ved at|naesten|taet pa at|skulle lige til at)\b.{0,10}(afmeld|frameld|slet|opsig)\w*|(停止|解除|削除|退会|退訂)しよう(か)?と|差点|差一点|差點|本来想|本來想|正想退|\b(wollte|wollten) (mich|uns) (gerade|schon|eben|eigentlich|fast)\b.{0,40}\b(da|als|aber|doch|bis|dann)\b|\bden finger schon (auf|am|uber)\b|\b(finger|mouse|cursor) (already )?(on|over) (the )?unsubscrib\w*|\b(en train de|j'allais|voulais (juste )?|etais pret\w* a) ?(me |nous )?(desabonn|desinscri)\w*.{0,16}\b(quand|lorsque|mais|et puis)\b|\b(wilde|wou|ging|had) (me|mij|ons) (net|juist|al|bijna|eigenlijk)\b.{0,40}\b(toen|maar)\b|\b(skulle|tankte|holl pa att|var pa vag att|ville|var ved at)\b.{0,24}\b(avregistrer|avanmal|avprenum|afmeld|frameld|slett)\w*.{0,20}\b(nar|men|da)\b|(停止|解除|削除|退会|キャンセル)(の?手続き)?を?(しよう|しかけ)(か)?(と|た)/,
  },
  {
    why: "another address, not silence",
    pattern:
      /\b(old|previous|former) (\w+ )?(address|mailbox|inbox|e-?mail)\b|\balte[nrs]? (e-?mail-?)?(adresse|mail\w*|postfach|konto)|\bancien\w* (adresse|mail|boite|messagerie|e-?mail|compte|courriel)|\b(direccion|correo|cuenta|buzon|e-?mail) (antigu|viej|anterior)\w*|\bvecchi\w+ (indirizzo|casella|mail|e-?mail)|\b(indirizzo|casella) (vecchi|precedent)\w*|\boude (\w*adres|mail\w*|e-?mail\w*)|\b(endereco|e-?mail|conta|correio) (antig|velh|anterior)\w*|\bstar(y|ego|ym|a|ej) (adres|mail|skrzynk|e-?mail)\w*|\bgamla (\w*adress|mejl|mail|e-?post)\w*|\bgamle (\w*adresse|mail|e-?mail)\w*|(旧|古い|前の|以前の)(メール)?アドレス|(旧|舊|原来的|原來的|以前的|老)(邮箱|郵箱|地址|信箱)/,
  },
  {
    why: "a list of those who wait, or a news letter of their own",
    pattern:
      /\blist\w* (oczekuj|rezerwow)\w*|\b(internal|staff|in-house|intern\w*|personal(rundbrief|blatt|avisen?)|personeels\w*|personalblad\w*|interne|interno|interna|wewnetrzn\w+|firmow\w+) (newsletter|bulletin|rundbrief|lettre|boletin|bollettino|boletim|biuletyn\w*|nieuwsbrief|nyhedsbrev|nyhetsbrev|list\w*)|\b(personal(blatt|bladet|avisen)|rundbrief|biuletyn\w*|boletin interno|bollettino interno|boletim interno|lettre interne)\b|キャンセル待ち|順番待ち|待機リスト|ウェイティング|社内報|社内(の)?(メルマガ|ニュース|配信)|候补|候補|等候|等待名单|等待名單|排队|排隊|内部(通讯|通訊|简报|刊物)/,
  },
  {
    why: "someone put in the place of another",
    pattern:
      /\b(add|put|include|copy) (me|us|myself|her|him|them)\b(?!.{0,40}\b(list|suppression|block|dnc|opt)\b)|\b(mich|uns) (dafur|stattdessen)\b|\b(dafur|stattdessen) (mich|uns)\b|\b(ajoutez|mettez|incluez)[ -](moi|nous)\b(?!.{0,20}\b(liste|opposition)\b)|\b(pongan|metan|anadan|incluyan|agreguen)(me|nos)\b(?!.{0,20}\blista\b)|\b(mettete|aggiungete|inserite|metta|aggiunga) (me|noi)\b|\b(zet|voeg) (mij|me|ons)\b.{0,10}\b(erin|erbij|toe|in de)\b|\bponham-me\b|\b(adicion|coloqu)\w+-me\b(?!.{0,20}\blista\b)|\b(dodac|dodajcie|dopisac|dopiszcie|wpisac) mnie\b|\blagg till mig\b|\b(saet|tilfoj) mig\b(?!.{0,24}\b(liste|sortliste|spaerreliste)\w*)|私を(入れ|追加|加え)|(加上|换成|換成|改成|加)我(?!.{0,6}(黑名单|黑名單|拒收))/,
  },
  {
    why: "about a single mail or a person of theirs",
    pattern:
      /\b(my|meine?n?|mon|ma|mi|il mio|la mia|mijn|meu|minha|moj\w*|mitt?|min) (last|latest|previous|earlier|letzte\w*|vorige\w*|fruhere\w*|derniere?|precedente?|ultim[oa]|anterior|laatste|ostatni\w*|senaste|forra|sidste|forrige|seneste) (e-?mail|mail|message|note|nachricht|courriel|correo|mensaje|mejl|bericht|mensagem|wiadomosc|besked|meddelande)\w*|\bdar de baja (a |al |usuarios|clientes|contactos|empleados)(?!(mi|este|esta|nuestr\w+)\b)/,
  },
  {
    why: "someone else's mails were left",
    pattern:
      /\b(just|already|finally|recently|have|i|we) (unsubscribed|opted out)\b.{0,30}\b(competitor\w*|rival\w*|vendor\w*|else|others?|another|the rest)\b|\b(mitbewerber\w*|konkurren\w*|wettbewerber\w*|anderen|allem anderen)\b.{0,30}\b(abgemeldet|ausgetragen|gekundigt|abbestellt)\b|\b(viens|venons)\b.{0,16}\bde (me |nous )?(desabonn|desinscri)\w*|\b(concurrent\w*|concurrence|autres fournisseurs)\b|\b(acab\w+ de|ya) dar(me|nos) de baja\b|\b(competencia|competidor\w*|otro proveedor)\b|\b(appena|gia) (cancellat|disiscritt)\w*|\b(concorren\w+|altro fornitore)\b|\b(concurrent\w*|concurrentie)\b|\b(acab\w+ de|ja) (me )?(descadastrar|cancelar|desinscrever)\b|\bkonkurencj\w*\b|\bkonkurrent\w*\b|(競合|他社|ライバル)|(竞争对手|競爭對手|同行|别家|別家|其他家)/,
  },
  {
    why: "help with lists of their own",
    pattern:
      /\bhelp (me|us)\b(?! (get|be) (off|out|removed))|\b(uns|mir) helfen\b|\bhelfen sie (uns|mir)\b|\b(nous|m') ?aider\b|\bayudar(nos|me)\b|\baiutar(ci|mi)\b|\b(ons|mij|me) helpen\b|\b(nos|me) ajudar\b|\bajudar-(nos|me)\b|\bpomoc (nam|mi)\b|\bhjalpa (oss|mig)\b|\bhjaelpe (os|mig)\b|手伝/,
  },
  {
    why: "how readers of theirs may leave",
    pattern:
      /\b(leser|lesern|nutzer|mitglieder\w*|abonnenten|readers|members|users|students|lecteurs|membres|utilisateurs|lectores|usuarios?|socios|lettori|utenti|utente|soci|lezers|leden|gebruikers?|leitores|usuarios?|utilizador\w*|membros|czytelni\w+|uzytkowni\w+|czlonk\w+|lasare|anvandare|medlemmar|laesere|brugere?|medlemmer)\b.*\?|(読者|会員|利用者|お客様|ユーザー|受信者).*(か|できます)|(停止|解除)(の)?(リンク|ボタン|機能|ページ|率)|(读者|讀者|会员|會員|用户|用戶|客户|客戶)(怎么|怎麼|如何|可以|能)/,
  },
];
