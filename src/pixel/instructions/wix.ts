import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const wix: MakeGuide = (tag) => ({
  place: 'Custom Code in the settings of the site.',
  steps: [
    step('Open Settings, then Custom Code under Advanced, and choose Add Custom Code. Put this in.', code('html', tag.site)),
    step(
      'Apply it to All Pages, once for each page, and place it in the Head. Call it Aquarius and choose the type Marketing, so that it waits for consent.',
    ),
    step(
      'A shop needs this as a second piece of code, for the same pages. It listens to the purchases that Wix tells of.',
      code(
        'html',
        `<script>
(function () {
  var done = false;
  function listen() {
    if (done || !window.wixDevelopersAnalytics) return;
    done = true;
    window.wixDevelopersAnalytics.register("aquarius", function (name, data) {
      if (name === "Purchase") aquariusPixel("purchase", { VAL: data.revenue, CUR: data.currency, ORD: data.orderId });
    });
  }
  window.addEventListener("wixDevelopersAnalyticsReady", listen);
  listen();
})();
</script>`,
      ),
    ),
    step('Publish the site.'),
  ],
  reads: [READS_PAGE, 'the value, currency and number of an order, where Wix tells them'],
  notes: ['Custom Code needs a premium plan and a connected domain.'],
});
