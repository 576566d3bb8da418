/**
 * What prices are written with, by ISO 4217 code; parts are divided by "|". The code itself always counts.
 * Where one sign stands for several currencies ("$", "kr"), the first line that names it is meant, unless the place says otherwise.
 */
const SIGNS: Readonly<Record<string, string>> = {
  EUR: "€|euro|euros|eur.|ευρώ|eiro|eura",
  USD: "$|US$|US $|U$S|USD$|¢|dollar|dollars",
  GBP: "£|￡|GB£|GBP£|pound|pounds|stg|p|GBp|UK£",
  JPY: "¥|￥|円|yen|JP¥|JPY¥|日元",
  CNY: "元|CN¥|RMB|yuan|人民币|圆|圓|块",
  CHF: "Fr.|SFr|SFr.|CHf|Fr",
  SEK: "kr|Kr|kr.|Kr.|KR|kronor",
  DKK: "kr|Kr|kr.|Kr.|KR|kroner|Dkr",
  NOK: "kr|Kr|kr.|Kr.|KR|kroner|Nkr",
  ISK: "kr|Kr|kr.|ISKr",
  CZK: "Kč|kč|KČ|Kc|Kčs|korun",
  PLN: "zł|Zł|ZŁ|zl|zł.|złotych|zlotych",
  HUF: "Ft|Ft.|forint",
  RON: "lei|leu",
  MDL: "lei|leu",
  BGN: "лв|лв.|lv|lv.",
  HRK: "kn|kuna",
  RSD: "din|din.|Дин|дин|дин.|Dinara|dinara|РСД",
  MKD: "ден|ден.",
  BAM: "KM|км",
  ALL: "Lek|lekë|L",
  TRY: "₺|TL|TL.",
  RUB: "₽|руб|руб.|рублей|рубля|рубль|р.|р|Р|Rbl|с",
  UAH: "₴|грн|грн.|гривень|hrn",
  BYN: "Br|руб. бел|бел. руб.|б.р.|б.р",
  KZT: "₸|тг|тг.|тенге|T",
  UZS: "so'm|soʻm|so‘m|сўм|сум|S'|Sʻ",
  KGS: "som|сом",
  TJS: "сомони|смн|SM",
  GEL: "₾|ლ|lari|ლარი",
  AMD: "֏|դր|dram",
  AZN: "₼|ман|manat",
  TMT: "man.",
  ILS: "₪|ש״ח|ש\"ח|ש'ח|שח|nis|NIS|ش.ج",
  AED: "درهم|د.إ|Dh|Dhs|Dhs.|dirham",
  SAR: "﷼|ر.س|ريال|SR|ر.س.",
  QAR: "ر.ق|QR",
  OMR: "ر.ع|ر.ع.|R.O.",
  YER: "ر.ي",
  IRR: "ریال|تومان|تومن",
  KWD: "KD|د.ك|د.ك.|دينار كويتي",
  BHD: "BD|.د.ب|د.ب",
  IQD: "ID|ع.د|د.ع|دينار",
  JOD: "JD|د.أ|د.ا|دينار أردني",
  LBP: "ل.ل|LL|L.L.",
  SYP: "ل.س|LS",
  EGP: "E£|ج.م|جنيه|LE|L.E.",
  SDG: "ج.س|ج.س.",
  MAD: "د.م|د.م.|DH",
  DZD: "دج|د.ج|DA",
  TND: "DT|د.ت",
  LYD: "LD|ل.د|د.ل",
  SOS: "Sh.So.|ش.ص",
  INR: "₹|Rs|Rs.|₨|र|Re|ரூ|रु",
  PKR: "Rs|Rs.|₨",
  LKR: "රු|Rs|Rs.",
  NPR: "Rs|Rs.|रू",
  MUR: "Rs|Rs.|₨",
  BDT: "৳|Tk|Tk.",
  MVR: "Rf|Rf.",
  BTN: "Nu.|Nu",
  THB: "฿|บาท|baht",
  VND: "₫|đ|VNĐ|đồng",
  IDR: "Rp|Rp.",
  MYR: "RM",
  PHP: "₱|Php",
  SGD: "S$|SG$|SGD$",
  HKD: "HK$|HKD$|$",
  TWD: "NT$|NT|NTD|TWD$|$",
  KRW: "₩|원",
  MNT: "₮|төг",
  LAK: "₭",
  KHR: "៛",
  MMK: "Ks|K",
  MOP: "MOP$",
  KPW: "₩",
  AUD: "A$|AU$|AU $|AUD$|$",
  NZD: "NZ$|NZD$|$",
  FJD: "FJ$|$",
  TOP: "T$",
  VUV: "VT|Vt",
  PGK: "K",
  CAD: "C$|CA$|CAN$|CAD$|CND|CDN$|$",
  MXN: "MX$|Mex$|MXN$|$",
  BRL: "R$",
  ARS: "AR$|ARS$|$",
  CLP: "CLP$|CL$|$",
  COP: "COL$|COP$|$",
  UYU: "$U|UYU$|$",
  PEN: "S/|S/.|sol|soles",
  BOB: "$b|Bs|Bs.",
  VES: "Bs|Bs.|Bs.S",
  PYG: "₲|Gs|Gs.",
  CRC: "₡",
  GTQ: "Q|q",
  HNL: "L|L.",
  NIO: "C$",
  PAB: "B/.",
  DOP: "RD$",
  CUC: "CUC$",
  CUP: "$MN",
  JMD: "J$",
  TTD: "TT$",
  BBD: "Bds$",
  BZD: "BZ$",
  GYD: "G$|GY$",
  XCD: "EC$",
  HTG: "G",
  AWG: "ƒ|Afl.",
  ANG: "ƒ|NAƒ",
  SRD: "Sr$",
  ZAR: "R",
  NAD: "N$",
  BWP: "P",
  LSL: "M",
  SZL: "E",
  ZMW: "ZK|K",
  MWK: "MK",
  MZN: "MT|MTn",
  AOA: "Kz|kwz",
  NGN: "₦",
  GHS: "GH₵|₵",
  KES: "KSh|KShs|Ksh.",
  UGX: "USh",
  TZS: "TSh",
  RWF: "FRw|RF|R₣",
  BIF: "FBu|Fbu",
  ETB: "Br|ብር",
  ERN: "Nfk|ናቕፋ|نافكا",
  DJF: "Fdj",
  GMD: "D",
  GNF: "FG|GFr",
  SLL: "Le|Sl",
  LRD: "L$",
  XOF: "CFA|FCFA|F CFA|franc|francs",
  XAF: "CFA|FCFA|F CFA",
  XPF: "₣|CFP",
  KMF: "CF",
  CDF: "FC",
  MGA: "Ar",
  MRU: "UM",
  CVE: "Esc",
  STN: "Db",
  SCR: "SR",
  SHP: "£",
  GIP: "£",
  FKP: "£",
  AFN: "؋",
  ZWL: "Z$",
  // no longer legal tender, still met in texts
  DEM: "DM",
  FRF: "₣",
  ITL: "₤",
  PTE: "Esc.",
  BSD: "B$|$",
  BND: "B$|$",
  SBD: "SI$",
  LVL: "Ls",
  LTL: "Lt",
  EEK: "kr",
  VEF: "Bs.F",
  WST: "WS$",
};

/** The currency of a country (ISO 3166) or top-level domain, where it is not the euro. */
// biome-ignore format: a table
const BY_COUNTRY: Readonly<Record<string, string>> = {
  us: "USD", uk: "GBP", gb: "GBP", jp: "JPY", cn: "CNY", ch: "CHF", li: "CHF", se: "SEK", dk: "DKK", no: "NOK", is: "ISK", cz: "CZK", pl: "PLN",
  hu: "HUF", ro: "RON", md: "MDL", rs: "RSD", mk: "MKD", ba: "BAM", al: "ALL", tr: "TRY", ru: "RUB", ua: "UAH", by: "BYN", kz: "KZT",
  uz: "UZS", kg: "KGS", tj: "TJS", ge: "GEL", am: "AMD", az: "AZN", il: "ILS", ae: "AED", sa: "SAR", qa: "QAR", om: "OMR", ye: "YER", ir: "IRR",
  kw: "KWD", bh: "BHD", iq: "IQD", jo: "JOD", lb: "LBP", sy: "SYP", eg: "EGP", ma: "MAD", dz: "DZD", tn: "TND", ly: "LYD", in: "INR", pk: "PKR",
  lk: "LKR", np: "NPR", bd: "BDT", th: "THB", vn: "VND", id: "IDR", my: "MYR", ph: "PHP", sg: "SGD", hk: "HKD", tw: "TWD", kr: "KRW", mn: "MNT",
  au: "AUD", nz: "NZD", ca: "CAD", mx: "MXN", br: "BRL", ar: "ARS", cl: "CLP", co: "COP", uy: "UYU", pe: "PEN", bo: "BOB", ve: "VES", py: "PYG",
  cr: "CRC", gt: "GTQ", do: "DOP", jm: "JMD", za: "ZAR", na: "NAD", bw: "BWP", zm: "ZMW", ng: "NGN", gh: "GHS", ke: "KES", ug: "UGX", tz: "TZS",
};

const EURO = new Set("at be bg cy de ee es fi fr gr hr ie it lt lu lv mt nl pt si sk ad mc sm va me xk".split(" "));

/** Currencies that divide into a thousand: "1.250 KWD" is one and a quarter. */
export const THOUSANDTHS: ReadonlySet<string> = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);
/** Hundredths of their currency: the amount is divided. */
export const HUNDREDTHS: ReadonlySet<string> = new Set(["p", "GBp", "¢"]);

const BY_SIGN = new Map<string, string[]>();
for (const [code, signs] of Object.entries(SIGNS)) for (const sign of [code, ...signs.split("|")]) addSign(sign, code);

/** The longest sign there is, in characters. */
export const LONGEST_SIGN: number = Math.max(...[...BY_SIGN.keys()].map((sign) => sign.length));

/** The currencies a sign may stand for, the likeliest first; none when it is no sign. Three letters or more count in either case: "da" is a word. */
export function currenciesOf(sign: string): readonly string[] {
  return BY_SIGN.get(sign) ?? (sign.length > 2 ? BY_SIGN.get(sign.toLowerCase()) : undefined) ?? [];
}

/** Whether this is a code of ISO 4217 as we know them, in capitals. */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text) && Object.hasOwn(SIGNS, text);
}

/** What people pay with in a country; undefined where it is not known. */
export function currencyOfCountry(country: string): string | undefined {
  const key = country.toLowerCase();
  if (EURO.has(key)) return "EUR";
  return Object.hasOwn(BY_COUNTRY, key) ? BY_COUNTRY[key] : undefined;
}

function addSign(sign: string, code: string): void {
  for (const key of new Set([sign, ...(sign.length > 2 ? [sign.toLowerCase()] : [])])) {
    const codes = BY_SIGN.get(key);
    if (!codes) BY_SIGN.set(key, [code]);
    else if (!codes.includes(code)) codes.push(code);
  }
}
