/** The home folder: where originals, receipts and refused files are put. */
package io.mediadrop.archive;
