/** Room `model`: the origin of a node below another one, and the keys on the way to it. */
export { below } from "../lint/below.js";
export { pointerKeys as tokensOf } from "../load/pointer.js";
