/** Room `emit`: the two entries of `contract.ts` that other generated files use. */
import { CONTRACT_FILE } from "./files.js";
import { fileSymbol } from "./unit.js";

export const operationsSymbol = fileSymbol(CONTRACT_FILE, "operations", true);
export const componentsSymbol = fileSymbol(CONTRACT_FILE, "components", true);
