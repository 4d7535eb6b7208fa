/** The files behind the items of the API's answers, and how they get here without harm. */
package io.mediadrop.assets;
