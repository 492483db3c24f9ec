/** Room `check`: dates, times and durations as RFC 3339 writes them. */

const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What a time of day says about leap seconds: none, or the day (relative to the written one) whose UTC end it stands at. */
type TimeReading = "invalid" | "plain" | -1 | 0 | 1;

/** RFC 3339 section 5.6, `date-time`. */
export function isDateTime(text: string): boolean {
  // 0x74 and 0x54: the note in section 5.6 allows a lower-case `t`.
  if ((text.charCodeAt(10) | 0x20) !== 0x74 || !startsWithDate(text)) {
    return false;
  }
  const time = readTime(text, 11);
  if (time === "plain") return true;
  return time !== "invalid" && endsMonth(text, time);
}

/** RFC 3339 section 5.6, `full-date`, with the calendar of appendix C. */
export function isDate(text: string): boolean {
  return text.length === 10 && startsWithDate(text);
}

/** RFC 3339 section 5.6, `full-time`: the offset is required. */
export function isTime(text: string): boolean {
  return readTime(text, 0) !== "invalid";
}

/** RFC 3339 appendix A, `duration`: units in order, none left out in between, weeks alone. */
export function isDuration(text: string): boolean {
  if (text.charCodeAt(0) !== 0x50) return false;
  let units = "YMD";
  let inTime = false;
  let previous = -1;
  let elements = 0;
  let at = 1;
  while (at < text.length) {
    if (text.charCodeAt(at) === 0x54) {
      if (inTime) return false;
      inTime = true;
      units = "HMS";
      previous = -1;
      elements = 0;
      at++;
    }
    const start = at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === start || at === text.length) return false;
    if (text.charCodeAt(at) === 0x57) {
      return start === 1 && at + 1 === text.length;
    }
    const unit = units.indexOf(text.charAt(at));
    if (unit === -1) return false;
    if (previous !== -1 && unit !== previous + 1) return false;
    previous = unit;
    elements++;
    at++;
  }
  return elements > 0;
}

function startsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return false;
  const century = twoDigits(text, 0);
  const yearOfCentury = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(century * 100 + yearOfCentury, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return DAYS_IN_MONTH[month] ?? 0;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function readTime(text: string, start: number): TimeReading {
  if (
    text.charCodeAt(start + 2) !== 0x3a ||
    text.charCodeAt(start + 5) !== 0x3a
  ) {
    return "invalid";
  }
  const hour = twoDigits(text, start);
  const minute = twoDigits(text, start + 3);
  const second = twoDigits(text, start + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return "invalid";
  if (second < 0 || second > 60) return "invalid";

  let at = start + 8;
  if (text.charCodeAt(at) === 0x2e) {
    const fraction = ++at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === fraction) return "invalid";
  }

  let offset = 0;
  const sign = text.charCodeAt(at);
  if ((sign | 0x20) === 0x7a) {
    if (at + 1 !== text.length) return "invalid";
  } else if (sign === 0x2b || sign === 0x2d) {
    if (at + 6 !== text.length || text.charCodeAt(at + 3) !== 0x3a) {
      return "invalid";
    }
    const hours = twoDigits(text, at + 1);
    const minutes = twoDigits(text, at + 4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return "invalid";
    }
    offset = (hours * 60 + minutes) * (sign === 0x2b ? 1 : -1);
  } else {
    return "invalid";
  }
  if (second < 60) return "plain";

  // RFC 3339 section 5.7: a leap second is the last one of a UTC day.
  const utc = hour * 60 + minute - offset;
  if (utc === 1439) return 0;
  if (utc === -1) return -1;
  return utc === 1439 + 1440 ? 1 : "invalid";
}

/** RFC 3339 section 5.7: leap seconds are inserted at the end of a month. */
function endsMonth(text: string, dayShift: -1 | 0 | 1): boolean {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8) + dayShift;
  return day === 0 || day === daysInMonth(year, month);
}

/** The number that two ASCII digits write, or -1. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  // Past the end both are NaN, which no comparison accepts.
  if (tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9) return tens * 10 + ones;
  return -1;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
