/** Room `docs`: the pages. What comes from the document gets into them by one encoder, as text or as the value of an attribute. */

/** Text, or the value of an attribute in double quotes. */
export function encode(text: string): string {
  return text.replaceAll(
    /[&<>"'\0]/g,
    (each) => `&#${each === "\0" ? 0xfffd : each.charCodeAt(0)};`,
  );
}

/** Addresses are relative to the page, so that a proxy may put all of it below a path of its own. */
export function swaggerPage(title: string, assets: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${encode(title)}</title>
    <link rel="stylesheet" href="${encode(assets)}swagger-ui.css">
    <link rel="icon" type="image/png" href="${encode(assets)}favicon-32x32.png">
  </head>
  <body>
    <div id="documentation"></div>
    <script src="${encode(assets)}swagger-ui-bundle.js"></script>
    <script src="${encode(assets)}start.js"></script>
  </body>
</html>
`;
}

/** The same for every document. */
export const SWAGGER_START = `"use strict";
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  oauth2RedirectUrl: new URL("docs/oauth2-redirect.html", location.href).href,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

export function redocPage(
  title: string,
  assets: string,
  nonce: string,
): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${encode(title)}</title>
    <style nonce="${encode(nonce)}">body { margin: 0; }</style>
  </head>
  <body>
    <div id="documentation"></div>
    <script src="${encode(assets)}redoc.standalone.js"></script>
    <script src="${encode(assets)}start.js" nonce="${encode(nonce)}"></script>
  </body>
</html>
`;
}

/** Redoc gives the nonce to the styles that it makes. `sanitize` is its word for documents that are not trusted. */
export const REDOC_START = `"use strict";
Redoc.init(
  "openapi.json",
  { nonce: document.currentScript.nonce, sanitize: true, hideLoading: true },
  document.getElementById("documentation"),
);
`;
