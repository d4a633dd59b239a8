/** Sends a file and tells how far it is: `fetch` cannot. Knows nothing of what is sent, or of the answer. */

export interface Transfer {
  address: URL;
  headers: Record<string, string>;
  body: Blob;
  /** From 0 to 1. */
  progress: (fraction: number) => void;
  signal: AbortSignal;
}

export type SendFile = (transfer: Transfer) => Promise<Response>;

/** POSTs the body. Rejects with a TypeError where the server is not reached, with an AbortError where it was stopped. */
export function sendFile({ address, headers, body, progress, signal }: Transfer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", String(address));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(responseOf(request));
    request.onerror = () => reject(new TypeError("the server was not reached"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader("Retry-After");
  return new Response(request.responseText, {
    status: request.status,
    headers: retryAfter === null ? {} : { "Retry-After": retryAfter },
  });
}
