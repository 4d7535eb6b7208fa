/** Lanes as they stand in files, read and changed while mediadrop runs. */
package io.mediadrop.lanefile;
