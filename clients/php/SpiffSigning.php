<?php
declare(strict_types=1);

/**
 * Headers of requests that a shop's server signs for Spiff, by either scheme of docs/signing.md.
 *
 * Sign the very bytes you send, on the server that keeps the secret, anew for each attempt.
 */
final class SpiffSigning
{
    /**
     * `Authorization: SOA key:signature` and the headers it covers; `$date` is for tests, now if absent.
     *
     * @return array<string, string>
     */
    public static function soaHeaders(
        string $method,
        string $url,
        string $body,
        string $key,
        string $secret,
        string $contentType = 'application/json',
        ?string $date = null
    ): array {
        $date = $date ?? gmdate('D, d M Y H:i:s') . ' GMT';
        $path = parse_url($url, PHP_URL_PATH) ?: '/';
        $text = implode("\n", [strtoupper($method), hash('sha512', $body), $contentType, $date, $path]);
        $signature = base64_encode(hash_hmac('sha1', $text, $secret, true));
        return ['Authorization' => "SOA $key:$signature", 'Date' => $date, 'Content-Type' => $contentType];
    }

    /**
     * A message signature (RFC 9421) over method, address and body; `$created` is for tests, now if absent.
     *
     * `$url` is the address that Spiff is known by, as in SPIFF_BASE_URL. Send your Content-Type beside these.
     *
     * @return array<string, string>
     */
    public static function messageHeaders(
        string $method,
        string $url,
        string $body,
        string $key,
        string $secret,
        ?int $created = null
    ): array {
        $headers = [];
        $lines = ['"@method": ' . strtoupper($method), '"@target-uri": ' . $url];
        $covered = '"@method" "@target-uri"';
        if ($body !== '') {
            $headers['Content-Digest'] = 'sha-512=:' . base64_encode(hash('sha512', $body, true)) . ':';
            $lines[] = '"content-digest": ' . $headers['Content-Digest'];
            $covered .= ' "content-digest"';
        }
        $moment = $created ?? time();
        $parameters = "($covered);created=$moment;keyid=\"$key\";alg=\"hmac-sha256\";tag=\"spiff\"";
        $lines[] = '"@signature-params": ' . $parameters;
        $signature = base64_encode(hash_hmac('sha256', implode("\n", $lines), $secret, true));
        return $headers + ['Signature-Input' => "spiff=$parameters", 'Signature' => "spiff=:$signature:"];
    }

    /**
     * Headers as curl and the HTTP stream wrapper take them.
     *
     * @param array<string, string> $headers
     * @return list<string>
     */
    public static function lines(array $headers): array
    {
        return array_map(static fn(string $name): string => "$name: {$headers[$name]}", array_keys($headers));
    }
}
