/** Our own tag: what it sends, and the code that sends it, with the ids filled in. */

export interface TagSettings {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** Where tags send to; null while nobody has said. */
  readonly collectorUrl: string | null;
}

export interface PixelTag {
  /** `AG=1480&ADV=4711` */
  readonly macro: string;
  /** The address with the macro: whatever else is sent follows with `&`. */
  readonly address: string;
  /** The tag for a whole site: it sends `site_visit`, and has `aquariusPixel(event, values)` for what happens on the page. */
  readonly site: string;
  /** The tag as an image, for places that take no script. */
  image(event: string, more?: string): string;
  /** Sends an event of a page that has the site's tag; `values` is JavaScript. */
  call(event: string, values?: string): string;
}

/** Stands in the code while there is no collector. Nothing answers there. */
const NO_COLLECTOR = 'https://collector.invalid/pixel';

export function pixelTag({ agencyId, advertiserId, collectorUrl }: TagSettings): PixelTag {
  const macro = `AG=${escaped(agencyId)}&ADV=${escaped(advertiserId)}`;
  const address = `${escapedAddress(collectorUrl ?? NO_COLLECTOR)}?${macro}`;
  return {
    macro,
    address,
    site: `<script>
(function () {
  var address = "${address}";
  window.aquariusPixel = function (event, values) {
    var sent = "&EV=" + encodeURIComponent(event);
    var all = { URL: location.href, REF: document.referrer };
    for (var name in values || {}) all[name] = values[name];
    for (var key in all) {
      if (all[key] !== undefined && all[key] !== null && all[key] !== "") sent += "&" + key + "=" + encodeURIComponent(all[key]);
    }
    new Image().src = address + sent + "&T=" + Date.now();
  };
  window.aquariusPixel("site_visit");
})();
</script>
<noscript>${imageTag(address, 'site_visit')}</noscript>`,
    image: (event, more = '') => imageTag(address, event, more),
    call: (event, values) => `<script>
aquariusPixel("${event}"${values === undefined ? '' : `, ${values}`});
</script>`,
  };
}

function imageTag(address: string, event: string, more = ''): string {
  return `<img src="${`${address}&EV=${event}${more}`.replaceAll('&', '&amp;')}" width="1" height="1" alt="" style="display:none">`;
}

/** In an address that stands in quotes of either kind, in HTML, JavaScript or PHP. */
function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The address without what a tag adds itself. */
function escapedAddress(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`.replaceAll(/['"<>\\&$]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
