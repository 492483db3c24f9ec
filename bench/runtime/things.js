/** The data that all servers serve, and what a handler does with it. */

const id = (index) =>
  `3f2a8c1e-0b5d-4e6f-9a7b-${String(index).padStart(12, "0")}`;

export const input = {
  sku: "BKS-00417",
  title: "A field guide to the lichens of the northern coast",
  description:
    "Two hundred species with drawings in pencil, keys to the genera, and notes about rock, bark and weather; second edition, sewn.",
  price: 34.5,
  currency: "EUR",
  quantity: 120,
  state: "listed",
  tags: ["nature", "field guide", "lichens", "illustrated"],
  weight: 0.84,
  maker: {
    name: "Harbour & Finch Press",
    email: "orders@harbour-finch.example",
  },
  releasedOn: "2024-05-17",
  listed: true,
};

const things = Array.from({ length: 40 }, (_, index) => ({
  id: id(index),
  createdAt: "2024-05-17T09:30:00Z",
  ...input,
}));
const byId = new Map(things.map((thing) => [thing.id, thing]));

export function findThing(thingId) {
  return byId.get(thingId);
}

export function listThings({ page, limit, state, minPrice }) {
  const items = [];
  const from = (page - 1) * limit;
  for (const thing of things) {
    if (state !== undefined && thing.state !== state) continue;
    if (minPrice !== undefined && thing.price < minPrice) continue;
    items.push(thing);
    if (items.length === from + limit) break;
  }
  return { page, limit, items: items.slice(from) };
}

export function createThing(body) {
  return { id: id(1), createdAt: "2024-05-17T09:30:00Z", ...body };
}

export const someId = id(7);
