/** The requests of the bench, as the bytes that go over the wire. */
import { input, someId } from "./things.js";

const wrong = { ...input, price: -1, currency: "XYZ", quantity: 1.5 };

function get(path) {
  return `GET ${path} HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\n\r\n`;
}

function post(path, body) {
  const text = JSON.stringify(body);
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

export const workloads = [
  { name: "GET", bytes: Buffer.from(get(`/things/${someId}`)), status: [200] },
  {
    name: "list",
    bytes: Buffer.from(
      get("/things?page=1&limit=20&state=listed&minPrice=9.5"),
    ),
    status: [200],
  },
  { name: "POST", bytes: Buffer.from(post("/things", input)), status: [201] },
  {
    name: "invalid POST",
    bytes: Buffer.from(post("/things", wrong)),
    status: [400, 422],
    validated: true,
  },
];
