/** Where originals, receipts and refused files are put. */
package io.mediadrop.archive;
