import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const shopify: MakeGuide = ({ address }) => ({
  place: 'A custom pixel under Customer events, which also runs in the checkout.',
  steps: [
    step('In the Shopify admin open Settings, then Customer events, and choose Add custom pixel. Call it Aquarius.'),
    step(
      'Replace what is in the code window with this.',
      code(
        'javascript',
        `const address = "${address}";
function send(event, page, values) {
  const sent = new URLSearchParams({ EV: event, URL: page.location.href, REF: page.referrer || "", T: String(Date.now()), ...values });
  fetch(address + "&" + sent, { mode: "no-cors", keepalive: true });
}
analytics.subscribe("page_viewed", (event) => send("site_visit", event.context.document, {}));
analytics.subscribe("checkout_completed", (event) => {
  const checkout = event.data.checkout;
  send("purchase", event.context.document, {
    EVENT: "checkout_completed",
    VAL: String(checkout.totalPrice ? checkout.totalPrice.amount : ""),
    CUR: checkout.currencyCode || "",
    ORD: checkout.order ? checkout.order.id : "",
  });
});`,
      ),
    ),
    step(
      'Under Customer privacy say that the pixel needs permission for marketing, so that it waits for consent where the law asks for it.',
    ),
    step('Save, then Connect. Open the shop in another window and look at a page.'),
  ],
  reads: [READS_PAGE, 'the value, currency and number of an order, from the event checkout_completed'],
  notes: ['A tag in the theme does not see the checkout; a custom pixel does. Use one of them, or visits count twice.'],
});
