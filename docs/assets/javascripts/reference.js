// What the pages do beyond their HTML. Every page works without it.
// @ts-check

import { offerCopying } from "./copy.js";
import { keepPlaceInOtherLanguages, rememberLanguage } from "./language.js";

offerCopying(document);
keepPlaceInOtherLanguages(document);
rememberLanguage(document);

// Most pages have nothing to filter.
if (document.getElementById("_filter")) {
  import("./filter.js").then(({ offerFilter }) => offerFilter(document));
}
