/** The look of the API's reference: one column of text beside a list, in the colours that the reader's system has. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6878; --line: #dfe4ea; --back: #fff; --panel: #f6f8fa; --accent: #0b63c5;
  --get: #0a7a55; --post: #9a5b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #97a3b3; --line: #2c3541; --back: #12171e; --panel: #1a212a;
  --accent: #6db3ff; --get: #4fce9f; --post: #f0b354; } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--back); display: grid;
  grid-template-columns: 17rem minmax(0, 1fr) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line);
  background: var(--panel); font-size: 13.5px }
nav h2 { margin: 1.2rem 0 .3rem; font-size: 12px; letter-spacing: .06em; text-transform: uppercase; color: var(--soft) }
nav a { display: block; padding: .15rem 0; color: inherit; text-decoration: none }
nav a:hover, nav a:focus-visible { color: var(--accent) }
nav input { width: 100%; padding: .45rem .6rem; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line);
  border-radius: 6px }
main { padding: 2rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 66rem }
h1 { margin: 0 0 .5rem; font-size: 1.9rem }
main > h2 { margin: 3rem 0 .2rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line) }
article { margin: 1.6rem 0; padding: 1.1rem 1.3rem; border: 1px solid var(--line); border-radius: 10px }
article h3 { margin: 0; font: 600 15px/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
article h4 { margin: 1.1rem 0 .3rem; font-size: 13px; color: var(--soft) }
.method { display: inline-block; min-width: 3.2em; font-weight: 700; color: var(--get) }
.post { color: var(--post) }
.role { float: right; font: 12px system-ui, sans-serif; color: var(--soft); border: 1px solid var(--line); border-radius: 99px;
  padding: .05rem .6rem; margin-left: .6rem }
table { width: 100%; border-collapse: collapse; font-size: 13.5px }
td { padding: .35rem .7rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
td:first-child { width: 32% }
code, pre { font: 13px/1.5 ui-monospace, monospace }
pre { margin: .4rem 0; padding: .8rem 1rem; overflow: auto; max-height: 26rem; background: var(--panel); border-radius: 8px }
summary { cursor: pointer; color: var(--accent) }
.type { color: var(--soft); font-size: 12.5px }
[hidden] { display: none !important }
@media (max-width: 760px) { body { display: block } nav { position: static; height: auto } }
`;

/** Hides what does not have the searched words. Without it the page is whole, only not searched. */
export const REFERENCE_SCRIPT = `
const box = document.querySelector('nav input');
box.hidden = false;
box.addEventListener('input', () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const part of document.querySelectorAll('[data-words]')) {
    part.hidden = !words.every((word) => part.dataset.words.includes(word));
  }
});
`;
