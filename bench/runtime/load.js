/** A bounded load over keep-alive sockets, cheap enough not to starve the server. */
import { connect } from "node:net";

const CONNECTIONS = 16;
const HEAD_END = Buffer.from("\r\n\r\n");

/** Sends `workload` `count` times, one request at a time on each connection; resolves to the last body. */
export async function load(port, workload, count) {
  const shared = { left: count };
  const bodies = await Promise.all(
    Array.from({ length: Math.min(CONNECTIONS, count) }, () =>
      runConnection(port, workload, shared),
    ),
  );
  return bodies.findLast((body) => body !== undefined);
}

function runConnection(port, workload, shared) {
  return new Promise((resolve, reject) => {
    let pending = Buffer.alloc(0);
    let body;
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const sendNext = () => {
      if (shared.left === 0) {
        socket.destroy();
        resolve(body?.toString());
        return;
      }
      shared.left--;
      socket.write(workload.bytes);
    };
    socket.on("connect", sendNext);
    socket.on("error", reject);
    socket.on("end", () => reject(new Error("the server hung up")));
    socket.on("data", (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const head = pending.indexOf(HEAD_END);
      if (head < 0) return;
      const headers = pending.latin1Slice(0, head);
      const length = /content-length: (\d+)/i.exec(headers)?.[1];
      const status = Number(headers.slice(9, 12));
      if (length === undefined || !workload.status.includes(status)) {
        socket.destroy();
        reject(new Error(`unexpected answer to ${workload.name}: ${headers}`));
        return;
      }
      const start = head + HEAD_END.length;
      if (pending.length < start + Number(length)) return;
      body = pending.subarray(start);
      pending = Buffer.alloc(0);
      sendNext();
    });
  });
}
