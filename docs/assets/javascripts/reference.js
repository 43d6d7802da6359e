// What the pages do beyond their HTML. Every page works without it.
// @ts-check

import { offerCopying } from "./copy.js";
import { keepPlaceInOtherLanguages, rememberLanguage, returnToRemembered } from "./language.js";

returnToRemembered(document);
offerCopying(document);
keepPlaceInOtherLanguages(document);
rememberLanguage(document);

// Only some pages have these.
if (document.querySelector(".ref-table")) {
  import("./table.js").then(({ keepTables }) => keepTables(document));
}
if (document.querySelector(".ref-lookup")) {
  import("./lookup.js").then(({ lookUpInPlace }) => lookUpInPlace(document));
}
if (document.getElementById("_filter")) {
  import("./filter.js").then(({ offerFilter }) => offerFilter(document));
}
