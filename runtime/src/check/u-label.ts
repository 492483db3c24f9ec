/** Room `check`: which labels of an internationalized domain name are valid (RFC 5890 to 5893). */

/** RFC 5892 section 2.6: code points whose status is not derived from their properties. */
const EXCEPTIONALLY_VALID = new Set([0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007]);
const EXCEPTIONALLY_DISALLOWED = new Set([
  0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b,
]);

/** Canonical_Combining_Class=Virama, which no regular expression can ask for. */
const VIRAMA = new Set([
  0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd3b, 0xd3c, 0xd4d,
  0xdca, 0xe3a, 0xeba, 0xf84, 0x1039, 0x103a, 0x1714, 0x1715, 0x1734, 0x17d2,
  0x1a60, 0x1b44, 0x1baa, 0x1bab, 0x1bf2, 0x1bf3, 0x2d7f, 0xa806, 0xa82c,
  0xa8c4, 0xa953, 0xa9c0, 0xaaf6, 0xabed, 0x10a3f, 0x11046, 0x11070, 0x1107f,
  0x110b9, 0x11133, 0x11134, 0x111c0, 0x11235, 0x112ea, 0x1134d, 0x11442,
  0x114c2, 0x115bf, 0x1163f, 0x116b6, 0x1172b, 0x11839, 0x1193d, 0x1193e,
  0x119e0, 0x11a34, 0x11a47, 0x11a99, 0x11c3f, 0x11d44, 0x11d45, 0x11d97,
  0x11f41, 0x11f42,
]);

/** Joining_Type=R in the cursive scripts: letters that join only to the one before them. */
const RIGHT_JOINING = new RegExp(
  "^[\\u0622-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0673\\u0675-\\u0677\\u0688-\\u0699" +
    "\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef\\u0710\\u0715-\\u0719\\u071e" +
    "\\u0728\\u072a\\u072c\\u072f\\u074d\\u0759-\\u075b\\u076b\\u076c\\u0771\\u0773\\u0774\\u0778\\u0779" +
    "\\u0840\\u0846\\u0847\\u0849\\u0854\\u0856-\\u0858\\u0867\\u0869\\u086a\\u0870-\\u0882\\u088e\\u08aa-\\u08ac\\u08ae" +
    "\\u08b1\\u08b2\\u08b9]$",
  "u",
);
const NEVER_JOINING = /^[\u0621\u0674\u08ad]$/u;
const JOINING_SCRIPT =
  /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Manichaean}\p{Script=Hanifi_Rohingya}\p{Script=Adlam}\p{Script=Sogdian}]$/u;
const TRANSPARENT = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

const LETTER = /^\p{L}$/u;
const LETTER_DIGIT = /^[\p{Ll}\p{Lu}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]$/u;
const IGNORABLE =
  /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Noncharacter_Code_Point}\u20d0-\u20ff\u{1d100}-\u{1d24f}]$/u;
const OLD_HANGUL_JAMO =
  /^[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7c6\ud7cb-\ud7fb]$/u;
const MARK = /^\p{M}$/u;
const NONSPACING = /^[\p{Mn}\p{Me}]$/u;
const GREEK = /^\p{Script=Greek}$/u;
const HEBREW = /^\p{Script=Hebrew}$/u;
const KANA_OR_HAN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const RIGHT_TO_LEFT =
  /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]$/u;
const ARABIC_DIGIT = /^[\u0660-\u0669\u{10d30}-\u{10d39}]$/u;
const EUROPEAN_DIGIT = /^[0-9\u06f0-\u06f9]$/u;

/** Characters allowed in labels that have no direction of their own. */
const NEUTRAL = new Set("-\u00b7\u0375\u200c\u200d\u30fb");

type BidiClass = "L" | "R" | "AN" | "EN" | "NSM" | "ON";

/** RFC 5891 section 5.4: a label in Unicode form, without the Bidi rule, which asks about the whole name. */
export function isULabel(label: string): boolean {
  if (label.startsWith("-") || label.endsWith("-")) return false;
  if (label.startsWith("--", 2) || label.normalize("NFC") !== label)
    return false;
  const points = Array.from(label);
  if (points.length === 0 || MARK.test(points[0] ?? "")) return false;
  return points.every((_, at) => isAllowedAt(points, at));
}

/** RFC 5893 section 2: whether a name with this label is a Bidi domain name. */
export function isRightToLeft(label: string): boolean {
  return Array.from(label, bidiClass).some((c) => c === "R" || c === "AN");
}

/** RFC 5893 section 2: the six conditions for a label of a Bidi domain name. */
export function satisfiesBidiRule(label: string): boolean {
  const classes = Array.from(label, bidiClass);
  let last = classes.length - 1;
  while (last >= 0 && classes[last] === "NSM") last--;
  const end = classes[last];
  if (classes[0] === "R") {
    if (classes.includes("L")) return false;
    if (classes.includes("AN") && classes.includes("EN")) return false;
    return end === "R" || end === "EN" || end === "AN";
  }
  if (classes[0] !== "L") return false;
  if (classes.includes("R") || classes.includes("AN")) return false;
  return end === "L" || end === "EN";
}

/** Bidi_Class, as far as the rule distinguishes (AL counts as R; ES, CS, ET and BN as ON). */
function bidiClass(char: string): BidiClass {
  if (NONSPACING.test(char)) return "NSM";
  if (EUROPEAN_DIGIT.test(char)) return "EN";
  if (ARABIC_DIGIT.test(char)) return "AN";
  if (RIGHT_TO_LEFT.test(char)) return "R";
  return NEUTRAL.has(char) ? "ON" : "L";
}

function isAllowedAt(points: readonly string[], at: number): boolean {
  const char = points[at] ?? "";
  const code = char.codePointAt(0) ?? 0;
  const before = points[at - 1] ?? "";
  const after = points[at + 1] ?? "";
  // RFC 5892 appendix A: the contextual rules.
  if (code === 0x200c) return isVirama(before) || joinsAcross(points, at);
  if (code === 0x200d) return isVirama(before);
  if (code === 0xb7) return before === "l" && after === "l";
  if (code === 0x375) return GREEK.test(after);
  if (code === 0x5f3 || code === 0x5f4) return HEBREW.test(before);
  if (code === 0x30fb) {
    return points.some((each) => each !== char && KANA_OR_HAN.test(each));
  }
  if (code >= 0x660 && code <= 0x669) {
    return !points.some((each) => each >= "\u06f0" && each <= "\u06f9");
  }
  if (code >= 0x6f0 && code <= 0x6f9) {
    return !points.some((each) => each >= "\u0660" && each <= "\u0669");
  }
  return isProtocolValid(char, code);
}

/** RFC 5892 section 3: the status derived from a code point's properties. */
function isProtocolValid(char: string, code: number): boolean {
  if (code < 0x80) {
    return (
      code === 0x2d ||
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x61 && code <= 0x7a)
    );
  }
  if (EXCEPTIONALLY_VALID.has(code)) return true;
  if (EXCEPTIONALLY_DISALLOWED.has(code)) return false;
  const folded = char.normalize("NFKC").toLowerCase().normalize("NFKC");
  return (
    folded === char &&
    !IGNORABLE.test(char) &&
    !OLD_HANGUL_JAMO.test(char) &&
    LETTER_DIGIT.test(char)
  );
}

function isVirama(char: string): boolean {
  return VIRAMA.has(char.codePointAt(0) ?? 0);
}

/** RFC 5892 appendix A.1: a zero width non-joiner between letters that would join. */
function joinsAcross(points: readonly string[], at: number): boolean {
  let left = at - 1;
  while (left >= 0 && TRANSPARENT.test(points[left] ?? "")) left--;
  let right = at + 1;
  while (right < points.length && TRANSPARENT.test(points[right] ?? ""))
    right++;
  const before = points[left] ?? "";
  const after = points[right] ?? "";
  return isJoining(before) && !RIGHT_JOINING.test(before) && isJoining(after);
}

function isJoining(char: string): boolean {
  return (
    LETTER.test(char) && JOINING_SCRIPT.test(char) && !NEVER_JOINING.test(char)
  );
}
