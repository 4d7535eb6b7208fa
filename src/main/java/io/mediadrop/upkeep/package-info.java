/** What is tidied by the clock: old files, old rows, and the summary of a day. */
package io.mediadrop.upkeep;
