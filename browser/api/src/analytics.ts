/** Page sessions: an id made on the spot, told to the platform without waiting. */

/** A random UUID; `crypto.randomUUID` is missing on pages without https. */
export function randomId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Records a view of the product that became ready last; a failure is nobody's concern. */
export function createPageSession(origin: string, integrationProductId: string | undefined): string {
  const id = randomId();
  if (integrationProductId) {
    void fetch(`${origin}/api/page-sessions`, {
      method: "POST",
      credentials: "omit",
      keepalive: true,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, integrationProductId }),
    }).catch(() => undefined);
  }
  return id;
}
