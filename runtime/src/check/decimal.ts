/** Room `check`: exact arithmetic on the decimal numbers that JSON text writes. */

/** mantissa × 10^exponent. */
interface Decimal {
  mantissa: bigint;
  exponent: number;
}

/** A divisor such as 0.01, ready for exact arithmetic in doubles: steps ÷ scale. */
interface Steps {
  steps: number;
  scale: number;
}

/** Decimals of up to 15 digits survive the way through a double, so such a double stands for one of them. */
const EXACT = 1e15;

/** Prepared divisors. They come from documents, so there are few. */
const prepared = new Map<number, Steps | undefined>();

/** Whether value ÷ divisor is an integer, both taken as the shortest decimals that denote them. */
export function isDecimalMultiple(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor === 0) {
    return false;
  }
  const small = stepsOf(divisor);
  if (small !== undefined) {
    const product = Math.round(value / divisor) * small.steps;
    if (Math.abs(product) < EXACT) return product / small.scale === value;
  }
  const dividend = decimalOf(value);
  const by = decimalOf(divisor);
  const exponent = Math.min(dividend.exponent, by.exponent);
  const scaled =
    dividend.mantissa * 10n ** BigInt(dividend.exponent - exponent);
  return scaled % (by.mantissa * 10n ** BigInt(by.exponent - exponent)) === 0n;
}

function stepsOf(divisor: number): Steps | undefined {
  if (prepared.has(divisor)) return prepared.get(divisor);
  const { mantissa, exponent } = decimalOf(divisor);
  const fits =
    exponent <= 0 && exponent >= -15 && Math.abs(Number(mantissa)) < EXACT;
  const steps = fits
    ? { steps: Number(mantissa), scale: 10 ** -exponent }
    : undefined;
  prepared.set(divisor, steps);
  return steps;
}

function decimalOf(value: number): Decimal {
  const [digits = "0", power = "0"] = String(value).split("e");
  const point = digits.indexOf(".");
  if (point === -1)
    return { mantissa: BigInt(digits), exponent: Number(power) };
  const fraction = digits.length - point - 1;
  return {
    mantissa: BigInt(digits.slice(0, point) + digits.slice(point + 1)),
    exponent: Number(power) - fraction,
  };
}
