/** The calls to the upload API: what is sent, what comes back, and what a failure means. */
package io.mediadrop.api;
