/** The commands that need no account: the demo, and the simulated API alone. */
package io.mediadrop.demo;
