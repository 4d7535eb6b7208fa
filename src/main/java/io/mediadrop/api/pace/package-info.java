/** How fast the API is called: what a connection is granted, and whose turn it is. */
package io.mediadrop.api.pace;
