/** The commands, and the one place where settings from all sources are resolved. */
package io.mediadrop.cli;
