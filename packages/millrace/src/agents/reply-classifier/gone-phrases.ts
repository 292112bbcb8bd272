/**
 * That the person is no longer there, or no one reads the mailbox any more: programs say so in place of them, and colleagues do. As
 * `plainOf` writes: lower case, no accents, one line. And what a program says that has only been received.
 */
import type { Phrases } from "./rule.ts";

/** They left, or never were who we took them for. */
export const GONE_PERSON: Phrases = {
  en: [
    /\bno longer (with|at|in|part of|employed|work(s|ing)?|a member of|an? employee|available at|on (the|our) (team|staff))\b/,
    /\b(not|n't) (work|works|working|employed) (here|there|with us|for us|at .{1,40}|for .{1,40}) any ?more\b/,
    /\b(have|has|had|'ve|'s) (now |since |recently |already )?(left|departed|moved on|retired|resigned|changed (jobs|companies|roles?)|passed away)\b/,
    /\b(left|departed) (the |our )?(company|organi[sz]ation|business|firm|team|school|university|practice)\b/,
    /\bmoved on to (a |an |another |other )?(new )?(role|position|job|company|challenge|opportunit)/,
    /\bmy last (working )?day\b|\bi (am|'m) (now )?retired\b|\bformer (employee|colleague|member of staff)\b/,
  ],
  de: [
    /\bnicht (mehr|laenger|langer) (fur|fuer|bei|teil|mitglied|mitarbeiter\w*|beschaftigt|tatig)\b/,
    /\b(nicht mehr|nicht langer|seit .{1,40} nicht mehr) .{0,60}\b(tatig|beschaftigt|angestellt|arbeite[nt]?)\b/,
    /\b(aus dem unternehmen|aus der firma|aus der gesellschaft|aus dem dienst|bei uns) (ausgeschieden|ausscheid\w*|ausgetreten)\b/,
    /\b(das|unser|die|unsere) (unternehmen|haus|firma|gesellschaft|team|organisation) verlassen\b/,
    /\b(im|in den|in) (wohlverdienten )?(ruhestand|rente|pension)\b|\bmein letzter arbeitstag\b/,
  ],
  fr: [
    /\b(a|ai|avons|ont) (desormais |recemment )?quitte (la|le|l'|notre|son|mes|ses|sa)/,
    /\bne? (fai[ts]|travaille|suis|est|sommes|figure) (donc )?plus (partie|au sein|chez|dans|parmi|employee?|salariee?|en poste)\b/,
    /\b(parti|partie|suis|est) (a la|en) retraite\b|\bmon dernier jour\b/,
  ],
  es: [
    /\bya no (trabaja|trabajo|forma|formo|esta|estoy|pertenece|pertenezco|labora|laboro|colabora) (en|con|para|parte|a|aqui)\b/,
    /\b(ha|he) (dejado|abandonado) (la|el|nuestra|de trabajar|de formar|su puesto)\b|\b(me he|se ha) (jubilado|retirado)\b|\bmi ultimo dia\b/,
  ],
  it: [
    /\bnon (lavora|lavoro|fa|faccio|collabora|collaboro|e|sono|opera) piu (in|con|per|parte|presso|da|dipendente|qui|alle)\b/,
    /\b(ha|ho) lasciato (l'|la|il|la mia|il mio|questa|nostra)|\b(e|sono) andat[oa] in pensione\b|\bil mio ultimo giorno\b/,
  ],
  nl: [
    /\b(niet (meer|langer)|geen) (werkzaam|in dienst|deel|bij|voor|werk\w*|medewerker|actief)\b/,
    /\bwerkt? (sinds .{1,30} )?niet (meer|langer)\b|\buit dienst\b|\bmet pensioen\b|\b(ons|het) bedrijf verlaten\b|\bmijn laatste werkdag\b/,
  ],
  pt: [
    /\b(ja nao (trabalha|trabalho|faz|faco|pertence|pertenco|integra|integro|esta|estou|colabora)|nao (trabalha|trabalho|faz|faco|pertence|pertenco|integra|integro|esta|estou|colabora) mais) (na|no|em|com|para|parte|a|ao|aqui)\b/,
    /\b(deixou|deixei|saiu|sai) (a |da |de fazer parte |de trabalhar )(empresa|companhia|equipa|equipe|organizacao)?\b|\b(aposentou-se|reformou-se|me aposentei)\b/,
  ],
  pl: [
    /\bnie (pracuje|pracuję|jest|jestem) (juz )?(w firmie|w naszej|u nas|w|pracownikiem|zatrudnion\w*)\b.{0,30}\bjuz\b|\bnie (pracuje|pracuję|jest|jestem) juz\b|\bjuz nie (pracuje|pracuję|jest|jestem)\b/,
    /\b(odszedl|odeszla|odszedlem|odeszlam|zakonczyl\w*) (z|ze|prace|wspolprace)\b|\bprzeszedl\w* na emeryture\b/,
  ],
  sv: [
    /\b(har slutat|slutade|jobbar inte|arbetar inte|ar inte) (langre |kvar )?(hos|pa|i|vid|har|anstalld|kvar|min)\b|\bgatt i pension\b|\binte langre (anstalld|kvar|verksam)\b/,
  ],
  da: [
    /\b(er|har) (fratradt|stoppet|sluttet|forladt|opsagt)\b|\b(arbejder|er) ikke l(a|ae)ngere (her|hos|i|ansat|en del)\b|\bgaet pa pension\b/,
  ],
  ja: [/退職(いたし|し)(まし|て)|退社(いたし|し)(まし|て)|在籍して(おりません|いません)|異動(いたし|し|になり|となり)/],
  zh: [
    /已?(离职|離職|退休|调离|調離)|不(再|在)(在)?(本|我|该|我们|這|这)?(公司|单位|單位)(工作|任职|任職|就职)?|已经?离开(了)?(公司|本公司)/,
  ],
};

/** Not there for the day: who says so is coming back. */
export const BACK_SOON =
  /\b(in|at|im|am|au|en|in|op|no|na|w|pa) (the |my |our |der |dem |mon |la |mi |het |mijn )?(office|desk|computer|buro|buero|haus|bureau|oficina|ufficio|kantoor|escritorio|biurze|kontoret)\b|\b(today|tomorrow|heute|morgen|aujourd'hui|demain|hoy|manana|oggi|domani|vandaag|hoje|amanha|dzis|dzisiaj|jutro|i ?dag|i ?morgon)\b/;

/** No one reads the mailbox. */
export const GONE_MAILBOX: Phrases = {
  en: [
    /\b(e-?mail|mail|mailbox|address|account|inbox)( address| account)? .{0,40}\b(no longer (being )?(in use|used|active|valid|exists|monitored|checked|read|maintained)|(is|has been) (closed|retired|deactivated|disabled|decommissioned)|(not|isn't|un) ?(being )?(monitored|attended|checked|read))\b/,
  ],
  de: [
    /\b(e-?mail|mail|mailadresse|adresse|postfach|konto|account)\b.{0,40}\b(nicht mehr|nicht) (langer )?(abgerufen|gelesen|verwendet|genutzt|aktiv|gultig|betreut|uberwacht|bearbeitet|existent|gepruft)\b|\b(adresse|postfach)\b.{0,30}\b(deaktiviert|abgeschaltet|geschlossen)\b/,
  ],
  fr: [
    /\b(adresse|boite|messagerie|compte)\b.{0,40}\bn'est (plus|pas) (consultee?|lue?|utilisee?|active?|valide|relevee?|surveillee?|en service)\b|\b(adresse|boite|compte)\b.{0,30}\b(desactivee?|fermee?)\b/,
  ],
  es: [
    /\b(direccion|correo|cuenta|buzon)\b.{0,40}\b(ya )?no (se )?(esta|revisa|lee|atiende|utiliza|usa|consulta|monitorea|existe|es valid[ao])\b|\b(direccion|correo|cuenta|buzon)\b.{0,30}\b(desactivad[ao]|cerrad[ao]|dad[ao] de baja)\b/,
  ],
  it: [
    /\b(indirizzo|casella|posta|account)\b.{0,40}\bnon (e|viene) (piu )?(presidiat[ao]|lett[ao]|attiv[ao]|in uso|utilizzat[ao]|consultat[ao]|monitorat[ao]|valid[ao])\b|\b(indirizzo|casella)\b.{0,30}\b(disattivat[ao]|chius[ao]|dismess[ao])\b/,
  ],
  nl: [
    /\b(e-?mailadres|mailadres|adres|mailbox|postvak|account)\b.{0,40}\bniet (meer|langer) (gelezen|gebruikt|actief|in gebruik|bekeken|gecontroleerd|geldig)\b|\b(adres|mailbox)\b.{0,30}\b(opgeheven|gesloten)\b/,
  ],
  pt: [
    /\b(endereco|caixa|e-?mail|correio|conta)\b.{0,40}\b(ja )?nao (e|esta|se) (mais )?(consultad[ao]|lid[ao]|ativ[ao]|em uso|utilizad[ao]|monitorad[ao]|monitorizad[ao]|valid[ao])\b|\b(endereco|caixa|conta)\b.{0,30}\b(desativad[ao]|encerrad[ao])\b/,
  ],
  pl: [
    /\b(skrzynk\w*|adres|konto|e-?mail)\b.{0,40}\b(nie jest (juz )?(obslugiwan\w*|czytan\w*|uzywan\w*|aktywn\w*|sprawdzan\w*|monitorowan\w*)|(juz )?nieaktywn\w*|zlikwidowan\w*|zamkniet\w*)\b/,
  ],
  sv: [
    /\b(adress\w*|mejladress\w*|e-?postadress\w*|brevlada\w*|konto\w*|inkorg\w*)\b.{0,40}\b(inte langre|inte) (anvands?|lases|bevakas|ar aktiv|aktiv|i bruk)\b|\b(anvands|lases|bevakas) inte langre\b/,
  ],
  da: [
    /\b(adresse\w*|mailadresse\w*|postkasse\w*|konto\w*|indbakke\w*)\b.{0,40}\bikke l(a|ae)ngere (i brug|aktiv|laest|bruges|overvages|laeses)\b|\b(bruges|laeses|overvages) ikke l(a|ae)ngere\b/,
  ],
  ja: [
    /(メール)?アドレスは.{0,20}(使用(されて|して)(おりません|いません)|使われて(おりません|いません)|無効|廃止|停止)/,
  ],
  zh: [/(邮箱|郵箱|信箱|邮件地址|電子郵件地址).{0,10}(已停用|已注销|已失效|不再使用|不再查看|无人查看|無人查看)/],
};
