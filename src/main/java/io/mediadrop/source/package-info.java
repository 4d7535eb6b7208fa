/** The watched folders: which file is settled, and what exactly it is. */
package io.mediadrop.source;
