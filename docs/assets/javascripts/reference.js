// What the pages do beyond their HTML. Every page works without it.
// @ts-check

import { offerCopying } from "./copy.js";
import { offerFilter } from "./filter.js";
import { keepPlaceInOtherLanguages, rememberLanguage } from "./language.js";
import { followTyping, offerWaysOn } from "./search-box.js";

offerCopying(document);
offerFilter(document);
keepPlaceInOtherLanguages(document);
rememberLanguage(document);
followTyping(document);
offerWaysOn(document);
