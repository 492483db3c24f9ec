/** Room `model`: strongly connected components of a graph (Tarjan), without recursion: chains are as long as the document likes. */

interface Visit<Node> {
  node: Node;
  edges: readonly Node[];
  next: number;
}

/** Components in reverse topological order: each comes after all that it leads to. */
export function stronglyConnected<Node>(
  graph: ReadonlyMap<Node, readonly Node[]>,
): Node[][] {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const components: Node[][] = [];

  function enter(node: Node): Visit<Node> {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, edges: graph.get(node) ?? [], next: 0 };
  }

  function lower(node: Node, to: number | undefined): void {
    low.set(node, Math.min(low.get(node) ?? 0, to ?? 0));
  }

  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { node, edges } = visit;
      const target = edges[visit.next];
      if (visit.next < edges.length && target !== undefined) {
        visit.next++;
        if (!index.has(target)) path.push(enter(target));
        else if (isOpen.has(target)) lower(node, index.get(target));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.node, low.get(node));
      if (low.get(node) !== index.get(node)) continue;
      const component = open.splice(open.lastIndexOf(node));
      for (const each of component) isOpen.delete(each);
      components.push(component);
    }
  }
  return components;
}
