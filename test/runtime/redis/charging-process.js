/** A process that charges one budget of a Redis 500 times, 25 at a time, and prints how many fitted. */
import { redisStores } from "@kontract/runtime/ioredis";
import { Redis } from "ioredis";

const [port = "", prefix = "", algorithm = "", quota = "", window = ""] =
  process.argv.slice(2);
const client = new Redis(Number(port));
const { rateLimit } = redisStores(client, { prefix, timeout: 10_000 });
const budget = {
  id: "b",
  algorithm: /** @type {"sliding-window"} */ (algorithm),
  quota: Number(quota),
  window: Number(window),
};
let fitted = 0;
for (let round = 0; round < 20; round++) {
  const verdicts = await Promise.all(
    Array.from({ length: 25 }, (_, at) =>
      rateLimit.charge(
        [{ budget, partition: "p", cost: 1 }],
        `${process.pid}.${round}.${at}`,
      ),
    ),
  );
  fitted += verdicts.filter(([verdict]) => verdict?.fits === true).length;
}
process.stdout.write(String(fitted));
client.disconnect();
