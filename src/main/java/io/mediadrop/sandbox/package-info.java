/** The OFAuth upload API in a small HTTP server, for the demo and for tests. */
package io.mediadrop.sandbox;
