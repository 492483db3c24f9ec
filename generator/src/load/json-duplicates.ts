/** Room `load`: keys that stand twice in a JSON object; `JSON.parse` drops the first without a word. */
import { pointerOf } from "./pointer.js";
import { scanJson } from "./json-scanner.js";

export interface DuplicateKey {
  key: string;
  /** Of the member, as a JSON pointer. */
  pointer: string;
  /** Offset of the later occurrence. */
  offset: number;
}

interface Level {
  seen: Set<string>;
  isObject: boolean;
  /** The key or index of the member that is being read. */
  current: string;
  index: number;
}

export function duplicateJsonKeys(text: string): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const levels: Level[] = [];

  const startValue = (): void => {
    const top = levels[levels.length - 1];
    if (top !== undefined && !top.isObject) top.current = String(top.index++);
  };
  scanJson(text, {
    open(_offset, isObject) {
      startValue();
      levels.push({ seen: new Set(), isObject, current: "", index: 0 });
    },
    close() {
      levels.pop();
    },
    scalar: startValue,
    key(start, end) {
      const top = levels[levels.length - 1];
      if (top === undefined) return;
      top.current = String(JSON.parse(text.slice(start, end)));
      if (top.seen.has(top.current)) {
        found.push({
          key: top.current,
          pointer: pointerOf(levels.map((level) => level.current)),
          offset: start,
        });
      }
      top.seen.add(top.current);
    },
  });
  return found;
}
