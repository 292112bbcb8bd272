/**
 * The words of industries, by group, in English and the basics of German, French, Spanish and Dutch.
 * The order is the precedence: "software for retail" is technology. HubSpot's own names (COMPUTER_SOFTWARE) are read too.
 */
import type { TermGroup } from "./terms.ts";

export const industryTerms = [
  {
    name: "technology",
    terms: [
      ..."software,saas,technology,tech,technologies,it,internet,cloud,hosting,semiconductors,fintech".split(","),
      ..."artificial intelligence,ai,robotics,computer,computers,cybersecurity,data,analytics,games".split(","),
      ..."technologie,informatik,edv,informatique,logiciel,logiciels,numérique".split(","),
      ..."tecnología,tecnologías,informática,technologiebedrijf,automatisering".split(","),
    ],
  },
  {
    name: "finance",
    terms: [
      ..."finance,financial,banking,bank,banks,insurance,capital,investment,investments,payments".split(","),
      ..."finanzen,finanz,versicherung,versicherungen,banque,assurance,assurances".split(","),
      ..."finanzas,banca,banco,seguros,financiën,verzekering,verzekeringen".split(","),
    ],
  },
  {
    name: "healthcare",
    terms: [
      ..."health,healthcare,health care,medical,hospital,hospitals,pharma,pharmaceutical,pharmaceuticals".split(","),
      ..."biotech,biotechnology,life sciences,gesundheit,gesundheitswesen,medizin,medizintechnik".split(","),
      ..."santé,médical,salud,sanidad,farmacéutica,gezondheidszorg,zorg".split(","),
    ],
  },
  {
    name: "telecommunications",
    terms:
      "telecom,telecoms,telecommunications,wireless,telekommunikation,télécommunications,telecomunicaciones,telecommunicatie".split(
        ",",
      ),
  },
  {
    name: "manufacturing",
    terms: [
      ..."manufacturing,industrial,machinery,automotive,aerospace,aviation,chemicals,electronics".split(","),
      ..."construction,engineering,mining,maschinenbau,industrie,fertigung,produktion,bau,chemie".split(","),
      ..."fabrication,fabricación,manufactura,construcción,automotriz,productie,bouw".split(","),
    ],
  },
  {
    name: "logistics",
    terms: [
      ..."logistics,transportation,transport,shipping,freight,supply chain,warehousing,trucking".split(","),
      ..."logistik,spedition,logistique,logística,transporte,logistiek,vervoer".split(","),
    ],
  },
  {
    name: "energy",
    terms:
      "energy,oil,gas,utilities,renewables,solar,wind,power,energie,énergie,energía,energiewirtschaft,nutsbedrijven".split(
        ",",
      ),
  },
  {
    name: "services",
    terms: [
      ..."consulting,consultancy,professional services,business services,legal,law,accounting,staffing".split(","),
      ..."recruiting,human resources,beratung,unternehmensberatung,conseil,consultoría,adviesbureau".split(","),
    ],
  },
  {
    name: "media",
    terms:
      "media,marketing,advertising,publishing,entertainment,design,werbung,medien,publicité,publicidad,reclame".split(
        ",",
      ),
  },
  { name: "real_estate", terms: ["real estate", "property", "immobilien", "immobilier", "inmobiliaria", "vastgoed"] },
  {
    name: "retail",
    terms: [
      ..."retail,e commerce,ecommerce,consumer,consumer goods,fashion,apparel,food,beverages,wholesale".split(","),
      ..."einzelhandel,handel,großhandel,mode,commerce,distribution,comercio,moda,detailhandel,groothandel".split(","),
    ],
  },
  {
    name: "hospitality",
    terms: [
      ..."hospitality,restaurant,restaurants,hotel,hotels,travel,tourism,leisure,gastronomie,tourismus".split(","),
      ..."restauration,hôtellerie,tourisme,hostelería,turismo,horeca,toerisme".split(","),
    ],
  },
  {
    name: "public_sector",
    terms: [
      ..."government,public sector,public administration,education,university,school,military".split(","),
      ..."bildung,behörde,öffentlicher dienst,éducation,administration publique".split(","),
      ..."educación,administración pública,gobierno,onderwijs,overheid".split(","),
    ],
  },
  {
    name: "nonprofit",
    terms: "nonprofit,non profit,ngo,charity,verein,stiftung,association,ong,fundación,stichting".split(","),
  },
] as const satisfies readonly TermGroup[];

export type IndustryGroup = (typeof industryTerms)[number]["name"];
