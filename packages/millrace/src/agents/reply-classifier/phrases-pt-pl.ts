/** How people answer in Portuguese and Polish, as `plainOf` writes: lower case, without accents. */
import type { LanguagePhrases } from "./rule.ts";

export const PORTUGUESE: LanguagePhrases = {
  out_of_office: [
    /\b(fora|ausente) (do|d[eo] meu|no) escritorio\b|\b(estou|estarei|encontro-me|encontrarei-me) (ausente|fora|de ferias|de licenca|de baixa|em viagem|em ferias)\b/,
    /\bde (ferias|licenca( de maternidade| parental| medica)?|baixa( medica)?)\b.{0,40}\b(ate|volto|regresso|retorno)\b|\b(estou|estarei) de ferias\b/,
    /\b(regresso|volto|retorno|estarei de volta) (ao escritorio )?(no dia|dia|em|na|a) |\bausencia (temporaria|do escritorio)\b|\bem viagem de trabalho\b/,
    /\bacesso limitado ao? (meu )?e-?mail\b|\bescritorio (estara|esta|encontra-se) (fechado|encerrado)\b/,
  ],
  bounce: [
    /\b(mensagem|e-?mail) .{0,40}\bnao (pode|foi possivel|foi) (ser )?(entregue|entregar)\b|\b(endereco|conta|caixa) .{0,30}\b(nao existe|ja nao existe|desativad\w|nao esta mais ativ\w)\b/,
  ],
  complaint: [
    /\b(apresentar|apresentei|fazer|fiz|abrir) (uma )?(queixa|denuncia|reclamacao)\b.{0,40}\b(cnpd|anpd|autoridade|procon|protecao de dados)\b|\b(meu|nosso) advogado\b.{0,40}\b(contact|process|notific)|\bmedidas legais\b|\bdenunciar .{0,20}(spam|anpd|cnpd)\b/,
  ],
  wrong_person: [
    /\b(o|a|o meu|a minha) (patrao|patroa|chefe|diretor|diretora|dono|dona|gerente) (e|chama-se) (o senhor|a senhora|o sr|a sra|o dr|a dra)\b/,
    /\bnao sou (a pessoa|o|a) (cert|indicad|adequad|responsavel|correct|corret)\w*|\bpessoa errada\b|\bnao (e|sou) (comigo|responsavel (por|deste))\b/,
    /\b(ja )?nao (trabalho|trabalha) (mais )?(nessa|nesta|la|aqui|na|no|com)\b|\b(deixei|saiu d|sai d)\w* (a|da|essa|esta) empresa\b|\bmudei de (funcao|area|empresa|departamento)\b/,
    /\bquem (trata|cuida) diss[oe]|\be com o (departamento|setor)\b|\b(se )?(aposentou|reformou)\b|\bencaminhe (isto|isso|para)\b/,
  ],
  not_now: [
    /\b(agora|neste momento|de momento|por enquanto|por agora|para ja) nao\b|\bainda nao\b(?! (recebi|vi|tenho resposta))|\bnao (e|seria) (o |um )?(bom|melhor) momento\b|\b(timing|altura) nao (e|esta) (bo[am]|certo)/,
    /\b(volte|voltem|volta|retome|retomem|contacte|contate|fale|falem|escreva|procure|procurar|liga|ligue)\b.{0,30}\b(em|no|na|apos|depois|daqui a) .{0,20}\b(janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|ano|meses|trimestre|semestre|ferias)\b/,
    /\b(talvez|quem sabe) (mais tarde|no proximo|no ano|depois)|\b(segundo|proximo) (semestre|trimestre|ano)\b|\borcamento .{0,30}\b(congelado|esgotado|fechado)\b|\btudo congelado\b|\bdepois (das ferias|de marco|do verao)\b/,
  ],
  negative: [
    /^nao,? (muito )?obrigad[oa]\b|^nao$|\b(sem|nao (temos|tenho|ha)) (qualquer |nenhum )?interesse\b|\bnao (nos |me )?interessa\b|\bnao (estamos|estou) interessad[oa]s?\b/,
    /\bnao (e|seria) para (nos|mim)\b|\bnao (precisamos|preciso|faz sentido|vamos (avancar|continuar|prosseguir|seguir))\b|\bja (temos|trabalhamos com|usamos) (um |uma |outr[oa] )/,
    /\b(recusar|recusamos|declinar|declinamos|optamos por nao|decidimos (nao|seguir com outr))\b|\ba resposta e nao\b|\bnao e algo que\b/,
  ],
  positive: [
    /^(sim|claro|com certeza|perfeito|combinado|ok|pode ser|com prazer|otimo)[,!. ]*(obrigad[oa]|por favor|vamos|pode)?$|^sim,? (vamos|tenho|quero|pode|por favor|gostaria|com)\b/,
    /(?<!nao )(?<!sem )\b(tenho|temos) (todo o |muito )?interesse\b|(?<!nao )\b(estou|estamos) (muito )?interessad[oa]s?\b|\b(gostaria|gostariamos|adoraria) de (ver|saber|conhecer|testar|conversar|agendar)\b/,
    /\b(pode|podem|podemos) (agendar|marcar|ligar|enviar (o|um) convite|mandar (a|uma) proposta|avancar)\b|\bvamos (conversar|falar|em frente|marcar|agendar)\b|\b(funciona|serve) (bem )?para mim\b|\benvi(e|em|a) (o|um|uma|a) (contrato|proposta|convite|orcamento)\b|\bcontem comigo\b/,
  ],
  question: [
    /\b(quanto custa|qual e o preco|quais sao os precos|quem sao voces|quem e voce|de que se trata|como (conseguiram|obtiveram|arranjaram)|ha periodo de teste|como funciona o preco)\b/,
  ],
};

export const POLISH: LanguagePhrases = {
  out_of_office: [
    /\b(jestem|bede|przebywam|znajduje sie) .{0,20}\b(na urlopie|nieobecn\w+|poza biurem|na zwolnieniu|w delegacji|w podrozy)\b|\bna (urlopie|zwolnieniu lekarskim|urlop\w* macierzynsk\w+)\b/,
    /\b(nieobecnosc|poza biurem|automatyczna odpowiedz)\b.{0,60}|\b(wracam|bede z powrotem|powrot) .{0,15}\d|\bograniczony\w* dostep\w* do (poczty|e-?maili|skrzynki)\b|\bw podrozy sluzbowej\b|\bbiuro (jest|bedzie) (zamkniete|nieczynne)\b/,
  ],
  bounce: [
    /\b(wiadomosc|mail|e-?mail) .{0,40}\bnie (mogla|zostala|moze|zostal) (zostac |byc )?dostarczon\w+|\b(adres|skrzynka|konto) .{0,30}\b(nie istnieje|juz nie istnieje|nieaktywn\w+|zostala? (usunieta|zamknieta))\b/,
  ],
  complaint: [
    /\b(zgloszenie|zglosze|zglaszam|skarge|skarga|donos|zawiadomie)\b.{0,40}\b(uodo|rodo|urzed\w*|spam|uokik)\b|\b(moj|nasz) (prawnik|adwokat)\b.{0,30}\b(skontaktuje|kontaktuje|napisze|odezwie|zajmie|poinformowan|powiadomion|pozwie|wystapi)\w*|\b(uslysz\w+|wiadomosc)\b.{0,12}\bod (mojego|naszego) (prawnika|adwokata)\b|\bkroki prawne\b|\bdroge sadowa\b/,
  ],
  wrong_person: [
    /\b(szefem|szefowa|kierownikiem|kierowniczka|wlascicielem|dyrektorem) jest (pan|pani)\b|\b(szef|szefowa|kierownik|kierowniczka) (to|nazywa sie) /,
    /\bnie jestem (wlasciwa|odpowiednia) osoba\b|\b(do )?niewlasciwej osoby\b|\bnie (odpowiadam|zajmuje sie) (za |juz )?(t|tym|to)|\bto nie (do mnie|moja)\b/,
    /\bnie pracuje (juz|tu|tam|w)\b|\bjuz nie pracuje\b|\bprzesz\w+ na emeryture\b|\bzmienil\w* (stanowisko|prace|dzial)\b/,
    /\b(tym|ta sprawa) zajmuje sie\b|\bprosze (skierowac|przekazac|kierowac) to do\b|\bproszę? (rozmawiac|pisac|kontaktowac sie) (z|do) /,
  ],
  not_now: [
    /\b(nie teraz|jeszcze nie|na razie nie|obecnie nie|w tej chwili nie|nie w tym (roku|kwartale|momencie)|to nie jest dobry moment|moze pozniej|moze w przyszlym)\b/,
    /\b(prosze )?(odezwac sie|wrocic|skontaktowac sie|zadzwonic|napisac|o kontakt|wrocmy|wroc|zapytac)\b.{0,40}\b(styczni\w+|lut\w+|marc\w+|kwietni\w+|maj\w+|czerwc\w+|lipc\w+|sierpni\w+|wrzesni\w+|pazdziernik\w+|listopad\w+|grudni\w+|miesiac\w*|miesiec\w*|roku|kwarta\w+|wakacj\w+)\b/,
    /\b(odlozmy|odkladamy|wstrzymane|zamrozon\w+)\b|\bpo (wakacjach|urlopie|marcu|nowym roku)\b|\bdrugie polrocze\b/,
  ],
  negative: [
    /^nie,? dziekuj\w+|^nie$|\bnie (jestesmy|jestem) (tym )?zainteresowan\w+|\bbrak zainteresowania\b|\bnie interesuje (nas|mnie)\b|\bnie (potrzebujemy|potrzebuje|skorzystamy|skorzystam|szukamy)\b/,
    /\b(to )?nie (jest )?dla nas\b|\bmamy juz (dostawce|rozwiazanie|firme|partnera)\b|\b(rezygnujemy|podziekuje|odmawiamy)\b(?! z (newslett|subskr))|\bnie bedziemy (kontynuowac|wspolpracowac)\b|\bodpowiedz brzmi nie\b|\bnie ma (potrzeby|takiej potrzeby)\b|\bwybralismy inn\w+|\bzdecydowalismy sie na inn\w+/,
  ],
  positive: [
    /^(tak|jasne|oczywiscie|chetnie|zgoda|super|dobrze|ok|pasuje)[,!. ]*(prosze|dziekuje|chetnie)?$|^tak,? (chetnie|prosze|jestem|jestesmy|poprosze|umowmy)\b/,
    /(?<!nie )\b(jestem|jestesmy) (bardzo )?zainteresowan\w+|\bchetnie (porozmawiam|zobacze|wezme|umowie|przetestuj\w+|poznam|spotkam)|\bchcial\w*bym (zobaczyc|przetestowac|poznac|umowic)|\bchcemy (przetestowac|kupic|zamowic)\b/,
    /\bprosze (zadzwonic|o (przeslanie )?(oferte|oferty|umowe|umowy|link|zaproszenie)|wyslac (zaproszenie|oferte|umowe)|rezerwowac)\b|\b(umowmy sie|zdzwonmy sie|porozmawiajmy|wchodzimy w to|mozemy ruszac)\b/,
  ],
  question: [
    /\b(ile (to )?kosztuje|jaka jest cena|jaki jest koszt|kim (panstwo|wy|jestescie)|skad (macie|maja|ma pan)|o co (dokladnie )?chodzi|czy jest (darmowy|bezplatny))\b/,
  ],
};
