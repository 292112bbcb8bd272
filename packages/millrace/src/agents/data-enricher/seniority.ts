/**
 * The words of job titles, by seniority: English, German, French, Spanish and Dutch.
 * The order is the precedence: a student who is also "CEO of a club" is a student, an assistant to the CEO is an
 * assistant. Read by the enricher, which notes the level, and by the rubric, which gives it points.
 */
import type { TermGroup } from "./terms.ts";

export const seniorityTerms = [
  {
    name: "student",
    terms: [
      ..."student,students,intern,trainee,apprentice,pupil,retired,unemployed,job seeker".split(","),
      ..."praktikant,praktikantin,werkstudent,werkstudentin,studentin,schüler,schülerin,azubi".split(","),
      ..."auszubildender,auszubildende,rentner,rentnerin".split(","),
      ..."étudiant,étudiante,stagiaire,apprenti,apprentie,alternant,alternante,retraité".split(","),
      ..."estudiante,becario,becaria,aprendiz,jubilado,stagiair,stagiaire,scholier".split(","),
    ],
  },
  {
    name: "assistant",
    terms: [
      ..."assistant,secretary,receptionist,assistent,assistentin,sekretär,sekretärin".split(","),
      ..."assistante,secrétaire,asistente,asistenta,secretario,secretaria,assistente,secretaresse".split(","),
    ],
  },
  {
    name: "c_level",
    terms: [
      ..."ceo,cto,cfo,coo,cio,cmo,cro,ciso,cpo,chro,cdo,cso,c e o,c t o,c f o,c o o,chief".split(","),
      ..."founder,cofounder,owner,proprietor,president,managing director,managing partner,general director".split(","),
      ..."geschäftsführer,geschaeftsfuehrer,geschäftsführerin,geschaeftsfuehrerin,geschäftsführung".split(","),
      ..."geschäftsleitung,vorstand,vorständin,vorstandsvorsitzender,vorstandsvorsitzende".split(","),
      ..."inhaber,inhaberin,gründer,gründerin,gruender,gruenderin".split(","),
      ..."pdg,directeur général,directrice générale,président,présidente,gérant,gérante,fondateur,fondatrice".split(
        ",",
      ),
      ..."director general,directora general,director ejecutivo,directora ejecutiva,consejero delegado".split(","),
      ..."consejera delegada,gerente general,fundador,fundadora,presidente,presidenta,propietario".split(","),
      ..."algemeen directeur,bestuurder,bestuursvoorzitter,eigenaar,oprichter".split(","),
    ],
  },
  {
    name: "vp",
    terms: [
      ..."vp,svp,evp,avp,v p,vice president,vicepresident,prokurist,prokuristin".split(","),
      ..."vice président,vice présidente,vicepresidente,vicepresidenta".split(","),
    ],
  },
  {
    name: "director",
    terms: [
      ..."director,head of,head,partner,chief of staff,assistant vice president".split(","),
      ..."direktor,direktorin,leiter,leiterin,leitung,bereichsleiter,abteilungsleiter".split(","),
      ..."*leiter,*leiterin,*leitung,*direktor,*direktorin,*directeur".split(","),
      ..."directeur,directrice,directora,jefe de,jefa de,hoofd".split(","),
    ],
  },
  {
    name: "manager",
    terms: [
      ..."manager,managerin,lead,team lead,teamlead,supervisor,product owner,process owner".split(","),
      ..."assistant manager,assistant director,partner manager,*manager,*managerin".split(","),
      ..."teamleiter,teamleiterin,teamleitung,projektleiter,projektleiterin,projektleitung".split(","),
      ..."gruppenleiter,gruppenleiterin,filialleiter,filialleiterin,schichtleiter,chef,chef de,cheffe".split(","),
      ..."responsable,jefe,jefa,gerente,encargado,encargada,teamleider,projectleider,leidinggevende".split(","),
    ],
  },
  {
    name: "senior",
    terms: [
      ..."senior,sr,principal,staff,architect,expert,architekt,architektin,experte,expertin".split(","),
      ..."architecte,arquitecto,arquitecta,experto,experta".split(","),
    ],
  },
  {
    name: "professional",
    terms: [
      ..."analyst,engineer,developer,consultant,specialist,designer,accountant,administrator".split(","),
      ..."representative,executive,coordinator,officer,buyer,planner,researcher,scientist,programmer".split(","),
      ..."freelancer,teacher,professor,assistant professor,business partner,lead generation".split(","),
      ..."student success,student services,student affairs,student recruitment,student experience".split(","),
      ..."berater,beraterin,entwickler,entwicklerin,ingenieur,ingenieurin,analystin,referent,referentin".split(","),
      ..."sachbearbeiter,sachbearbeiterin,fachkraft,*berater,*entwickler,*ingenieur".split(","),
      ..."ingénieur,ingénieure,développeur,développeuse,consultante,analyste,conseiller,conseillère".split(","),
      ..."ingeniero,ingeniera,desarrollador,desarrolladora,consultor,consultora,analista,técnico".split(","),
      ..."medewerker,adviseur,ontwikkelaar,ingenieur,*medewerker,*adviseur".split(","),
    ],
  },
] as const satisfies readonly TermGroup[];

export type Seniority = (typeof seniorityTerms)[number]["name"];
