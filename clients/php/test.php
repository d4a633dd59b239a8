<?php
declare(strict_types=1);

// Run with `php test.php`: every accepted vector of fixtures/signatures comes out the same.

require __DIR__ . '/SpiffSigning.php';

/** @return list<array<string, mixed>> */
function vectors(string $name): array
{
    $file = __DIR__ . "/../../fixtures/signatures/$name";
    return json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR)['vectors'];
}

function same($wanted, $made, string $name): void
{
    if ($wanted !== $made) {
        fwrite(STDERR, "$name: wanted " . json_encode($wanted) . ', made ' . json_encode($made) . "\n");
        exit(1);
    }
}

$tried = 0;
foreach (vectors('contract.json') as $v) {
    if ($v['signedWith'] !== 'sha512' || $v['path'][0] !== '/') {
        continue;
    }
    $url = 'https://spiff.example' . $v['path'];
    $made = SpiffSigning::soaHeaders(
        $v['method'], $url, $v['body'], $v['accessKey'], $v['secret'], $v['contentType'], $v['date']
    );
    same($v['authorization'], $made['Authorization'], $v['name']);
    $tried++;
}
foreach (vectors('messages.json') as $v) {
    $made = SpiffSigning::messageHeaders(
        $v['method'], $v['url'], $v['body'], $v['accessKey'], $v['secret'], $v['created']
    );
    same($v['headers'], $made, $v['name']);
    $tried++;
}
same(['Date: now'], SpiffSigning::lines(['Date' => 'now']), 'lines');
same(true, $tried >= 6, 'number of vectors');
echo "$tried vectors\n";
