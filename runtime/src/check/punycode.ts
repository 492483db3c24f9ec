/** Room `check`: the Punycode of RFC 3492 for one label, as code points. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const INITIAL_BIAS = 72;
const INITIAL_N = 0x80;

/** The code points that the text after `xn--` stands for (lower case is expected); `undefined`: it is no Punycode. */
export function decodePunycode(text: string): number[] | undefined {
  const delimiter = text.lastIndexOf("-");
  const points: number[] = [];
  for (let i = 0; i < delimiter; i++) points.push(text.charCodeAt(i));
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let index = 0;
  let at = delimiter > 0 ? delimiter + 1 : 0;
  while (at < text.length) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitValue(text.charCodeAt(at++));
      if (digit === -1) return undefined;
      index += digit * weight;
      if (index > Number.MAX_SAFE_INTEGER) return undefined;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = points.length + 1;
    bias = adapt(index - before, length, before === 0);
    n += Math.floor(index / length);
    index %= length;
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return undefined;
    points.splice(index++, 0, n);
  }
  return points;
}

/** What to write after `xn--` for these code points. */
export function encodePunycode(points: readonly number[]): string {
  let out = "";
  for (const point of points)
    if (point < 0x80) out += String.fromCharCode(point);
  let done = out.length;
  const basic = done;
  if (basic > 0) out += "-";
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let delta = 0;
  while (done < points.length) {
    let next = 0x110000;
    for (const point of points) if (point >= n && point < next) next = point;
    delta += (next - n) * (done + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta++;
      if (point !== n) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const threshold = thresholdAt(k, bias);
        if (rest < threshold) break;
        const span = BASE - threshold;
        out += digitText(threshold + ((rest - threshold) % span));
        rest = Math.floor((rest - threshold) / span);
      }
      out += digitText(rest);
      bias = adapt(delta, done + 1, done === basic);
      delta = 0;
      done++;
    }
    delta++;
    n++;
  }
  return out;
}

function thresholdAt(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, T_MIN), T_MAX);
}

/** RFC 3492 section 6.1, with its constants skew 38 and damp 700. */
function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : Math.floor(delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38));
}

function digitValue(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return -1;
}

function digitText(value: number): string {
  return String.fromCharCode(value < 26 ? value + 0x61 : value - 26 + 0x30);
}
