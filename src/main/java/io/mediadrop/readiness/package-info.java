/** What the API has made of an upload whose media was not ready in its answer. */
package io.mediadrop.readiness;
