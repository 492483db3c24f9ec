/** Room `lint`: colours of a terminal (ECMA-48 SGR). Whether there are any is decided by the command line. */

export interface Palette {
  error(text: string): string;
  warning(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const plain = (text: string): string => text;

const paint =
  (start: number, end: number) =>
  (text: string): string =>
    `\u001b[${start}m${text}\u001b[${end}m`;

export function paletteOf(hasColor: boolean): Palette {
  if (!hasColor) {
    return { error: plain, warning: plain, strong: plain, faint: plain };
  }
  return {
    error: paint(31, 39),
    warning: paint(33, 39),
    strong: paint(1, 22),
    faint: paint(2, 22),
  };
}
