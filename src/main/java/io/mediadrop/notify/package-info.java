/** The outbox and the events that subscribers get from it. */
package io.mediadrop.notify;
