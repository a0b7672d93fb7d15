/** Words that belong to a surname without naming a family. */
export const PARTICLES: readonly string[] =
  'von van de der den di da do dos das du del della la le les el al bin ben ibn bint abu zu zur zum af av y e i ter ten st ul'.split(
    ' ',
  );

/** Suffixes and titles that are names as well: they count as such only where enough of a name is left. */
export const ALSO_NAMES: ReadonlySet<string> = new Set(
  'junior senior sen bey pasha pasa haji hajji hajj sheikh sayed gen general lord king dean baron earl ba don prince count graf prinz'.split(
    ' ',
  ),
);

/** Titles before or after a name. They are shown in an explanation and count nothing. */
export const TITLES: readonly string[] =
  'mr mrs ms miss mx dr doctor prof professor sir dame hr fru frk herr frau dipl ing cand phd md msc ba rev reverend hon honorable father sister sheikh shaykh haji hajji hajj alhaji mullah mulla maulavi mawlawi sayyid sayyed sayed seyyed seyed lord lady capt captain col colonel gen general sen senator rep representative bey pasha pasa efendi graf graefin fuerst prinz prinzessin freiherr baron prince princess count countess'.split(
    ' ',
  );

/** What people and systems write where a name is missing. */
export const PLACEHOLDERS: readonly string[] =
  'unknown unk anonymous fnu lnu none null nan na test ukendt ubekendt navnlos navnloes unavngivet tba tbd notavailable nothing noname blank xxx xx xxxx'.split(
    ' ',
  );

/** Suffixes that tell father and son apart, and their writings. */
export const SUFFIXES: Readonly<Record<string, string>> = {
  jr: 'jr',
  jun: 'jr',
  junior: 'jr',
  sr: 'sr',
  sen: 'sr',
  senior: 'sr',
  ii: '2',
  '2nd': '2',
  iii: '3',
  '3rd': '3',
  iv: '4',
  '4th': '4',
};

/** Abbreviations found in Danish registers, with the beginnings of the names they stand for. */
export const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  chr: ['christ', 'krist'],
  kr: ['krist', 'christ'],
  fr: ['fred', 'frid', 'frants', 'frans'],
  frdr: ['fred'],
  joh: ['joh'],
  johs: ['johannes'],
  vald: ['vald'],
  vilh: ['vilh', 'wilh'],
  wilh: ['wilh', 'vilh'],
  th: ['th'],
  thv: ['thorv'],
  laur: ['laur'],
  mich: ['mich'],
  rich: ['rich'],
  ludv: ['ludv'],
  charl: ['charl'],
  gotfr: ['gotfr'],
  edv: ['edv'],
  alb: ['alb'],
  alfr: ['alfr'],
  kath: ['kath'],
  marg: ['marg'],
  elis: ['elis'],
  herm: ['herm'],
  henr: ['henr'],
  jac: ['jac'],
  jak: ['jak'],
  nic: ['nic'],
  nik: ['nik'],
  ped: ['ped'],
  sv: ['sv'],
  sor: ['soer', 'sor'],
  jorg: ['joerg', 'jorg'],
  geo: ['geo'],
  wm: ['willi'],
  chas: ['charles'],
  jas: ['james'],
  thos: ['thomas'],
  robt: ['robert'],
  jos: ['jos'],
  benj: ['benj'],
  saml: ['samuel'],
  danl: ['daniel'],
  alex: ['alex'],
  md: ['muhammad', 'mohammad', 'mohammed', 'mohamed', 'mohd'],
  mohd: ['muhammad', 'mohammad', 'mohammed', 'mohamed'],
  mhd: ['muhammad', 'mohammad', 'mohammed', 'mohamed'],
};
