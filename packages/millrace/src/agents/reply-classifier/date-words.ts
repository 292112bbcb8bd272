/** The words of dates in ten languages, as `plainOf` writes them. Read by return-date.ts. */

const MONTH_NAMES = [
  "january jan januar janner janvier janv enero ene gennaio gen januari janeiro stycznia styczniu styczen",
  "february feb februar fevrier fevr febrero febbraio februari fevereiro lutego lutym luty",
  "march mar marz mars marzo maart mrt marco marca marcu marts",
  "april apr avril avr abril abr aprile kwietnia kwietniu",
  "may mai mayo maggio mag mei maio maja maju maj",
  "june jun juni juin junio giugno giu junho czerwca czerwcu",
  "july jul juli juillet juil julio luglio lug julho lipca lipcu",
  "august aug aout agosto ago augustus augusti sierpnia sierpniu",
  "september sept sep septembre septiembre settembre set setembro wrzesnia wrzesniu",
  "october oct oktober okt octobre octubre ottobre ott outubro pazdziernika pazdzierniku",
  "november nov novembre noviembre novembro listopada listopadzie",
  "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudniu desember",
];
const WEEKDAY_NAMES = [
  "sunday sonntag dimanche domingo domenica zondag niedzieli sondag",
  "monday montag lundi lunes lunedi maandag segunda-feira poniedzialku poniedzialek mandag",
  "tuesday dienstag mardi martes martedi dinsdag terca-feira wtorku wtorek tisdag tirsdag",
  "wednesday mittwoch mercredi miercoles mercoledi woensdag quarta-feira srody srode onsdag",
  "thursday donnerstag jeudi jueves giovedi donderdag quinta-feira czwartku czwartek torsdag",
  "friday freitag vendredi viernes venerdi vrijdag sexta-feira piatku piatek fredag",
  "saturday samstag sonnabend samedi sabado sabato zaterdag soboty lordag",
];
const NUMBER_NAMES = [
  "a an one einem einer eine ein un une uno una een",
  "two zwei deux dos due twee",
  "three drei trois tres tre drie",
  "four vier quatre cuatro quattro",
];

/** 0 is January. */
export const MONTHS = indexOfNames(MONTH_NAMES, 0);
/** 0 is Sunday, as in `Date`. */
export const WEEKDAYS = indexOfNames(WEEKDAY_NAMES, 0);
export const NUMBERS = indexOfNames(NUMBER_NAMES, 1);

export const oneOf = (names: ReadonlyMap<string, number>) =>
  [...names.keys()].sort((a, b) => b.length - a.length).join("|");

/** Right before a date: they are back then. */
export const RETURN_CUE =
  /(back|return(ing)?|reopens?|opens? again|available( again)?|zuruck|ruckkehr|wieder( \w+){0,3}|retour|reviens|reprends|vuelvo|regreso|reincorporo|rientro|torno|rientrero|tornero|terug|weer( \w+){0,3}|volto|regresso|retorno|wracam|wroce|ater|tillbaka|tilbage|tilbake)[ ,:]*(in the office |to the office |im buro |al lavoro |en la oficina )?(again )?(on|at|by|am|ab|vom|den|le|au|el|il|op|from|a partir du|ab dem|dal|no dia|dia|em|pa|d\.)?( the| dem| den)?[ ,]*$/;
/** Right before a date: they are away until then. */
export const UNTIL_CUE =
  /\b(until|till|til|thru|through|to|bis|zum|ab|ab dem|erst am|jusqu'au|jusqu'a|jusque|au|hasta|al|fino al|fino a|tot|t\/m|tot en met|ate|ate ao|do|till|till och med|t\.?o\.?m\.?|til|til og med|indtil|forran|after|und|and|-)( und mit| einschliesslich| including)?( (the|zum|dem|den|le|el|il))?[ ,]*$/;
/** Right before a date: they leave then. */
export const SINCE_CUE =
  /\b(from|since|starting|between|desde|od|fran|fra|vom|von|seit|zwischen|du|depuis|del|desde|dal|dall'|vanaf|van|sinds)( the| dem| den| le| el| il)?[ ,]*$/;
/** The last day of the absence is named, not the first one back. */
export const INCLUSIVE_BEFORE =
  /\b(through|thru|t\/m|tot en met|bis einschliesslich|bis inklusive|up to and including)( the| zum| dem| den)?[ ,]*$/;
export const INCLUSIVE_AFTER =
  /^[ ,(]*(inclusive|included|einschliesslich|inklusive|inclus|incluido|inclusive|compreso|incluso|inbegrepen)\b/;

function indexOfNames(lists: readonly string[], first: number): ReadonlyMap<string, number> {
  return new Map(lists.flatMap((names, i) => names.split(" ").map((name) => [name, i + first] as const)));
}
