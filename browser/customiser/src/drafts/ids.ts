/** Names that no other window gives. */

/** A new id; unlike `crypto.randomUUID` it is also there on pages without https. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
}
