/** The sidecar: a small file beside a media file, whose content is passed through. */
package io.mediadrop.sidecar;
