/** mediadrop: media files from watched folders to the OFAuth upload API, as Camel routes. */
package io.mediadrop;
