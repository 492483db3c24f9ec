/** Room `idempotency`: what every store of this kind must do. Cases that wait do so in real time, for fractions of a second. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { StoreCase } from "../contract/store-case.js";
import type {
  IdempotencyStore,
  StoredAnswer,
} from "../contract/idempotency-store.js";

const MINUTE = 60_000;

const answer: StoredAnswer = {
  status: 201,
  headers: ["Location", "/orders/1", "ETag", '"ä"'],
  type: "application/json",
  body: '{"name":"Zoë ☕"}',
};

/** Every `IdempotencyStore` must pass these. */
export const idempotencyStoreCases: readonly StoreCase<IdempotencyStore>[] = [
  {
    name: "gives a key to the first who claims it",
    async run(store) {
      assert.deepEqual(await store.claim("k", "me", "print", MINUTE), {
        state: "claimed",
      });
      assert.deepEqual(await store.claim("k", "you", "other", MINUTE), {
        state: "running",
        fingerprint: "print",
      });
    },
  },
  {
    name: "gives a key to one of many who claim it at the same time",
    async run(store) {
      const claims = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          Promise.resolve(store.claim("crowd", `o${at}`, "print", MINUTE)),
        ),
      );
      const winners = claims.filter(({ state }) => state === "claimed");
      assert.equal(winners.length, 1);
    },
  },
  {
    name: "remembers the answer, text as text",
    async run(store) {
      await store.claim("text", "me", "print", MINUTE);
      await store.settle("text", "me", answer, MINUTE);
      assert.deepEqual(await store.claim("text", "you", "print", MINUTE), {
        state: "answered",
        fingerprint: "print",
        answer,
      });
    },
  },
  {
    name: "remembers bytes as they were, and that there were none",
    async run(store) {
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
      await store.claim("bytes", "me", "print", MINUTE);
      await store.settle("bytes", "me", { ...answer, body: bytes }, MINUTE);
      const known = await store.claim("bytes", "you", "print", MINUTE);
      assert.equal(known.state, "answered");
      const { body } = known.answer;
      assert.ok(body instanceof Uint8Array);
      assert.deepEqual([...body], [...bytes]);

      const empty = { ...answer, type: undefined, body: undefined };
      await store.claim("empty", "me", "print", MINUTE);
      await store.settle("empty", "me", empty, MINUTE);
      const nothing = await store.claim("empty", "you", "print", MINUTE);
      assert.deepEqual(
        nothing.state === "answered" ? nothing.answer : nothing,
        empty,
      );
    },
  },
  {
    name: "gives a released key away again",
    async run(store) {
      await store.claim("free", "me", "print", MINUTE);
      await store.release("free", "me");
      const next = await store.claim("free", "you", "print", MINUTE);
      assert.equal(next.state, "claimed");
    },
  },
  {
    name: "lets nobody but the owner settle or release",
    async run(store) {
      await store.claim("mine", "me", "print", MINUTE);
      await store.settle("mine", "you", answer, MINUTE);
      await store.release("mine", "you");
      const known = await store.claim("mine", "you", "print", MINUTE);
      assert.equal(known.state, "running");
    },
  },
  {
    name: "keeps an answer, whatever its owner does afterwards",
    async run(store) {
      await store.claim("kept", "me", "print", MINUTE);
      await store.settle("kept", "me", answer, MINUTE);
      await store.release("kept", "me");
      await store.settle("kept", "me", { ...answer, status: 500 }, MINUTE);
      const known = await store.claim("kept", "you", "print", MINUTE);
      assert.deepEqual(
        known.state === "answered" && known.answer.status,
        answer.status,
      );
    },
  },
  {
    name: "lets a lease run out: its owner has lost the key",
    async run(store) {
      await store.claim("dead", "me", "print", 20);
      await pause(40);
      const next = await store.claim("dead", "you", "print", MINUTE);
      assert.equal(next.state, "claimed");
      await store.settle("dead", "me", answer, MINUTE);
      const known = await store.claim("dead", "third", "print", MINUTE);
      assert.equal(known.state, "running");
    },
  },
  {
    name: "prolongs a lease for its owner",
    async run(store) {
      await store.claim("long", "me", "print", 200);
      await store.renew("long", "me", MINUTE);
      await store.renew("long", "you", 1);
      await pause(220);
      const known = await store.claim("long", "you", "print", MINUTE);
      assert.equal(known.state, "running");
    },
  },
  {
    name: "forgets an answer after its time",
    async run(store) {
      await store.claim("old", "me", "print", MINUTE);
      await store.settle("old", "me", answer, 20);
      await pause(40);
      const next = await store.claim("old", "you", "print", MINUTE);
      assert.equal(next.state, "claimed");
    },
  },
];
