/** What kind of media a file is. */
package io.mediadrop.media;
