// What the pages do beyond their HTML. Every page works without it.
// @ts-check

import { offerCopying } from "./copy.js";
import { offerFilter } from "./filter.js";
import { keepPlaceInOtherLanguages, rememberLanguage, returnToRemembered } from "./language.js";
import { followTyping, offerWaysOn } from "./search-box.js";

returnToRemembered(document);
offerCopying(document);
offerFilter(document);
keepPlaceInOtherLanguages(document);
rememberLanguage(document);
followTyping(document);
offerWaysOn(document);
