/** `@kontract/runtime/docs`: Swagger UI, Redoc and the document itself. */
export { docs, type DocsOptions, linkToDocument } from "./docs/pages.js";
