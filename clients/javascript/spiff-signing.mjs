/**
 * Headers of requests that a shop's server signs for Spiff, by either scheme of docs/signing.md. For Node: the secret
 * belongs on a server.
 *
 * Sign the very bytes you send, anew for each attempt.
 */
import { createHash, createHmac } from "node:crypto";

/**
 * `Authorization: SOA key:signature` and the headers it covers; `date` is for tests, now if absent.
 *
 * @param {string} method
 * @param {string} url
 * @param {string | Uint8Array} body
 * @param {string} key
 * @param {string} secret
 * @param {{ contentType?: string, date?: string }} [more]
 * @returns {Record<string, string>}
 */
export function soaHeaders(method, url, body, key, secret, more = {}) {
  const { contentType = "application/json", date = new Date().toUTCString() } = more;
  const digest = createHash("sha512").update(body).digest("hex");
  const text = [method.toUpperCase(), digest, contentType, date, new URL(url).pathname].join("\n");
  const signature = createHmac("sha1", secret).update(text).digest("base64");
  return { Authorization: `SOA ${key}:${signature}`, Date: date, "Content-Type": contentType };
}

/**
 * A message signature (RFC 9421) over method, address and body; `created` is for tests, now if absent.
 *
 * `url` is the address that Spiff is known by, as in SPIFF_BASE_URL. Send your Content-Type beside these.
 *
 * @param {string} method
 * @param {string} url
 * @param {string | Uint8Array} body
 * @param {string} key
 * @param {string} secret
 * @param {{ created?: number }} [more]
 * @returns {Record<string, string>}
 */
export function messageHeaders(method, url, body, key, secret, more = {}) {
  const { created = Math.floor(Date.now() / 1000) } = more;
  /** @type {Record<string, string>} */
  const headers = {};
  const lines = [`"@method": ${method.toUpperCase()}`, `"@target-uri": ${url}`];
  let covered = '"@method" "@target-uri"';
  if (body.length > 0) {
    headers["Content-Digest"] = `sha-512=:${createHash("sha512").update(body).digest("base64")}:`;
    lines.push(`"content-digest": ${headers["Content-Digest"]}`);
    covered += ' "content-digest"';
  }
  const parameters = `(${covered});created=${created};keyid="${key}";alg="hmac-sha256";tag="spiff"`;
  lines.push(`"@signature-params": ${parameters}`);
  const signature = createHmac("sha256", secret).update(lines.join("\n")).digest("base64");
  return { ...headers, "Signature-Input": `spiff=${parameters}`, Signature: `spiff=:${signature}:` };
}
