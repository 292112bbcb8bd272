/**
 * Wishes to stop in two sentences: the first names one's address, the second orders what is to happen with it. "How did you get my
 * address? Please delete it." "This mailbox is for patients. Don't use it for sales." Neither says so alone. Pure, on sentences as
 * `sentencesOf` of opt-out-words.ts writes.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

interface Pair {
  readonly language: OptOutLanguage;
  /** An address that is one's own. */
  readonly named: RegExp;
  /** What is to happen with it: a sentence of its own. */
  readonly order: RegExp;
}

/** The address has changed, or something else was named beside it. */
const OTHER_THING =
  /\b(old|previous|former|wrong|typo|twice|duplicate\w*|attach\w*|changed|new|alte[nrs]?|fruhere\w*|falsch\w*|doppelt\w*|anhang|neue[nrs]?|ancien\w*|erreur|nouvel\w*|doublon\w*|antigu\w+|vieja|equivocad\w+|nuev\w+|duplicad\w+|vecchi\w+|sbagliat\w+|nuov\w+|oude|verkeerd\w*|nieuwe?|dubbel\w*|antig[oa]|errad\w+|nov[oa]|star(y|ego|ym|ej)|bledn\w+|now\w|gamla|fel|nya|gamle|forkerte?|nye?)\b|古い|旧|間違|新しい|重複|旧|舊|错|錯|新的|重复/;

const PAIRS: readonly Pair[] = [
  {
    language: "en",
    named:
      /\b(my|our|this|these) (\w+ ){0,2}(address|addresses|inbox|mailbox|e-?mail|number|details|data|contact|line)\b|\b(get|got|find|found|have|obtain\w*|buy|bought) (hold of )?(me|us|my|our|this)\b/,
    order:
      /^(please |kindly |and |now |so |then |just )*(delete|remove|erase|exclude|purge|destroy|forget|lose|strike|drop) (it|this|that|them|me|us)( (please|now|again|at once|immediately|today|from (your|the|any|all) .{1,40}|wherever .{1,30}|for good|thanks|and .{1,40}))*$|^(please |kindly |and |so )*(do not|don't|never|stop) (use|using|write to|writing to|mail|mailing|e-?mail|send to|contact) (it|this|that)( (for|again|any ?more|with|to) ?.{0,40})?$/,
  },
  {
    language: "de",
    named:
      /\b(meine|unsere|diese|meiner|unserer|dieses|unser|mein) (\p{L}+ )?(e-?mail-?)?(adresse|mailadresse|postfach|daten|kontaktdaten|nummer|mail|kontakt)\b|\bhaben sie (mich|uns)\b/u,
    order:
      /^(bitte |und |also |dann )*(losch|entfern|streich|vergess|tilg|vernicht|nehm)\p{L}* (sie )?(bitte )?(sie|diese|die|das|es)( (bitte|umgehend|sofort|wieder|raus|heraus|aus .{1,40}))*$|^(bitte |und )*(verwend|nutz|benutz|gebrauch|schreib)\p{L}* (sie )?(sie|diese|das|es)? ?(bitte )?(nicht|nie|keinesfalls)( mehr| langer)?( (fur|zu|zur) .{1,40})?$|^(bitte |also )*(wieder |umgehend |sofort )?(loschen|streichen|entfernen)$|^(konn\p{L}+|wurd\p{L}+|kannst) (sie|ihr|du) (bitte )?(sie|diese|die|das|es|ihn) (bitte |wieder )?(aus .{1,40} )?(loschen|streichen|entfernen|herausnehmen|tilgen)$|^(bitte )?nicht (mehr )?(fur|zu) (werb\p{L}*|so etwas|verkauf\p{L}*|akquise) (verwenden|nutzen|benutzen)$/u,
  },
  {
    language: "fr",
    named:
      /\b(mon|notre|cette|mes|nos|ce) (\w+ )?(adresse|mail|e-?mail|courriel|boite|messagerie|numero|coordonnees|donnees|contact)\b/,
    order:
      /^(merci de |veuillez |prier? de |et |alors |svp )*(l'|la |le |les )?(supprim|effac|retir|enlev|oubli|detrui)\w*( ?-? ?(la|le|les|moi|ca))?( (svp|merci|immediatement|tout de suite|de .{1,40}|s'il vous plait))*$|^(merci de |veuillez |priere de )?(ne )?(pas|plus|n'|ne) ?(pas |plus )?(l'|la |les )?utilis\w+( (pas|plus))?( (pour|a) .{1,50})?$/,
  },
  {
    language: "es",
    named:
      /\b(mi|nuestr[ao]|est[ae]|mis|nuestros) (\w+ )?(direccion|correo|e-?mail|mail|buzon|datos|numero|contacto|cuenta)\b/,
    order:
      /^(por favor,? |favor de |y |pues |les ruego que )*(l[oae]s? )?(borr|elimin|quit|suprim|olvid|retir|saqu)\w*(l[oa]s?)?( (por favor|ya|inmediatamente|de .{1,40}))*$|^(por favor,? |favor de )*no (l[oa]s? )?(us|utilic|emple|utiliz)\w+(l[oa]s?)?( mas)?( (para|con) .{1,50})?$/,
  },
  {
    language: "it",
    named:
      /\b(il mio|questo|questa|la mia|i miei|il nostro|la nostra) (\w+ )?(indirizzo|mail|e-?mail|casella|dati|numero|contatto|recapito)\b/,
    order:
      /^(per favore,? |prego di |vi prego di |e |allora )*(lo |la |li )?(cancell|elimin|rimuov|togli|dimentic)\w*(l[oai])?( (per favore|subito|immediatamente|da .{1,40}|dai .{1,40}|grazie))*$|^(per favore,? |vi prego di )*non (l[oa] )?(us|utilizz)\w+(l[oa])?( piu)?( (per|a) .{1,50})?$/,
  },
  {
    language: "nl",
    named: /\b(mijn|ons|onze|dit|deze) (\w+ )?(\w*adres|mail|e-?mail|postvak|inbox|gegevens|nummer|mailbox)\b/,
    order:
      /^(graag |gelieve |wilt u |wil je |en |dus |aub )*(verwijder|verwijderen|wis|wissen|schrap|schrappen|vergeet|haal)( u)?( (het|dit|deze|ze|die))?( (graag|direct|meteen|weer|aub|verwijderen|wissen|uit .{1,40}|alsjeblieft|alstublieft))*$|^(graag |gelieve )*(niet|nooit) (meer )?(voor .{1,30} )?(gebruiken|gebruik)$|^(kunt|kun|kunnen|wilt|wil|zou|willen) (u|je|jullie) (het|dit|deze|die) (graag |even |aub )?(uit .{1,40} )?(wissen|verwijderen|schrappen|halen|gooien)$|^(gebruik|mail)( u)? (het|dit|deze) (niet|nooit)( meer)?( (voor|om) .{1,40})?$/,
  },
  {
    language: "pt",
    named:
      /\b(meu|minha|est[ea]|nosso|nossa|ess[ea]|meus) (\w+ )?(e-?mail|endereco|contac?to|dados|numero|caixa|correio|conta)\b/,
    order:
      /^(por favor,? |favor |e |entao |peco que )*(o |a |os )?(apag|elimin|remov|retir|exclu|esquec|tir)\w*(-?[nl]?[oa]s?)?( (por favor|ja|imediatamente|d[aeo]s? .{1,40}))*$|^(por favor,? |favor )*nao (o |a )?(us|utiliz)\w+(-?n?[oa])?( mais)?( (para|com) .{1,50})?$/,
  },
  {
    language: "pl",
    named: /\b(moj\w*|nasz\w*|ten|ta) (\w+ )?(adres\w*|mail\w*|e-?mail\w*|skrzynk\w+|numer\w*|dan\w+|kontakt\w*)\b/,
    order:
      /^(prosze |prosimy |i |wiec )*(go |je |ja |to )?(usun\w*|skasuj\w*|skasowa\w*|wykresl\w*|wymaz\w*|zapomn\w*)( (go|je|ja|to|natychmiast|prosze|z .{1,40}))*$|^(prosze )?nie (uzywa\w+|wykorzystywa\w+|wysyla\w+|pisa\w+|uzywajcie|wysylajcie) (go |na niego |tam |jej |na nia )+.{0,50}$/,
  },
  {
    language: "sv",
    named:
      /\b(min|mitt|var|vart|den har|denna|mina|vara) (\w+ )?(\w*adress\w*|mejl\w*|mail\w*|e-?post\w*|inkorg\w*|uppgifter|nummer)\b/,
    order:
      /^(snalla |vanligen |och |sa )*(ta bort|radera|stryk|glom|rensa|slang) (den|det|dem|mig)( (tack|genast|nu|fran .{1,40}|ur .{1,40}))*$|^(snalla |vanligen )*(anvand|mejla|skriv) (den |till den )?(inte|aldrig)( mer)?( (for|till) .{1,40})?$/,
  },
  {
    language: "da",
    named:
      /\b(min|mit|vores|denne|mine|den her) (\w+ )?(\w*adresse\w*|mail\w*|e-?mail\w*|indbakke\w*|oplysninger|nummer|postkasse)\b/,
    order:
      /^(venligst |og |sa )*(slet|slette|fjerne?|stryge?|glem) (den|det|dem|mig)( (tak|straks|nu|fra .{1,40}|venligst))*$|^(venligst )*(brug|skriv|mail) (den |til den )?(ikke|aldrig)( mere)?( (til|for) .{1,40})?$/,
  },
  {
    language: "ja",
    named: /(アドレス|連絡先|個人情報|メールボックス|番号|窓口)/,
    order:
      /^(すぐに|至急|直ちに|それを|どうか)?(削除|消去|抹消|消して|破棄)(し|を|して)?.{0,10}(ください|下さい|願います|お願いします|お願いいたします|もらえますか|いただけますか)$|^(営業|広告|宣伝|売り込み|勧誘)(に|には|目的で|の目的で|目的には).{0,6}(使わ|使用し|利用し)ない(で|よう).{0,10}$/,
  },
  {
    language: "zh",
    named: /(我|我们|这个|這個|此|本|该|該)(的|们的)?.{0,4}(邮箱|郵箱|信箱|地址|联系方式|资料|信息|号码|數據|数据)/,
    order:
      /^(请|請|麻烦|麻煩|立即|马上)*(删除|刪除|删掉|刪掉|清除|移除|去掉|删了|忘掉)(它|掉|吧|一下|谢谢|謝謝|$)+$|^(请问|麻烦|能|可以|能不能|可不可以)+(从|把它从)(你们|你們|贵司|您)的?.{1,8}(删|刪|移|去)(除|掉|了)?(吗|嗎)?$|^(请|請)?(勿|不要|别|別)(再)?(用|用于|用於|拿|将其用于|把它用于).{0,12}(推销|推銷|广告|廣告|营销|推广|销售|宣传)$/,
  },
];

/** "Could you delete it from your files?" orders as "delete it" does. */
const ASKED =
  /^((could|can|would|will) you|(pourriez|pouvez|voulez|peux|pourrais|pourrait)[- ](vous|tu|on)|tu peux|vous pouvez|podrian|pueden|podria|puede|podrias|puedes|podeis|podriais|potreste|potete|potrebbe|puo|puoi|potresti|podem|podiam|poderiam|pode|podia|poderia|czy (moga|moglby|moglaby|mogliby|mozecie|moze|mozna)( (go|ja|je))?( (panstwo|pan|pani))?|(kan|kunde|skulle) (ni|du)( kunna)?|(kan|kunne|vil|ville) (i|du)) /;

/** @returns the language in which the second sentence says what is to happen with the address of the first. */
export function wishInTwo(first: string, second: string): OptOutLanguage | undefined {
  if (OTHER_THING.test(first)) return undefined;
  const asked = second.replace(/\s*\?+$/, "");
  const orders = asked === second ? [second] : [asked, asked.replace(ASKED, "")];
  return PAIRS.find(({ named, order }) => named.test(first) && orders.some((one) => order.test(one)))?.language;
}
