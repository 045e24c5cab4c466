import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const woocommerce: MakeGuide = (tag) => ({
  place: 'A PHP callback on the hook woocommerce_thankyou for orders, and the header for visits.',
  steps: [
    step(
      'In the WordPress admin install and activate the plugin WPCode. Open Code Snippets, then Header & Footer, and put this into Header.',
      code('html', tag.site),
    ),
    step(
      'Open Code Snippets, then Add Snippet, add your own code of the type PHP, and put this in. It runs when the page of a received order is shown, once for each order.',
      code(
        'php',
        `add_action( 'woocommerce_thankyou', function ( $order_id ) {
    $order = wc_get_order( $order_id );
    if ( ! $order || $order->get_meta( '_aquarius_pixel_sent' ) ) {
        return;
    }
    $order->update_meta_data( '_aquarius_pixel_sent', '1' );
    $order->save();
    $sent = http_build_query( array(
        'EV'  => 'purchase',
        'URL' => wc_get_endpoint_url( 'order-received', '', wc_get_checkout_url() ),
        'VAL' => $order->get_total(),
        'CUR' => $order->get_currency(),
        'ORD' => $order->get_order_number(),
        'T'   => time(),
    ) );
    echo '<img src="' . esc_url( '${tag.address}&' . $sent ) . '" width="1" height="1" alt="" style="display:none">';
} );`,
        'functions.php',
      ),
    ),
    step('Choose to run it everywhere, activate and save it. Then place a test order.'),
  ],
  reads: [READS_PAGE, 'the total, currency and number of an order'],
  notes: ['The code may stand in functions.php of a child theme instead; in a parent theme the next update would remove it.'],
});
