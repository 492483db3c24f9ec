/** A server that does not answer, or not in time, is left alone for a while. */
import { expect, it } from "vitest";
import { breakCircuit } from "../../../runtime/src/redis/circuit.js";

function failing() {
  const state = {
    now: 0,
    asked: 0,
    answer: (): Promise<unknown> => Promise.resolve("fine"),
  };
  const redis = breakCircuit(
    {
      cluster: false,
      send() {
        state.asked++;
        return state.answer();
      },
    },
    { timeout: 20, rest: 1000, now: () => state.now },
  );
  return { state, ask: () => redis.send("key", ["PING"]) };
}

it("fails at once after a failure, until one has worked again", async () => {
  const { state, ask } = failing();
  expect(await ask()).toBe("fine");
  state.answer = () => Promise.reject(new Error("connect ECONNREFUSED"));
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
  for (let at = 0; at < 5; at++) {
    await expect(ask()).rejects.toThrow("given a rest");
  }
  expect(state.asked).toBe(2);
  state.now = 1000;
  // One may try; those beside it may not.
  const both = await Promise.allSettled([ask(), ask()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(state.asked).toBe(3);
  state.now = 2000;
  state.answer = () => Promise.resolve("back");
  expect(await ask()).toBe("back");
  expect(await ask()).toBe("back");
});

it("waits no longer than its time for an answer", async () => {
  const { state, ask } = failing();
  state.answer = () => new Promise(() => {});
  await expect(ask()).rejects.toThrow("no answer within 20 ms");
  await expect(ask()).rejects.toThrow("given a rest");
});

it.each([
  ["NOSCRIPT No matching script", true],
  ["WRONGTYPE Operation against a key", true],
  ["LOADING Redis is loading the dataset", false],
  ["CLUSTERDOWN The cluster is down", false],
])("%s: goes on: %s", async (message, goesOn) => {
  const { state, ask } = failing();
  state.answer = () => Promise.reject(new Error(message));
  await expect(ask()).rejects.toThrow(message);
  await expect(ask()).rejects.toThrow(goesOn ? message : "given a rest");
});
