/** The HTTP port: who may ask, and how a request becomes a message and its answer. */
package io.mediadrop.console;
