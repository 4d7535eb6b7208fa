/** How much is done, and how fast, for a monitoring system that asks every few seconds. */
package io.mediadrop.metrics;
