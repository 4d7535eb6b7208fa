/** The ledger: the small database that remembers what was done with every file. */
package io.mediadrop.ledger;
