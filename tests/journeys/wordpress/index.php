<?php
declare(strict_types=1);

/**
 * As much of WordPress and WooCommerce as the snippet of docs/javascript-api.md asks for, for `php -S`: hooks are kept
 * and called at their places, options come from the environment, and requests to Spiff are really sent.
 */

define('SPIFF_URL', getenv('SPIFF_URL_OF_TEST'));
define('SPIFF_ACCESS_KEY', getenv('KEY_OF_TEST'));
define('SPIFF_SECRET', getenv('SECRET_OF_TEST'));

$hooks = [];
$scripts = [];
$metas = [];
$scheduled = [];
$sent = null;

function add_action(string $name, callable $hook, int $priority = 10, int $arguments = 1): void
{
    $GLOBALS['hooks'][$name][] = [$hook, $arguments];
}

function add_filter(string $name, callable $hook, int $priority = 10, int $arguments = 1): void
{
    add_action($name, $hook, $priority, $arguments);
}

/** WordPress hands a hook no more arguments than it asked for. */
function run(string $name, mixed ...$given): mixed
{
    foreach ($GLOBALS['hooks'][$name] ?? [] as [$hook, $arguments]) {
        $last = $hook(...array_slice($given, 0, $arguments));
    }
    return $last ?? null;
}

function get_the_ID(): int
{
    return 330;
}

function get_post_meta(int $post, string $key, bool $single): string
{
    return $key === 'spiff_integration_product' ? (string) getenv('PRODUCT_OF_TEST') : '';
}

function esc_attr(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}

function wp_enqueue_script(string $handle, string $source, array $needs, ?string $version, bool $footer): void
{
    $GLOBALS['scripts'][$handle] = '<script src="' . esc_attr($source) . '"></script>';
}

function wp_add_inline_script(string $handle, string $code): void
{
    $GLOBALS['scripts'][$handle] .= "<script>$code</script>";
}

function wp_unslash(string $text): string
{
    return stripslashes($text);
}

function sanitize_text_field(string $text): string
{
    return trim(strip_tags($text));
}

function wp_json_encode(mixed $value): string
{
    return json_encode($value, JSON_THROW_ON_ERROR);
}

function wp_remote_post(string $url, array $options): array
{
    $headers = array_map(fn ($name, $value) => "$name: $value", array_keys($options['headers']), $options['headers']);
    $http = ['method' => 'POST', 'header' => $headers, 'content' => $options['body'], 'ignore_errors' => true];
    $body = file_get_contents($url, false, stream_context_create(['http' => $http + ['timeout' => $options['timeout']]]));
    $GLOBALS['sent'] = json_decode((string) $body);
    return ['code' => (int) explode(' ', $http_response_header[0] ?? '- 0')[1]];
}

function wp_remote_retrieve_response_code(array $answer): int
{
    return $answer['code'];
}

function wp_schedule_single_event(int $at, string $hook, array $arguments): void
{
    $GLOBALS['scheduled'][] = [$hook, $arguments];
}

function wc_get_order(int $number): object
{
    return new class {
        public function get_items(): array
        {
            return [new Item()];
        }
    };
}

final class Item
{
    public function add_meta_data(string $key, string $value): void
    {
        $GLOBALS['metas'][$key] = $value;
    }

    public function get_meta(string $key): string
    {
        return $GLOBALS['metas'][$key] ?? '';
    }

    public function get_quantity(): int
    {
        return 2;
    }
}

require getenv('FUNCTIONS_OF_TEST');

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    echo '<!doctype html><title>A shop</title><link rel="icon" href="data:,"><form method="post">';
    run('woocommerce_before_add_to_cart_button');
    echo '<button name="add-to-cart" value="330">Add to cart</button></form>', implode('', $scripts);
    return;
}
// WordPress adds slashes to all that is posted.
$_POST = array_map('addslashes', $_POST);
run('woocommerce_checkout_create_order_line_item', new Item(), 'line', run('woocommerce_add_cart_item_data', [], 330));
run('woocommerce_payment_complete', random_int(1, PHP_INT_MAX));
echo '<!doctype html><pre>', htmlspecialchars(json_encode(compact('metas', 'sent', 'scheduled'))), '</pre>';
