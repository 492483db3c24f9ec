/** Room `load`: references and in-place applicators that lead back to themselves without consuming any input. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { Graph } from "./graph.js";

export function reportCycles(graph: Graph, diagnostics: Diagnostics): void {
  void graph;
  void diagnostics;
}
