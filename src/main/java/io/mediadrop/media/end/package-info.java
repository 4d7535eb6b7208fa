/** Whether a media file has the end that its own first bytes tell of. */
package io.mediadrop.media.end;
